//! The words of imports, and the words that files may use.

use partner_center::{
    error::Code,
    imports::{Heading, State, Vocabulary, normal},
    leads::{Industry, Product, REGIONS, Source},
};
use strum::IntoEnumIterator;

use crate::{
    leads::text as leads,
    text::{Locale, problem},
    ui::Tone,
};

/// Words of the pages.
pub struct Words {
    pub title: &'static str,
    pub file: &'static str,
    pub file_hint: &'static str,
    pub upload: &'static str,
    pub template: &'static str,
    pub sample: &'static str,
    pub history: &'static str,
    pub all_states: &'static str,
    pub file_name: &'static str,
    pub by: &'static str,
    pub at: &'static str,
    pub state: &'static str,
    pub rows: &'static str,
    pub good: &'static str,
    pub bad: &'static str,
    pub written: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub report: &'static str,
    pub line: &'static str,
    pub reason: &'static str,
    pub confirm: &'static str,
    pub cancel: &'static str,
    pub download: &'static str,
    pub reload: &'static str,
    pub progress: &'static str,
    pub checked_hint: &'static str,
    pub nothing_good: &'static str,
    pub first_rows: &'static str,
    pub to_leads: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    title: "导入线索",
    file: "文件",
    file_hint: "CSV 或 XLSX，最多 100,000 行、64 MB；上传后先校验，确认后才写入",
    upload: "上传并校验",
    template: "下载模板",
    sample: "下载示例（1,000 行）",
    history: "导入记录",
    all_states: "显示全部",
    file_name: "文件名",
    by: "操作人",
    at: "上传时间",
    state: "状态",
    rows: "已校验",
    good: "可导入",
    bad: "有误",
    written: "已写入",
    empty_title: "还没有导入记录",
    empty_text: "下载模板，填好后上传。",
    report: "校验报告",
    line: "行号",
    reason: "原因",
    confirm: "确认导入",
    cancel: "取消导入",
    download: "下载失败行",
    reload: "刷新",
    progress: "进度",
    checked_hint: "校验完成。确认后写入可导入的行，有误的行不会写入。",
    nothing_good: "没有可导入的行。请修正后重新上传。",
    first_rows: "仅显示前 100 行，完整清单请下载。",
    to_leads: "查看线索",
};

const EN: Words = Words {
    title: "Import leads",
    file: "File",
    file_hint: "CSV or XLSX, at most 100,000 rows and 64 MB; it is checked first and written once you confirm",
    upload: "Upload and check",
    template: "Download the template",
    sample: "Download an example (1,000 rows)",
    history: "Imports",
    all_states: "Show all",
    file_name: "File",
    by: "By",
    at: "Uploaded",
    state: "State",
    rows: "Checked",
    good: "Good",
    bad: "Bad",
    written: "Written",
    empty_title: "Nothing has been imported yet",
    empty_text: "Download the template, fill it in, upload it.",
    report: "Report",
    line: "Line",
    reason: "Reason",
    confirm: "Import the good rows",
    cancel: "Cancel",
    download: "Download the failed rows",
    reload: "Reload",
    progress: "Progress",
    checked_hint: "The check is complete. Confirm to write the good rows; bad rows are left out.",
    nothing_good: "No row can be imported. Correct the file and upload it again.",
    first_rows: "Only the first 100 are shown; download the whole list.",
    to_leads: "Show the leads",
};

/// What the last act came to.
pub fn flash(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "import-uploaded" => locale.pick("文件已上传，正在校验", "The file has been uploaded and is being checked"),
        "import-confirmed" => locale.pick("已确认，正在写入", "Confirmed; the rows are being written"),
        "import-cancelled" => locale.pick("导入已取消", "The import has been cancelled"),
        _ => return None,
    })
}

/// A state's word.
pub fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Checking => locale.pick("校验中", "Checking"),
        State::Checked => locale.pick("待确认", "To confirm"),
        State::Writing => locale.pick("写入中", "Writing"),
        State::Done => locale.pick("已完成", "Done"),
        State::Failed => locale.pick("失败", "Failed"),
        State::Cancelled => locale.pick("已取消", "Cancelled"),
    }
}

/// A state's tone.
pub fn tone(state: State) -> Tone {
    match state {
        State::Checking | State::Writing => Tone::Blue,
        State::Checked => Tone::Orange,
        State::Done => Tone::Green,
        State::Failed => Tone::Red,
        State::Cancelled => Tone::Grey,
    }
}

/// What is wrong with a row, in a sentence.
pub fn reasons(locale: Locale, problems: &[(String, Code)]) -> String {
    let t = leads::words(locale);
    let one = |(field, code): &(String, Code)| {
        let field = match field.as_str() {
            "company" => t.company,
            "contact" => t.contact,
            "phone" => t.phone,
            "email" => t.email,
            "title" => t.job_title,
            "industry" => t.industry,
            "region" => t.region,
            "campaign" => t.campaign,
            "source" => t.source,
            "need" => t.need,
            "products" => t.products,
            _ => "",
        };
        format!("{field}{}{}", locale.pick("：", ": "), problem(locale, *code))
    };
    problems.iter().map(one).collect::<Vec<_>>().join(locale.pick("；", "; "))
}

fn heading(locale: Locale, heading: Heading) -> &'static str {
    let t = leads::words(locale);
    match heading {
        Heading::Company => t.company,
        Heading::Contact => t.contact,
        Heading::Phone => t.phone,
        Heading::Email => t.email,
        Heading::Title => t.job_title,
        Heading::Industry => t.industry,
        Heading::Region => t.region,
        Heading::Campaign => t.campaign,
        Heading::Source => t.source,
        Heading::Need => t.need,
        Heading::Products => t.products,
    }
}

/// The words that files may use, in both languages, and the codes themselves.
pub fn vocabulary() -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for locale in [Locale::Chinese, Locale::English] {
        vocabulary.headings.extend(Heading::iter().map(|one| (normal(heading(locale, one)), one)));
        vocabulary.industries.extend(Industry::iter().map(|one| (normal(leads::industry(locale, one)), one)));
        vocabulary.sources.extend(Source::iter().map(|one| (normal(leads::source(locale, one)), one)));
        vocabulary.regions.extend(REGIONS.into_iter().map(|one| (normal(leads::region(locale, one)), one)));
        vocabulary.products.extend(Product::iter().map(|one| (normal(leads::product(locale, one)), one)));
    }
    vocabulary
}

#[cfg(test)]
mod tests {
    use partner_center::imports::Columns;

    use super::*;

    const SAMPLE: &str = include_str!("../../../public/leads-sample.csv");

    #[test]
    fn the_sample_speaks_our_vocabulary() {
        let vocabulary = vocabulary();
        let mut lines = SAMPLE.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let columns = Columns::read(&lines.next().unwrap(), &vocabulary).unwrap();
        // Rows with quoted commas are for the real reader; most have none.
        let plain: Vec<_> = lines.filter(|row| row.len() == 11).collect();
        assert!(plain.len() > 500, "{}", plain.len());
        for row in plain {
            assert_eq!(columns.fields(&row, &vocabulary).check().err(), None, "{row:?}");
        }
    }
}
