//! The words of verification codes.

use partner_center::{
    codes::{Sensitive, Trouble},
    messages::Channel,
};

use crate::text::{Locale, wait};

/// Words of the dialog and of the switch.
pub struct Words {
    pub title: &'static str,
    pub dialog_title: &'static str,
    pub code: &'static str,
    pub limits: &'static str,
    pub no_address: &'static str,
    pub intro: &'static str,
    pub state: &'static str,
    pub on: &'static str,
    pub off: &'static str,
    pub turn_on: &'static str,
    pub turn_off: &'static str,
    pub covered: &'static str,
    pub operation: &'static str,
    pub effect: &'static str,
    pub in_effect: &'static str,
    pub when_on: &'static str,
    pub always: &'static str,
    pub to_come: &'static str,
    pub turned_on: &'static str,
    pub turned_off: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    title: "操作验证码",
    dialog_title: "输入验证码",
    code: "验证码",
    limits: "验证码 10 分钟内有效，输错 3 次失效；同一号码或邮箱每小时最多发送 15 次、每天最多 60 次。",
    no_address: "没有可以接收验证码的途径：请联系管理员补充您的手机号码或邮箱；若已填写，请联系平台配置邮件或短信服务。",
    intro: "开启后，贵公司的成员进行敏感操作前，需要输入发送到本人手机或邮箱的验证码。",
    state: "当前状态",
    on: "已开启",
    off: "未开启",
    turn_on: "开启",
    turn_off: "关闭",
    covered: "需要验证码的操作",
    operation: "操作",
    effect: "是否生效",
    in_effect: "已生效",
    when_on: "开启后生效",
    always: "始终需要，功能上线后生效",
    to_come: "功能上线后生效",
    turned_on: "操作验证码已开启",
    turned_off: "操作验证码已关闭",
};

const EN: Words = Words {
    title: "Verification codes",
    dialog_title: "Enter the code",
    code: "Code",
    limits: "A code is good for 10 minutes and for 3 tries; a number or address gets at most 15 an hour and 60 a day.",
    no_address: "There is no way to send you a code: ask your administrator for a mobile number or an e-mail address; if you have one, mail or SMS is not set up here yet.",
    intro: "When this is on, members of your company are asked for a code, sent to their own phone or e-mail, before they do something sensitive.",
    state: "State",
    on: "On",
    off: "Off",
    turn_on: "Turn on",
    turn_off: "Turn off",
    covered: "What a code is asked for",
    operation: "Operation",
    effect: "In effect",
    in_effect: "Yes",
    when_on: "When turned on",
    always: "Always, as soon as it is offered",
    to_come: "As soon as it is offered",
    turned_on: "Codes are asked for from now on",
    turned_off: "Codes are not asked for any more",
};

/// The name of a sensitive act.
pub fn operation(locale: Locale, operation: Sensitive) -> &'static str {
    match operation {
        Sensitive::RevealMany => locale.pick("一次查看超过 50 条隐藏信息", "Show more than 50 hidden values at once"),
        Sensitive::ChangeRoles => locale.pick("设置成员角色或角色权限", "Give a member roles, or a role permissions"),
        Sensitive::SwitchOff => locale.pick("关闭操作验证码", "Turn verification codes off"),
        Sensitive::PayOrder => locale.pick("使用余额为客户支付订单", "Pay a customer's order from the balance"),
        Sensitive::AdjustAccount => {
            locale.pick("客户账户拨款和回收", "Allocate to a customer's account or reclaim from it")
        }
        Sensitive::Coupons => locale.pick("发放和回收优惠券", "Issue or reclaim coupons"),
        Sensitive::CouponQuotas => locale.pick("给云经销商分配优惠券额度", "Give coupon quotas to resellers"),
        Sensitive::MarketplacePrice => {
            locale.pick("修改云商店订单价格(严选商品)", "Change the price of a marketplace order (selected products)")
        }
        Sensitive::Disassociate => {
            locale.pick("发起解除关联或切换关联类型", "End an association with a customer or switch its type")
        }
        Sensitive::HandleDisassociation => locale
            .pick("处理对方的解除关联或切换关联类型申请", "Handle a request to end an association or switch its type"),
        Sensitive::AuthorisePartner => {
            locale.pick("授予或取消伙伴操作授权", "Let a partner act for you, or let it no longer")
        }
        Sensitive::Withdraw => locale.pick("提现", "Withdraw money"),
        Sensitive::CreateCredential => locale.pick("创建 API 访问密钥", "Create credentials for the API"),
        Sensitive::InvalidateOffer => locale.pick("作废专属优惠", "End an exclusive discount early"),
    }
}

