//! What went wrong, in words.

use partner_center::error::{Code, Error, Refusal};

use super::Locale;

/// What is wrong with a field.
pub fn problem(locale: Locale, code: Code) -> &'static str {
    match code {
        Code::Required => locale.pick("请填写此项", "Fill this in"),
        Code::TooShort => locale.pick("太短，请至少输入 2 个字", "Too short: enter at least 2 characters"),
        Code::TooLong => locale.pick("太长，请缩短", "Too long: shorten it"),
        Code::Malformed => locale.pick("格式不正确", "This is not in the right format"),
        Code::Unprintable => locale.pick("含有不可见字符，请重新输入", "Contains invisible characters: type it again"),
        Code::Unknown => locale.pick("没有这个选项", "There is no such choice"),
        Code::PhoneOrEmail => locale.pick("电话和邮箱至少填写一项", "Enter a phone number or an e-mail address"),
        Code::Future => locale.pick("请选择今天之后的日期", "Choose a date after today"),
        Code::Within90Days => locale.pick("请选择 90 天以内的日期", "Choose a date within 90 days"),
        Code::Duplicate => {
            locale.pick("已有公司和联系方式相同的未关闭线索", "An open lead with this company and contact exists")
        }
        Code::DuplicateElsewhere => locale.pick(
            "贵公司已有公司和联系方式相同的未关闭线索，由其他同事跟进；如有疑问请联系管理员",
            "A colleague is working on an open lead with this company and contact; ask your administrator",
        ),
        Code::DuplicateInFile => locale.pick("与文件中前面的行重复", "Repeats an earlier row of the file"),
        Code::NotAFollower => locale.pick(
            "该操作员没有线索管理权限，请联系生态经理申请",
            "That operator has no permission for leads; ask your ecosystem manager for it",
        ),
        Code::Telesales => {
            locale.pick("授权电销人员不能作为跟进人", "Authorised telesales staff cannot follow up leads")
        }
        Code::WrongPassword => {
            locale.pick("租户名、账号名或密码不正确", "The tenant, account or password is not right")
        }
        Code::WeakPassword => locale.pick(
            "密码至少 8 位，包含大写字母、小写字母、数字、特殊字符中的两种，且不能与账号名相同或为其倒序",
            "At least 8 characters with two of: capital letters, small letters, digits, others; not the account name",
        ),
        Code::SamePassword => locale.pick("新密码不能与原密码相同", "Choose a password other than the current one"),
        Code::Mismatch => locale.pick("两次输入的密码不一致", "The two passwords differ"),
        Code::TooManyContacts => {
            locale.pick("同一公司的联系人过多，请分批导入", "Too many contacts of one company; import them in parts")
        }
        Code::Nothing => locale.pick("请至少选择一条", "Choose at least one"),
        Code::TooLarge => locale.pick("文件太大", "The file is too large"),
        Code::NotATable => {
            locale.pick("请上传 CSV 或 XLSX 文件，并使用模板的表头", "Upload CSV or XLSX with the template's headings")
        }
        Code::NotAMobile => {
            locale.pick("请填写可接收短信的手机号码", "Enter a mobile number, which can get text messages")
        }
        Code::TooManyReceivers => {
            locale.pick("该类消息的接收人已达 10 个", "There are 10 receivers for this kind of message already")
        }
        Code::NoOwnAddress => locale.pick(
            "您的账号没有手机号码和邮箱，无法接收验证码，请先补充",
            "Your account has neither a mobile number nor an e-mail address to send codes to",
        ),
    }
}

