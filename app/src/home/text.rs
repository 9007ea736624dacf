//! The words of the home page.

use partner_center::{leads::Week, page::Total};

use crate::text::{Locale, number, words as shell};

/// Words of the home page.
pub struct Words {
    pub waiting: &'static str,
    pub to_dispatch: &'static str,
    pub to_follow: &'static str,
    pub untouched: &'static str,
    pub overdue: &'static str,
    pub today: &'static str,
    pub following: &'static str,
    pub imports: &'static str,
    pub outcome: &'static str,
    pub unread: &'static str,
    pub trend: &'static str,
    pub everybodys: &'static str,
    pub own: &'static str,
    pub week: &'static str,
    pub entered: &'static str,
    pub followed: &'static str,
    pub converted: &'static str,
    pub recent: &'static str,
    pub no_recent_title: &'static str,
    pub no_recent_text: &'static str,
    pub links: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    waiting: "待办",
    to_dispatch: "待派发线索",
    to_follow: "待跟进线索",
    untouched: "派发超过 3 天未跟进",
    overdue: "跟进已逾期",
    today: "今天应跟进",
    following: "跟进中线索",
    imports: "待确认的导入",
    outcome: "外呼结果待填写",
    unread: "未读消息",
    trend: "近 8 周线索趋势",
    everybodys: "全公司",
    own: "我的",
    week: "周（周一日期）",
    entered: "新增",
    followed: "跟进",
    converted: "转化",
    recent: "最近处理的线索",
    no_recent_title: "还没有处理过线索",
    no_recent_text: "您新建、派发或跟进过的线索会显示在这里。",
    links: "快捷入口",
};

const EN: Words = Words {
    waiting: "To do",
    to_dispatch: "Leads to dispatch",
    to_follow: "Leads awaiting first follow-up",
    untouched: "Dispatched 3+ days ago, not followed up",
    overdue: "Follow-ups overdue",
    today: "Follow-ups due today",
    following: "Leads in progress",
    imports: "Imports awaiting confirmation",
    outcome: "Call outcome to write down",
    unread: "Unread messages",
    trend: "Leads over the last 8 weeks",
    everybodys: "Whole company",
    own: "Mine",
    week: "Week of (Monday)",
    entered: "New",
    followed: "Follow-ups",
    converted: "Converted",
    recent: "Recently worked on",
    no_recent_title: "Nothing yet",
    no_recent_text: "Leads that you create, dispatch or follow up appear here.",
    links: "Quick links",
};

/// The trend in one sentence.
pub fn summary(locale: Locale, weeks: &[Week]) -> String {
    let sum = |total: fn(&Week) -> Total| {
        let mut sum = 0;
        for week in weeks {
            match total(week) {
                Total::Exactly(rows) => sum += rows,
                Total::MoreThan(_) => return shell(locale).many.to_owned(),
            }
        }
        number(sum)
    };
    let (entered, followed, converted) =
        (sum(|week| week.entered), sum(|week| week.followed), sum(|week| week.converted));
    match locale {
        Locale::Chinese => format!("近 {} 周共新增 {entered} 条，跟进 {followed} 次，转化 {converted} 条", weeks.len()),
        Locale::English => {
            format!("In {} weeks: {entered} new leads, {followed} follow-ups, {converted} converted", weeks.len())
        }
    }
}
