//! The words of calls.

use partner_center::{
    calls::{CallResult, CallRow, Ending, MuteReason, Muted, State},
    moment::Moment,
};

use crate::{
    text::{Locale, date_time},
    ui::Tone,
};

/// Words of the pages of calls.
pub struct Words {
    pub title: &'static str,
    pub start: &'static str,
    pub how: &'static str,
    pub lead: &'static str,
    pub caller: &'static str,
    pub state: &'static str,
    pub result: &'static str,
    pub started_at: &'static str,
    pub answered_at: &'static str,
    pub ended_at: &'static str,
    pub duration: &'static str,
    pub not_placed: &'static str,
    pub refresh: &'static str,
    pub give_up: &'static str,
    pub outcome: &'static str,
    pub outcome_hint: &'static str,
    pub kept_elsewhere: &'static str,
    pub keep: &'static str,
    pub draft_waits: &'static str,
    pub way: &'static str,
    pub mute: &'static str,
    pub mute_none: &'static str,
    pub mute_hint: &'static str,
    pub mute_reason: &'static str,
    pub unmute_hint: &'static str,
    pub to_lead: &'static str,
    pub to_first: &'static str,
    pub settings: &'static str,
    pub quiet_from: &'static str,
    pub quiet_to: &'static str,
    pub pause_from: &'static str,
    pub pause_to: &'static str,
    pub window_hint: &'static str,
    pub per_day: &'static str,
    pub per_week: &'static str,
    pub per_minute: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    title: "外呼",
    start: "开始外呼",
    how: "系统先拨打您登记的电话，您接听后再拨打客户。通话全程不显示客户号码。",
    lead: "线索",
    caller: "外呼成员",
    state: "通话状态",
    result: "通话结果",
    started_at: "拨出时间",
    answered_at: "接通时间",
    ended_at: "结束时间",
    duration: "通话时长",
    not_placed: "未拨出原因",
    refresh: "刷新状态",
    give_up: "取消外呼",
    outcome: "填写外呼结果",
    outcome_hint: "填写后才能发起下一次外呼",
    kept_elsewhere: "另一个页面已保存的草稿：",
    keep: "存为草稿",
    draft_waits: "继续填写跟进草稿",
    way: "跟进方式",
    mute: "勿扰名单",
    mute_none: "不加入",
    mute_hint: "加入后贵公司不再外呼该号码，管理员可以移出",
    mute_reason: "加入原因",
    unmute_hint: "移出后可以再次外呼该号码。",
    to_lead: "返回线索",
    to_first: "查看这次外呼",
    settings: "外呼规则",
    quiet_from: "免打扰开始",
    quiet_to: "免打扰结束",
    pause_from: "午休开始",
    pause_to: "午休结束",
    window_hint: "北京时间；开始和结束相同表示全天，都留空表示不限制",
    per_day: "同一号码每 24 小时最多",
    per_week: "同一号码每 7 天最多",
    per_minute: "每人每分钟最多",
};

const EN: Words = Words {
    title: "Outbound call",
    start: "Start the call",
    how: "Your own phone rings first; when you pick up, the customer is called. Nobody sees the customer's number.",
    lead: "Lead",
    caller: "Called by",
    state: "State",
    result: "Result",
    started_at: "Started",
    answered_at: "Answered",
    ended_at: "Ended",
    duration: "Duration",
    not_placed: "Not placed because",
    refresh: "Refresh",
    give_up: "End the call",
    outcome: "What came of the call",
    outcome_hint: "Needed before the next call",
    kept_elsewhere: "Another page has kept this draft:",
    keep: "Save draft",
    draft_waits: "Finish the follow-up draft",
    way: "Way",
    mute: "Do-not-call list",
    mute_none: "Do not add",
    mute_hint: "Your company does not call this number any more; an administrator can allow it again",
    mute_reason: "Reason",
    unmute_hint: "The number may then be called again.",
    to_lead: "Back to the lead",
    to_first: "Show that call",
    settings: "Calling rules",
    quiet_from: "Quiet hours from",
    quiet_to: "Quiet hours to",
    pause_from: "Midday pause from",
    pause_to: "Midday pause to",
    window_hint: "Beijing time; the same time twice is the whole day, both empty is none",
    per_day: "Calls to one number in 24 hours",
    per_week: "Calls to one number in 7 days",
    per_minute: "Calls of one member in a minute",
};

/// The word of a state.
pub fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Queued => locale.pick("排队中", "Waiting"),
        State::Placing => locale.pick("正在发起", "Being placed"),
        State::Agent => locale.pick("外呼成员振铃中", "Member's phone rings"),
        State::Ringing => locale.pick("客户振铃中", "Customer's phone rings"),
        State::Answered => locale.pick("通话中", "Talking"),
        State::Ended => locale.pick("已结束", "Ended"),
    }
}

