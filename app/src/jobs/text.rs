//! The words of background work.

use partner_center::jobs::Run;

use crate::{text::Locale, ui::Tone};

/// Words of the page.
pub struct Words {
    pub title: &'static str,
    pub works: &'static str,
    pub scheduled: &'static str,
    pub kind: &'static str,
    pub import: &'static str,
    pub export: &'static str,
    pub name: &'static str,
    pub state: &'static str,
    pub rows: &'static str,
    pub by: &'static str,
    pub began: &'static str,
    pub ended: &'static str,
    pub why: &'static str,
    pub progress: &'static str,
    pub slot: &'static str,
    pub done: &'static str,
    pub next: &'static str,
    pub last_failed: &'static str,
    pub by_hand: &'static str,
    pub runs: &'static str,
    pub no_runs_title: &'static str,
    pub no_runs_text: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub never_title: &'static str,
    pub never_text: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    title: "后台任务",
    works: "导入和导出",
    scheduled: "定时任务",
    kind: "类型",
    import: "导入",
    export: "导出",
    name: "名称",
    state: "状态",
    rows: "条数",
    by: "操作人",
    began: "开始时间",
    ended: "结束时间",
    why: "失败原因",
    progress: "进度",
    slot: "计划时间",
    done: "处理数量",
    next: "下次执行",
    last_failed: "最近一次失败",
    by_hand: "手动执行",
    runs: "执行记录",
    no_runs_title: "没有这个任务的执行记录",
    no_runs_text: "执行记录保留 90 天；请从上面的列表中选择任务。",
    empty_title: "还没有后台任务",
    empty_text: "导入文件或导出列表后，进度和结果会显示在这里。",
    never_title: "还没有执行过定时任务",
    never_text: "服务启动后，到期的任务会自动执行。",
};

const EN: Words = Words {
    title: "Background work",
    works: "Imports and exports",
    scheduled: "Scheduled jobs",
    kind: "Kind",
    import: "Import",
    export: "Export",
    name: "Name",
    state: "State",
    rows: "Rows",
    by: "By",
    began: "Began",
    ended: "Ended",
    why: "Why it failed",
    progress: "Progress",
    slot: "Due",
    done: "Handled",
    next: "Due next",
    last_failed: "Last failure",
    by_hand: "By hand",
    runs: "What ran",
    no_runs_title: "No run of this job is on record",
    no_runs_text: "Runs are kept for 90 days; choose a job from the list above.",
    empty_title: "There is no background work yet",
    empty_text: "Import a file or export a list; its progress and end are told here.",
    never_title: "No scheduled job has run yet",
    never_text: "While a server runs, jobs that are due are done.",
};

/// What a scheduled job does; nothing more than its name, where another version knows it.
pub fn job(locale: Locale, name: &str) -> &'static str {
    let (chinese, english) = match name {
        "ended-sessions" => ("清理已结束的会话", "Forget sessions that have ended"),
        "leftovers" => ("清理过期的登录失败与表单记录", "Forget old sign-in failures and sent forms"),
        "undecided-imports" => ("放弃逾期未确认的导入", "Give up imports that nobody decides on"),
        "silent-leads" => ("提醒未跟进的线索", "Remind of leads that nobody follows up"),
        "old-letters" => ("清理已结束的邮件和短信", "Forget e-mails and text messages that are over"),
        "old-messages" => ("清理一年前已读的消息", "Forget messages read more than a year ago"),
        "old-codes" => ("清理过期的验证码", "Forget codes past their time"),
        "old-call-reports" => ("清理旧的通话上报记录", "Forget what was reported of calls of long ago"),
        "expired-exports" => ("清理过期的导出文件", "Forget export files past their time"),
        "preregistrations" => ("使过期的报备失效", "Let pre-registrations run out"),
        "audit-anchor" => ("把云审计的末尾写入日志", "Tell the log where the audit trail ends"),
        "job-history" => ("清理历史执行记录", "Forget runs of long ago"),
        _ => ("其他任务", "Another job"),
    };
    locale.pick(chinese, english)
}

/// How a run stands.
pub fn state(locale: Locale, run: &Run) -> &'static str {
    match (run.ended_at.happened(), &run.failure) {
        (false, _) => locale.pick("执行中", "Running"),
        (true, None) => locale.pick("成功", "Done"),
        (true, Some(_)) => locale.pick("失败", "Failed"),
    }
}

/// The tone of that.
pub fn tone(run: &Run) -> Tone {
    match (run.ended_at.happened(), &run.failure) {
        (false, _) => Tone::Blue,
        (true, None) => Tone::Green,
        (true, Some(_)) => Tone::Red,
    }
}

/// Why a run failed, by the code of its error.
pub fn failure(locale: Locale, code: &str) -> &'static str {
    match code {
        "busy" => locale.pick("数据库繁忙", "The database was busy"),
        "broke" => locale.pick("程序异常中断，详情见日志", "It broke off; the log says where"),
        "killed" => locale.pick("执行中被终止，请重新执行", "It was killed; have it done again"),
        "internal" => locale.pick("内部错误，详情见日志", "Something broke; the log says what"),
        _ => locale.pick("未能完成，详情见日志", "It could not be done; the log says why"),
    }
}
