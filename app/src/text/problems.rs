//! What went wrong, in words.

use partner_center::error::{Code, Error, Refusal};

use super::{Locale, counted};

/// What is wrong with a field.
pub fn problem(locale: Locale, code: Code) -> &'static str {
    match code {
        Code::Required => locale.pick("请填写此项", "This field is required"),
        Code::TooShort => locale.pick("太短，请至少输入 2 个字", "Too short: enter at least 2 characters"),
        Code::TooLong => locale.pick("太长，请缩短", "Too long: please shorten it"),
        Code::Malformed => locale.pick("格式不正确", "Check the format"),
        Code::Unprintable => {
            locale.pick("含有不可见字符，请重新输入", "Contains invisible characters: please retype it")
        }
        Code::Unknown => locale.pick("没有这个选项", "Choose one of the options"),
        Code::PhoneOrEmail => locale.pick("电话和邮箱至少填写一项", "Enter a phone number or an e-mail address"),
        Code::Future => locale.pick("请选择今天之后的日期", "Choose a date after today"),
        Code::Within90Days => locale.pick("请选择 90 天以内的日期", "Choose a date within 90 days"),
        Code::Duplicate => locale
            .pick("已有公司和联系方式相同的未关闭线索", "There is already an open lead with this company and contact"),
        Code::DuplicateElsewhere => locale.pick(
            "贵公司已有公司和联系方式相同的未关闭线索，由其他同事跟进；如有疑问请联系管理员",
            "A colleague already has an open lead with this company and contact; ask your administrator",
        ),
        Code::DuplicateInFile => locale.pick("与文件中前面的行重复", "Repeats an earlier row of the file"),
        Code::NotAFollower => locale.pick(
            "该操作员没有线索管理权限，请联系生态经理申请",
            "This operator has no lead permission; contact your ecosystem manager to request it",
        ),
        Code::Telesales => {
            locale.pick("授权电销人员不能作为跟进人", "Authorised telesales staff can't be assigned leads")
        }
        Code::WrongPassword => locale.pick("租户名、账号名或密码不正确", "Incorrect tenant, account or password"),
        Code::WeakPassword => locale.pick(
            "密码至少 8 位，包含大写字母、小写字母、数字、特殊字符中的两种，且不能与账号名相同或为其倒序",
            "At least 8 characters with two of: capital letters, small letters, digits, others; not the account name",
        ),
        Code::SamePassword => {
            locale.pick("新密码不能与原密码相同", "Choose a password that differs from the current one")
        }
        Code::Mismatch => locale.pick("两次输入的密码不一致", "The passwords don't match"),
        Code::TooManyContacts => {
            locale.pick("同一公司的联系人过多，请分批导入", "Too many contacts of one company; import them in parts")
        }
        Code::Nothing => locale.pick("请至少选择一条", "Choose at least one"),
        Code::TooLarge => locale.pick("文件太大", "The file is too large"),
        Code::AccountShape => locale.pick(
            "账号名为 5–32 位，以字母开头，可含字母、数字、- _ .",
            "5 to 32 letters, digits, - _ . and a letter first",
        ),
        Code::ReservedAccount => {
            locale.pick("账号名不能以 op_ 或 shadow_ 开头", "An account cannot begin with op_ or shadow_")
        }
        Code::TooManyReceivers => {
            locale.pick("该类消息的接收人已达 10 个", "There are 10 receivers for this kind of message already")
        }
        Code::NoOwnAddress => locale.pick(
            "没有可以接收验证码的途径：请先补充您的手机号码或邮箱；若已填写，请联系平台配置邮件或短信服务",
            "There is no way to send you a code: add a mobile number or an e-mail address; if you have one, mail or SMS is not set up here yet",
        ),
        Code::NotMobile => locale.pick("请填写中国大陆手机号码", "Enter a mobile number of mainland China"),
        Code::Taken => locale.pick("已被使用，请更换", "This is taken already: choose another one"),
        Code::TooManyRoles => locale.pick("最多选择 3 个角色", "Choose three roles at most"),
        Code::AdministratorAlone => {
            locale.pick("管理员角色不能与其他角色同时选择", "The administrator's role stands alone")
        }
        Code::WithoutView => {
            locale.pick("线索的其他权限需要同时勾选“查看线索”", "What is done with leads needs “see leads” as well")
        }
        Code::ManagerAndSupervisor => locale.pick(
            "客户经理和客户经理主管不能同时选择",
            "Account manager and account manager supervisor exclude each other",
        ),
        Code::NotASupervisor => {
            locale.pick("请选择一位正常状态的客户经理主管", "Choose an active account manager supervisor")
        }
        Code::UnderReview => locale.pick(
            "资质审核期间不能取消对应角色",
            "A role whose qualification is under review cannot be taken away meanwhile",
        ),
        Code::RoleNotHeld => locale.pick("该成员没有此角色", "This member does not hold this role"),
        Code::TooManyCustomerContacts => locale.pick("客户联系人最多 5 位", "Choose five contacts at most"),
        Code::ChosenTwice => locale.pick("已在前面选择过该成员", "This member has a place already"),
        Code::NotActive => locale.pick("请选择一位正常状态的成员", "Choose an active member"),
        Code::NoSuchMember => locale.pick("没有这个账号", "There is no such account"),
        Code::NotAMobile => locale.pick("请填写手机号码", "Enter a mobile number"),
        Code::OutOfRange => locale.pick("超出允许范围", "This is out of range"),
        Code::MoreThanPerWeek => {
            locale.pick("不能多于每 7 天的次数", "This cannot be more than the number in 7 days")
        }
        Code::NameTaken => locale.pick("已有同名的视图，请换一个名称", "There is a view of this name: choose another"),
        Code::LeadFilesFull => {
            locale.pick("该线索的附件总量不能超过 200 MB", "All files of a lead together are no larger than 200 MB")
        }
        Code::TenantFilesFull => locale.pick(
            "贵公司的附件空间（20 GB）已用完，请联系管理员",
            "Your company's room for files (20 GB) is used up: ask your administrator",
        ),
        Code::TooManyFiles => locale.pick("文件太多，请减少后重新选择", "Too many files: choose fewer"),
        Code::FileKind => locale.pick(
            "不支持的文件类型或空文件；可上传图片、PDF、文本、CSV、Word、Excel、PPT 和不含可执行程序的 ZIP，请重新选择",
            "Empty, or of a kind that is not accepted: choose images, PDF, text, CSV, Word, Excel, PowerPoint, or ZIP \
             without programs",
        ),
        Code::NotALeadNumber => {
            locale.pick("请填写线索编号，例如 XS00001234", "Enter the number of a lead, such as XS00001234")
        }
        Code::BeforeItsBegin => {
            locale.pick("结束日期早于开始日期，请修改", "This day is before the first one: change one of them")
        }
        Code::NotAllowed => {
            locale.pick("您已没有此操作的权限，未完成的部分没有执行", "You may not do this any more; the rest of it was not done")
        }
        Code::BrokeOff => locale.pick(
            "执行中出错，未完成；已写入的线索保留，请重新上传文件，重复的行会自动跳过",
            "It broke off. The leads that were written stay; upload the file again, and rows that are there already are \
             left out",
        ),
        Code::NotATable => locale.pick(
            "请上传 CSV 或 XLSX 文件，并使用模板的表头",
            "Upload a CSV or XLSX file with the template's headings",
        ),
    }
}

