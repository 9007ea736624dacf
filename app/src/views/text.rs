//! The words of saved views.

use crate::text::Locale;

/// Words of the bar and of the page.
pub struct Words {
    pub title: &'static str,
    pub everything: &'static str,
    pub keep: &'static str,
    pub manage: &'static str,
    pub name: &'static str,
    pub default: &'static str,
    pub as_default: &'static str,
    pub make_default: &'static str,
    pub not_default: &'static str,
    pub rename: &'static str,
    pub open: &'static str,
    pub delete: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    title: "我的视图",
    everything: "全部",
    keep: "保存为视图",
    manage: "管理视图",
    name: "视图名称",
    default: "默认",
    as_default: "设为默认视图",
    make_default: "设为默认",
    not_default: "取消默认",
    rename: "重命名",
    open: "打开",
    delete: "删除",
    empty_title: "还没有视图",
    empty_text: "在列表中设好查询条件和排序后，点击“保存为视图”，以后一键打开。",
};

const EN: Words = Words {
    title: "My views",
    everything: "Everything",
    keep: "Save as view",
    manage: "Manage views",
    name: "View name",
    default: "Default",
    as_default: "Make it the default view",
    make_default: "Make default",
    not_default: "Unset default",
    rename: "Rename",
    open: "Open",
    delete: "Delete",
    empty_title: "No views yet",
    empty_text: "Set filters and a sort order in the list and choose “Save as view” to open it with one click later.",
};

/// What the last act came to.
pub fn flash(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "view-saved" => locale.pick("视图已保存", "The view has been saved"),
        "view-deleted" => locale.pick("视图已删除", "The view has been deleted"),
        _ => return None,
    })
}
