//! The words of keyboard shortcuts.

use crate::text::Locale;

/// Words of the dialog and of the page.
pub struct Words {
    pub key: &'static str,
    pub does: &'static str,
    pub hint: &'static str,
    pub is_off: &'static str,
    pub switch_off: &'static str,
    pub switch_on: &'static str,
    /// Each key and what it does.
    pub keys: [(&'static str, &'static str); 8],
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    key: "按键",
    does: "作用",
    hint: "在列表和详情页可用；输入文字时不起作用。",
    is_off: "快捷键已关闭。",
    switch_off: "关闭快捷键",
    switch_on: "开启快捷键",
    keys: [
        ("/", "光标移到查询框"),
        ("j", "下一行"),
        ("k", "上一行"),
        ("Enter", "打开当前行"),
        ("n", "下一条；在列表中为下一页"),
        ("p", "上一条；在列表中为上一页"),
        ("Esc", "关闭对话框或菜单；在详情页返回列表"),
        ("?", "显示快捷键说明"),
    ],
};

const EN: Words = Words {
    key: "Key",
    does: "What it does",
    hint: "They work in lists and on detail pages, and never while you type.",
    is_off: "Shortcuts are off.",
    switch_off: "Turn shortcuts off",
    switch_on: "Turn shortcuts on",
    keys: [
        ("/", "Go to the search field"),
        ("j", "Next row"),
        ("k", "Previous row"),
        ("Enter", "Open the current row"),
        ("n", "Next record; in a list, next page"),
        ("p", "Previous record; in a list, previous page"),
        ("Esc", "Close the dialog or menu; from a record, back to the list"),
        ("?", "Show this help"),
    ],
};

/// What the last act came to.
pub fn flash(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "keyboard-on" => locale.pick("快捷键已开启", "Shortcuts are on"),
        "keyboard-off" => locale.pick("快捷键已关闭", "Shortcuts are off"),
        _ => return None,
    })
}