/// Why a thing does not take a step.
pub fn conflict(locale: Locale, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoPermission => locale.pick("您的角色没有此操作的权限", "Your roles do not permit this"),
        Refusal::NotTheFollower => {
            locale.pick("只有该线索的跟进人可以操作", "Only the one who follows up this lead can do this")
        }
        Refusal::NotDispatched => locale.pick("线索尚未派发，请先派发", "This lead has not been dispatched yet"),
        Refusal::Closed => locale.pick("线索已关闭，不能再操作", "This lead is closed"),
        Refusal::NotInvalid => locale.pick("只有无效线索可以重新打开", "Only an invalid lead can be reopened"),
        Refusal::ChangedMeanwhile => locale.pick(
            "该线索刚刚被其他人更新，请查看最新状态后再操作",
            "Somebody has just changed this; look at it again first",
        ),
        Refusal::SameFollower => locale.pick("线索已派发给该跟进人", "This lead is dispatched to that member already"),
        Refusal::FollowerWithoutPermission => problem(locale, Code::NotAFollower),
        Refusal::FollowerIsTelesales => problem(locale, Code::Telesales),
        Refusal::FollowerDisabled => locale.pick("该成员已停用", "That member is disabled"),
        Refusal::DuplicateOpen => problem(locale, Code::Duplicate),
        Refusal::SealedByPlan2 => locale.pick(
            "已加入营销计划 2.0，电话和邮箱已匿名化，不能查看",
            "In marketing plan 2.0 phone numbers and e-mail addresses stay anonymised",
        ),
        Refusal::OutOfSight => locale.pick("不存在或不在您的数据范围内", "Not there, or not for you to see"),
        Refusal::TooManyAtOnce => {
            locale.pick("一次选择的数量太多，请缩小范围", "That is too many at once: narrow it down")
        }
        Refusal::Over => locale.pick("该任务已结束", "This has ended already"),
    }
}

/// A failed page: its heading and what to do.
pub fn fault(locale: Locale, error: &Error) -> (&'static str, String) {
    match error {
        Error::SignedOut => {
            (locale.pick("请先登录", "Sign in first"), locale.pick("登录后可继续。", "Then go on.").to_owned())
        }
        Error::Denied(_) => (
            locale.pick("没有权限", "Not permitted"),
            locale
                .pick(
                    "您的角色没有访问此页面的权限。如需开通，请联系贵公司的系统管理员。",
                    "Your roles do not permit this page. Ask your company's administrator.",
                )
                .to_owned(),
        ),
        Error::NotFound => (
            locale.pick("页面不存在", "No such page"),
            locale
                .pick(
                    "您访问的内容不存在，或不在您的数据范围内。",
                    "What you are looking for does not exist, or is not within your scope.",
                )
                .to_owned(),
        ),
        Error::Malformed | Error::Invalid(_) | Error::Twin => (
            locale.pick("请求无法识别", "This request makes no sense"),
            locale
                .pick(
                    "地址或提交的内容有误，请返回后重试。",
                    "The address or what was sent is wrong. Go back and try again.",
                )
                .to_owned(),
        ),
        Error::TooLarge => (
            locale.pick("内容太大", "Too much"),
            locale
                .pick("提交的内容太大，请缩短后重试。", "What was sent is too large. Shorten it and try again.")
                .to_owned(),
        ),
        Error::Conflict(refusal) => {
            (locale.pick("暂时不能这样操作", "This cannot be done now"), conflict(locale, *refusal).to_owned())
        }
        Error::CodeNeeded(_) => (
            locale.pick("需要验证码", "A verification code is needed"),
            locale
                .pick(
                    "此操作需要验证码，请返回后重新发起。",
                    "This asks for a verification code. Go back and start it again.",
                )
                .to_owned(),
        ),
        Error::TooMany { retry_after } => (
            locale.pick("操作过于频繁", "Too many requests"),
            match locale {
                Locale::Chinese => format!("请在 {} 后重试。", wait(locale, *retry_after)),
                Locale::English => format!("Try again in {}.", wait(locale, *retry_after)),
            },
        ),
        Error::Busy => {
            (locale.pick("系统繁忙", "Busy"), locale.pick("请稍后重试。", "Try again in a moment.").to_owned())
        }
        Error::Repeated(_) => (
            locale.pick("已提交", "Already sent"),
            locale.pick("此表单已提交过。", "This form has been sent already.").to_owned(),
        ),
        Error::Internal => (
            locale.pick("出错了", "Something went wrong"),
            locale
                .pick(
                    "问题已记录。请稍后重试，或把请求编号告诉管理员。",
                    "It has been recorded. Try again later, or tell your administrator the request number.",
                )
                .to_owned(),
        ),
    }
}

/// How long to wait, in the largest unit that fits.
pub fn wait(locale: Locale, seconds: i64) -> String {
    let (number, unit) = match seconds {
        ..60 => (seconds.max(1), locale.pick("秒", "seconds")),
        60..3600 => ((seconds + 59) / 60, locale.pick("分钟", "minutes")),
        _ => ((seconds + 3599) / 3600, locale.pick("小时", "hours")),
    };
    format!("{number} {unit}")
}