/// The word of a result.
pub fn result(locale: Locale, result: CallResult) -> &'static str {
    match result {
        CallResult::Completed => locale.pick("已接通", "Completed"),
        CallResult::NoAnswer => locale.pick("无人接听", "No answer"),
        CallResult::Busy => locale.pick("对方忙", "Busy"),
        CallResult::Refused => locale.pick("对方拒接", "Declined"),
        CallResult::Blocked => locale.pick("被运营商拦截", "Blocked by the carrier"),
        CallResult::AgentUnreached => locale.pick("外呼成员未接听", "The member did not pick up"),
        CallResult::Cancelled => locale.pick("已取消", "Given up"),
        CallResult::Failed => locale.pick("呼叫失败", "Failed"),
        CallResult::Unknown => locale.pick("结果未知", "Unknown"),
    }
}

/// The tone of a call: of its result, once it has one.
pub fn tone(call: &CallRow) -> Tone {
    match call.result {
        None => Tone::Blue,
        Some(CallResult::Completed) => Tone::Green,
        Some(CallResult::NoAnswer | CallResult::Busy | CallResult::Refused) => Tone::Orange,
        Some(CallResult::Blocked | CallResult::Failed) => Tone::Red,
        Some(CallResult::AgentUnreached | CallResult::Cancelled | CallResult::Unknown) => Tone::Grey,
    }
}

/// The word of a call: of its result, once it has one.
pub fn standing(locale: Locale, stands: State, came_to: Option<CallResult>) -> &'static str {
    came_to.map_or_else(|| state(locale, stands), |came_to| result(locale, came_to))
}

/// What has become of the wish that a call should end.
pub fn ending(locale: Locale, ending: Ending) -> &'static str {
    match ending {
        Ending::Asked => locale.pick("已请求结束通话", "The end of the call has been asked for"),
        Ending::Unnamed => locale.pick(
            "线路尚未确认这次外呼，确认后系统会立即结束；如已接通，请直接挂断您的电话",
            "The carrier has not confirmed the call yet; it is ended as soon as it has. If you are talking, hang up",
        ),
        Ending::Refused => locale.pick(
            "线路未能结束通话，请直接挂断您的电话，或再次结束",
            "The carrier did not end the call; hang up your own phone, or ask once more",
        ),
    }
}

/// Why a number is not called.
pub fn mute_reason(locale: Locale, reason: MuteReason) -> &'static str {
    match reason {
        MuteReason::Asked => locale.pick("客户要求不再联系", "The customer asked for it"),
        MuteReason::Complaint => locale.pick("客户投诉", "Complaint"),
        MuteReason::WrongNumber => locale.pick("空号错号", "Wrong number"),
        MuteReason::Other => locale.pick("其他", "Other"),
    }
}

/// That a number is not called, who said so and when.
pub fn muted(locale: Locale, muted: &Muted) -> String {
    let (reason, at, by) = (mute_reason(locale, muted.reason), date_time(muted.at), &muted.by);
    match locale {
        Locale::Chinese => format!("该号码在勿扰名单中（{reason}，{by}，{at}），不能外呼"),
        Locale::English => format!("This number is on the do-not-call list ({reason}, {by}, {at})"),
    }
}

/// `1 分 40 秒`
pub fn duration(locale: Locale, seconds: i64) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (locale, minutes) {
        (Locale::Chinese, 0) => format!("{rest} 秒"),
        (Locale::Chinese, _) => format!("{minutes} 分 {rest} 秒"),
        (Locale::English, 0) => format!("{rest} s"),
        (Locale::English, _) => format!("{minutes} min {rest} s"),
    }
}

/// What a call's own facts say, as the beginning of what its caller writes down.
pub fn draft(locale: Locale, call: &CallRow) -> String {
    let t = words(locale);
    let separator = locale.pick("：", ": ");
    let mut parts = vec![format!("{}{separator}{}", t.started_at, date_time(call.created_at))];
    if call.answered_at.happened() {
        parts.push(format!("{}{separator}{}", t.answered_at, date_time(call.answered_at)));
    }
    parts.push(format!("{}{separator}{}", t.ended_at, date_time(call.ended_at)));
    if let Some(seconds) = call.seconds() {
        parts.push(format!("{}{separator}{}", t.duration, duration(locale, seconds)));
    }
    parts.push(format!("{}{separator}{}", t.result, standing(locale, call.state, call.result)));
    parts.join(locale.pick("；", "; "))
}

/// When a draft was last saved.
pub fn kept(locale: Locale, at: Moment) -> String {
    format!("{}{}", locale.pick("草稿保存于 ", "Draft saved "), date_time(at))
}

/// What the last act came to.
pub fn flash(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "call-draft-saved" => locale.pick("草稿已保存", "The draft has been saved"),
        "call-rules-saved" => locale.pick("外呼规则已保存", "The calling rules have been saved"),
        _ => return None,
    })
}
