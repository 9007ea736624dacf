//! The words of exports.

use partner_center::{
    exports::{ExportRow, Format, List, State},
    moment::Moment,
};
use strum::IntoEnumIterator;

use crate::{
    leads::text as leads,
    people::words as people,
    text::{Locale, number, words as words_of_the_shell},
    ui::{Choice, Tone},
};

/// Words of the pages.
pub struct Words {
    pub title: &'static str,
    pub file: &'static str,
    pub list: &'static str,
    pub format: &'static str,
    pub rows: &'static str,
    pub state: &'static str,
    pub by: &'static str,
    pub at: &'static str,
    pub until: &'static str,
    pub columns: &'static str,
    pub export: &'static str,
    pub masked_hint: &'static str,
    pub kept_hint: &'static str,
    pub progress: &'static str,
    pub reload: &'static str,
    pub download: &'static str,
    pub cancel: &'static str,
    pub retry: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub empty_text_without: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    title: "导出记录",
    file: "文件名",
    list: "列表",
    format: "文件格式",
    rows: "条数",
    state: "状态",
    by: "操作人",
    at: "创建时间",
    until: "保留至",
    columns: "导出列",
    export: "导出",
    masked_hint: "隐藏的信息在文件中始终隐藏，与页面是否显示无关。",
    kept_hint: "文件在导出完成后保留 3 天。",
    progress: "导出进度",
    reload: "刷新",
    download: "下载",
    cancel: "取消",
    retry: "重试",
    empty_title: "还没有导出记录",
    empty_text: "在列表页点击“导出”，文件生成后可在这里下载。",
    empty_text_without: "您的角色没有导出权限。如需开通，请联系贵公司的系统管理员。",
};

const EN: Words = Words {
    title: "Exports",
    file: "File",
    list: "List",
    format: "Format",
    rows: "Rows",
    state: "State",
    by: "By",
    at: "Asked for",
    until: "Kept until",
    columns: "Columns",
    export: "Export",
    masked_hint: "Hidden values stay hidden in files, whatever a page shows.",
    kept_hint: "A file is kept for 3 days after it is done.",
    progress: "Progress of the export",
    reload: "Reload",
    download: "Download",
    cancel: "Cancel",
    retry: "Try again",
    empty_title: "Nothing has been exported yet",
    empty_text: "Press Export on a list; once the file is written, you find it here.",
    empty_text_without: "Your roles do not permit exports. Ask your company's administrator.",
};

/// What the last act came to.
pub fn flash(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "export-requested" => locale.pick(
            "导出任务已创建，完成后可在此下载",
            "The export has been asked for; fetch the file here once it is done",
        ),
        "export-cancelled" => locale.pick("导出已取消", "The export has been cancelled"),
        "export-retried" => locale.pick("已重新排队导出", "The export has been queued again"),
        _ => return None,
    })
}

/// What the dialog says first.
pub fn will_export(locale: Locale, list: List, rows: u64) -> String {
    let rows = number(rows);
    match (list, locale) {
        (List::Leads, Locale::Chinese) => format!("将导出符合当前条件的 {rows} 条线索。"),
        (List::Leads, Locale::English) => format!("Leads that fit the conditions and will be exported: {rows}."),
        (List::Members, Locale::Chinese) => format!("将导出符合当前条件的 {rows} 名成员。"),
        (List::Members, Locale::English) => format!("Members who fit the conditions and will be exported: {rows}."),
        (List::Audit, Locale::Chinese) => format!("将导出符合当前条件的 {rows} 条审计记录。"),
        (List::Audit, Locale::English) => {
            format!("Lines of the trail that fit the conditions and will be exported: {rows}.")
        }
    }
}

/// The title of the dialog.
pub fn title(locale: Locale, list: List) -> &'static str {
    match list {
        List::Leads => locale.pick("导出线索", "Export leads"),
        List::Members => locale.pick("导出成员", "Export members"),
        List::Audit => locale.pick("导出审计记录", "Export the trail"),
    }
}

/// What of the list stays hidden in its files.
pub fn stays_hidden(locale: Locale, list: List) -> &'static str {
    match list {
        List::Leads => locale.pick(
            "公司名称、客户名称、电话和邮箱在文件中始终隐藏，与页面是否显示无关。",
            "Company, contact, phone and e-mail stay hidden in the file, whatever the page shows.",
        ),
        List::Members => locale.pick(
            "手机号码和邮箱在文件中始终隐藏，与页面是否显示无关。",
            "Phone and e-mail stay hidden in the file, whatever the page shows.",
        ),
        List::Audit => locale
            .pick("记录中本来就没有客户的信息。", "The trail holds nothing personal of customers in the first place."),
    }
}

/// The name of a list.
pub fn list(locale: Locale, list: List) -> &'static str {
    match list {
        List::Leads => leads::words(locale).title,
        List::Members => people::words(locale).title,
        List::Audit => words_of_the_shell(locale).audit,
    }
}

/// The name of a kind of file.
pub fn format(locale: Locale, format: Format) -> &'static str {
    match format {
        Format::Xlsx => locale.pick("Excel 工作簿 (XLSX)", "Excel workbook (XLSX)"),
        Format::Csv => locale.pick("CSV (UTF-8)", "CSV (UTF-8)"),
    }
}

/// The kinds of files, to be chosen from.
pub fn formats(locale: Locale) -> Vec<Choice> {
    Format::iter().map(|one| Choice::new(one, format(locale, one))).collect()
}

/// The name under which the file is saved, in the language that it speaks.
pub fn file_name(export: &ExportRow) -> String {
    let locale = Locale::of_tag(&export.language).unwrap_or_default();
    let at = |moment: Moment| moment.in_trade_zone().format("%Y%m%d-%H%M%S").to_string();
    format!("{}-{}.{}", list(locale, export.list), at(export.created_at), export.format)
}

/// A state's word.
pub fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Queued => locale.pick("排队中", "Queued"),
        State::Running => locale.pick("导出中", "Running"),
        State::Done => locale.pick("已完成", "Done"),
        State::Expired => locale.pick("已过期", "Expired"),
        State::Failed => locale.pick("失败", "Failed"),
        State::Cancelled => locale.pick("已取消", "Cancelled"),
    }
}

/// A state's tone.
pub fn tone(state: State) -> Tone {
    match state {
        State::Queued => Tone::Orange,
        State::Running => Tone::Blue,
        State::Done => Tone::Green,
        State::Failed => Tone::Red,
        State::Expired | State::Cancelled => Tone::Grey,
    }
}