/// Why a thing does not take a step.
pub fn conflict(locale: Locale, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoPermission => locale.pick("您的角色没有此操作的权限", "Your role doesn't allow this"),
        Refusal::NotTheFollower => locale.pick("只有该线索的跟进人可以操作", "Only the lead's assignee can do this"),
        Refusal::NotDispatched => locale.pick("线索尚未派发，请先派发", "This lead has not been dispatched yet"),
        Refusal::Closed => locale.pick("线索已关闭，不能再操作", "This lead is closed"),
        Refusal::NotInvalid => locale.pick("只有无效线索可以重新打开", "Only an invalid lead can be reopened"),
        Refusal::ChangedMeanwhile => locale.pick(
            "该线索刚刚被其他人更新，请查看最新状态后再操作",
            "Someone has just changed this; check its latest state and try again",
        ),
        Refusal::SameFollower => locale.pick("线索已派发给该跟进人", "This lead is already with that assignee"),
        Refusal::FollowerWithoutPermission => problem(locale, Code::NotAFollower),
        Refusal::FollowerIsTelesales => problem(locale, Code::Telesales),
        Refusal::FollowerDisabled => locale.pick("该成员已停用", "That member's account is disabled"),
        Refusal::DuplicateOpen => problem(locale, Code::Duplicate),
        Refusal::SealedByPlan2 => locale.pick(
            "已加入营销计划 2.0，电话和邮箱已匿名化，不能查看",
            "In marketing plan 2.0 phone numbers and e-mail addresses stay anonymised",
        ),
        Refusal::OutOfSight => locale.pick("不存在或不在您的数据范围内", "Not there, or not for you to see"),
        Refusal::TooManyToShow => locale.pick(
            "贵公司已开启操作验证码，一次最多显示 50 条隐藏信息，请减少每页条数后再试",
            "Your company asks for verification codes, so 50 hidden values are shown at a time: choose fewer rows per page",
        ),
        Refusal::TooManyAtOnce => {
            locale.pick("一次选择的数量太多，请缩小范围", "Too many at once: narrow your selection")
        }
        Refusal::Oneself => locale
            .pick("不能对自己进行此操作，请由其他管理员操作", "You cannot do this to your own account: ask another administrator"),
        Refusal::LastAdministrator => locale.pick(
            "这是最后一位管理员，不能停用或移除其管理员角色",
            "This is the last administrator, who can neither be disabled nor lose the role",
        ),
        Refusal::MemberDisabled => locale.pick("该成员已停用，请先启用", "That member is disabled: enable it first"),
        Refusal::MemberEnabled => locale.pick("该成员未停用", "That member is not disabled"),
        Refusal::NotAManager => locale.pick("只有客户经理需要主管", "Only account managers have a supervisor"),
        Refusal::RoleHeld => locale
            .pick("仍有成员持有该角色，请先调整他们的角色", "Members still hold this role: change their roles first"),
        Refusal::PartnerFrozen => locale.pick(
            "公司账号已被冻结，暂不能报备或邀请客户",
            "Your company is frozen, so no customer can be pre-registered or invited for now",
        ),
        Refusal::OutsidePlan2 => {
            locale.pick("外呼仅对已加入营销计划 2.0 的伙伴开放", "Calling out is for partners of marketing plan 2.0")
        }
        Refusal::NoPhone => locale.pick("该线索没有电话", "This lead has no phone number"),
        Refusal::NoOwnPhone => locale.pick(
            "您还没有登记接听电话，请联系管理员",
            "You have no phone on file to be rung at; ask your administrator",
        ),
        Refusal::DoNotCall => locale.pick("该号码在勿扰名单中，不能外呼", "This number is on the do-not-call list"),
        Refusal::NotMuted => locale.pick("该号码不在勿扰名单中", "This number is not on the do-not-call list"),
        Refusal::QuietHours => locale.pick("现在是免打扰时段，请稍后再拨", "These are quiet hours; call later"),
        Refusal::CalledTooOften => locale.pick(
            "该号码的外呼次数已达上限，请过几天再拨",
            "This number has been called as often as it may be; call on another day",
        ),
        Refusal::CallsTooFast => locale.pick("外呼太频繁，请一分钟后再拨", "Too many calls in a minute; wait a moment"),
        Refusal::WaitedTooLong => {
            locale.pick("未能及时拨出，请重新外呼", "It could not be placed in time; start the call again")
        }
        Refusal::CallUnderWay => locale.pick("通话尚未结束", "A call is still going on"),
        Refusal::OutcomeMissing => {
            locale.pick("请先填写上一次外呼的结果", "Write down first what came of your last call")
        }
        Refusal::NotTheCaller => locale.pick("只有发起外呼的成员可以操作", "Only the member who called can do this"),
        Refusal::Preregistered => {
            locale.pick("该客户已被报备，暂时不能再次报备", "This prospect is pre-registered already")
        }
        Refusal::TooManyPreregistrations => locale
            .pick("待审核和已报备的客户已达 100 个上限", "Your company holds 100 prospects already, which is the most"),
        Refusal::NoContactOnFile => locale
            .pick("您还没有登记手机或邮箱，不能报备客户", "You have neither a mobile nor an e-mail address on file"),
        Refusal::Over => locale.pick("该任务已结束", "This has already ended"),
        Refusal::TooManyViews => locale.pick(
            "每个列表最多保存 20 个视图，请先删除不用的视图",
            "A list keeps at most 20 views: delete one that you no longer need",
        ),
        Refusal::NothingToExport => {
            locale.pick("没有可导出的数据，请放宽查询条件", "There is nothing to export: loosen the conditions")
        }
        Refusal::TooManyToExport => locale.pick(
            "一次最多导出 100,000 条，请缩小查询范围后再导出",
            "An export holds at most 100,000 rows: narrow the list down first",
        ),
        Refusal::ExportsUnderWay => locale.pick(
            "进行中的导出已达上限（每人 3 个，全公司 10 个），请等待完成或取消后再导出",
            "As many exports as may be are under way (3 of a member, 10 of the company): wait, or cancel one",
        ),
        Refusal::NotWrittenYet => locale.pick("文件尚未生成，请稍候", "The file is not written yet: wait a moment"),
        Refusal::FileForgotten => {
            locale.pick("文件已过期删除，请重新导出", "The file has been forgotten: export the list again")
        }
        Refusal::BrokeOff => locale.pick("执行中出错，请重试", "It broke off: try again"),
    }
}

