//! The words of accounts.

use partner_center::access::Role;

use crate::text::Locale;

/// Words of the pages around signing in.
pub struct Words {
    locale: Locale,
    pub sign_in: &'static str,
    pub welcome: &'static str,
    pub tenant: &'static str,
    pub account: &'static str,
    pub password: &'static str,
    pub demo: &'static str,
    pub promise_title: &'static str,
    pub promises: [&'static str; 3],
    pub change_title: &'static str,
    pub must_change: &'static str,
    pub old: &'static str,
    pub new: &'static str,
    pub again: &'static str,
    pub rule: &'static str,
    pub changed: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

impl Words {
    /// A role's name.
    pub fn role(&self, role: Role) -> &'static str {
        let pick = |chinese, english| self.locale.pick(chinese, english);
        match role {
            Role::Admin => pick("系统管理员", "Administrator"),
            Role::Supervisor => pick("客户经理主管", "Account manager supervisor"),
            Role::Manager => pick("客户经理", "Account manager"),
            Role::Finance => pick("财务专员", "Finance"),
            Role::Architect => pick("SA专员", "Solution architect"),
            Role::LeadOperator => pick("线索运营", "Lead operator"),
            Role::MerchantAdmin => pick("商家管理员", "Merchant administrator"),
            Role::CustomerAdmin => pick("客户管理员", "Customer administrator"),
            Role::Reviewer => pick("审核员", "Reviewer"),
            Role::PlatformOperator => pick("平台运营", "Platform operator"),
        }
    }
}

const ZH: Words = Words {
    locale: Locale::Chinese,
    sign_in: "登录",
    welcome: "登录伙伴中心",
    tenant: "租户名",
    account: "账号名",
    password: "密码",
    demo: "演示环境：租户 yunfan，账号 admin 或 wu，密码 Demo-2026-pc",
    promise_title: "伙伴经营，一处完成",
    promises: ["线索派发与跟进，一步不漏", "客户信息默认隐藏，查看即留痕", "每一次操作都可追溯"],
    change_title: "修改密码",
    must_change: "初始密码由管理员设置，请先修改为您自己的密码。",
    old: "当前密码",
    new: "新密码",
    again: "确认新密码",
    rule: "至少 8 位，包含大写字母、小写字母、数字、特殊字符中的两种",
    changed: "密码已修改，其他设备已退出登录",
};

const EN: Words = Words {
    locale: Locale::English,
    sign_in: "Sign in",
    welcome: "Sign in to Partner Center",
    tenant: "Tenant",
    account: "Account",
    password: "Password",
    demo: "Demo: tenant yunfan, account admin or wu, password Demo-2026-pc",
    promise_title: "Run your partner business in one place",
    promises: [
        "Leads dispatched and followed up, none forgotten",
        "Personal data hidden until looked at, and every look recorded",
        "Every act leaves a trail",
    ],
    change_title: "Change password",
    must_change: "Your administrator has set this password: choose one of your own first.",
    old: "Current password",
    new: "New password",
    again: "New password again",
    rule: "At least 8 characters with two of: capital letters, small letters, digits, others",
    changed: "The password has been changed; other devices are signed out",
};