/// Why the dialog is there.
pub fn why(locale: Locale, what: Sensitive) -> String {
    match locale {
        Locale::Chinese => format!("贵公司已开启操作验证码。请先验证本人身份，再继续：{}。", operation(locale, what)),
        Locale::English => format!("Your company asks for a code before this: {}.", operation(locale, what)),
    }
}

/// The button that sends the first code.
pub fn send(locale: Locale, by: Channel) -> &'static str {
    match by {
        Channel::Sms => locale.pick("发送短信验证码", "Send by SMS"),
        Channel::Email => locale.pick("发送邮件验证码", "Send by e-mail"),
    }
}

/// The button that sends another one.
pub fn again(locale: Locale, by: Channel) -> &'static str {
    match by {
        Channel::Sms => locale.pick("重新发送短信", "Send again by SMS"),
        Channel::Email => locale.pick("重新发送邮件", "Send again by e-mail"),
    }
}

/// Where a code has gone, until when it is good, and how often it may be tried.
pub fn sent(locale: Locale, address: &str, until: &str, tries: i32) -> String {
    match locale {
        Locale::Chinese => format!("验证码已发送至 {address}，{until} 前有效，还可输入 {tries} 次。"),
        Locale::English => {
            let tries = if tries == 1 { "1 try".to_owned() } else { format!("{tries} tries") };
            format!("A code was sent to {address}; it is good until {until}, for {tries}.")
        }
    }
}

/// That a code could not be sent.
pub fn failed(locale: Locale, address: &str, reason: &str) -> String {
    match locale {
        Locale::Chinese => format!("验证码未能发送至 {address}：{reason}。请换一种方式。"),
        Locale::English => format!("The code could not be sent to {address}: {reason}. Try the other way."),
    }
}

/// Why a code did not help, or was not sent.
pub fn trouble(locale: Locale, trouble: Trouble) -> String {
    match (trouble, locale) {
        (Trouble::Wrong { tries_left }, Locale::Chinese) => format!("验证码不正确，还可输入 {tries_left} 次"),
        (Trouble::Wrong { tries_left: 1 }, Locale::English) => "This is not the code; 1 try is left".to_owned(),
        (Trouble::Wrong { tries_left }, Locale::English) => {
            format!("This is not the code; {tries_left} tries are left")
        }
        (Trouble::UsedUp, _) => locale
            .pick(
                "验证码已输错 3 次，请重新发送",
                "The code was tried 3 times and is no longer valid: send another one",
            )
            .to_owned(),
        (Trouble::Expired, _) => {
            locale.pick("验证码已过期，请重新发送", "The code is too old: send another one").to_owned()
        }
        (Trouble::NotSent, _) => locale
            .pick("尚未为此操作发送验证码，请先发送", "No code was sent for this operation: send one first")
            .to_owned(),
        (Trouble::TooMany { retry_after }, Locale::Chinese) => {
            format!("该号码或邮箱接收验证码的次数已达上限，请在 {} 后重试", wait(locale, retry_after))
        }
        (Trouble::TooMany { retry_after }, Locale::English) => {
            format!(
                "This number or address has got as many codes as it may; try again in {}",
                wait(locale, retry_after)
            )
        }
        (Trouble::NoAddress, _) => locale.pick("您的账号没有此联系方式", "Your account has no such address").to_owned(),
    }
}

/// What the last act came to.
pub fn flash(locale: Locale, code: &str) -> Option<&'static str> {
    match code {
        "verification-on" => Some(words(locale).turned_on),
        "verification-off" => Some(words(locale).turned_off),
        _ => None,
    }
}