/// A failed page: its heading and what to do.
pub fn fault(locale: Locale, error: &Error) -> (&'static str, String) {
    match error {
        Error::SignedOut => {
            (locale.pick("请先登录", "Sign in first"), locale.pick("登录后可继续。", "Then go on.").to_owned())
        }
        Error::Denied(_) => (
            locale.pick("没有权限", "No access"),
            locale
                .pick(
                    "您的角色没有访问此页面的权限。如需开通，请联系贵公司的系统管理员。",
                    "Your role doesn't give you access to this page. Ask your company's administrator.",
                )
                .to_owned(),
        ),
        Error::NotFound => (
            locale.pick("页面不存在", "Page not found"),
            locale
                .pick(
                    "您访问的内容不存在，或不在您的数据范围内。",
                    "This doesn't exist, or isn't within your data scope.",
                )
                .to_owned(),
        ),
        Error::Malformed | Error::Invalid(_) | Error::Twin => (
            locale.pick("请求无法识别", "We couldn't understand this request"),
            locale
                .pick(
                    "地址或提交的内容有误，请返回后重试。",
                    "Something in the address or the form is wrong. Go back and try again.",
                )
                .to_owned(),
        ),
        Error::TooLarge => (
            locale.pick("内容太大", "Too large"),
            locale
                .pick("提交的内容太大，请缩短后重试。", "What you sent is too large. Shorten it and try again.")
                .to_owned(),
        ),
        Error::Conflict(refusal) => {
            (locale.pick("暂时不能这样操作", "You can't do this right now"), conflict(locale, *refusal).to_owned())
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
                    "The problem has been logged. Try again later, or give your administrator the request number.",
                )
                .to_owned(),
        ),
    }
}

/// How long to wait, in the largest unit that fits.
pub fn wait(locale: Locale, seconds: i64) -> String {
    let (count, chinese, english) = match seconds {
        ..60 => (seconds.max(1), "秒", ["second", "seconds"]),
        60..3600 => ((seconds + 59) / 60, "分钟", ["minute", "minutes"]),
        _ => ((seconds + 3599) / 3600, "小时", ["hour", "hours"]),
    };
    counted(locale, count.unsigned_abs(), chinese, english)
}
