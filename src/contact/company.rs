//! Names of companies: what of them is everybody's (place, trade, legal form) and what is their own.

use super::text::{letters, line};
use super::{Flaw, Revealed, STARS, Secret, Shown, starless};

/// The name of a company or of another organisation.
///
/// It cannot be serialized, and what leaves is a mask.
/// ```compile_fail,E0277
/// fn leaves<T: serde::Serialize>(_: T) {}
/// fn answer(value: partner_center::contact::CompanyName) {
///     leaves(value);
/// }
/// ```
/// ```
/// fn leaves<T: serde::Serialize>(_: T) {}
/// fn answer(value: partner_center::contact::CompanyName) {
///     leaves(value.masked());
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompanyName(Secret);

impl CompanyName {
    /// Reads a name of 2 to 128 characters.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        starless(line(text, 2, 128)?).map(|text| Self(Secret(text)))
    }

    /// `上海****科技有限公司`: place, trade and legal form stay; without a place so does the first character.
    pub fn masked(&self) -> Shown {
        let name = self.expose();
        let place = place(name);
        let rest = &name[place.len()..];
        let hidden = without_form(rest);
        let form = &rest[hidden.len()..];
        let first = match letters(hidden).as_slice() {
            [first, _, ..] if place.is_empty() => *first,
            _ => "",
        };
        Shown::masked(format!("{place}{first}{STARS}{form}"))
    }

    /// One spelling for all that mean the same company: half-width, lower case, without spaces and punctuation.
    #[cfg(any(feature = "ssr", test))]
    pub(crate) fn normalised(&self) -> String {
        super::text::significant(self.expose()).collect()
    }

    /// The whole name, against proof of an audited reveal.
    pub fn clear(&self, _: &Revealed) -> Shown {
        self.0.clear()
    }

    /// The bare name, for storage and search keys and for nothing that a person reads.
    pub(crate) fn expose(&self) -> &str {
        &self.0.0
    }
}

/// Provinces and large cities. One that is missing here is hidden with the rest of the name.
const PLACES: &str = "中国|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|\
    湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|石家庄|太原|沈阳|长春|\
    哈尔滨|南京|杭州|合肥|福州|南昌|济南|郑州|武汉|长沙|广州|海口|成都|贵阳|昆明|西安|兰州|西宁|呼和浩特|南宁|拉萨|\
    银川|乌鲁木齐|大连|青岛|宁波|厦门|深圳|苏州|无锡|常州|南通|扬州|徐州|温州|嘉兴|绍兴|金华|台州|泉州|烟台|潍坊|\
    临沂|唐山|保定|洛阳|宜昌|襄阳|东莞|佛山|珠海|中山|惠州|汕头|桂林|绵阳|遵义";
const PLACE_RANKS: &str = "省|市|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区";
const LEGAL_FORMS: &str = "股份有限公司|有限责任公司|有限公司|分公司|公司|合伙企业|事务所|工作室|合作社|经营部|集团|厂\
    | co., ltd.| co., ltd| co.,ltd.| co.,ltd| co. ltd.| co. ltd| ltd.| ltd| limited| inc.| inc| llc\
    | corporation| corp.| gmbh";
const TRADES: &str = "科技|技术|信息|网络|软件|数据|智能|数字|电子|通信|商务|商贸|贸易|物流|供应链|餐饮|食品|酒店|\
    旅游|物业|管理|咨询|服务|文化|传媒|传播|广告|教育|医疗|医药|生物|化工|材料|能源|环保|机械|设备|电器|汽车|建筑|\
    建设|工程|装饰|置业|房地产|农业|服饰|投资|控股|集团|实业|发展|制造";
const BRACKETED: &str = "集团|中国|有限合伙|普通合伙|特殊普通合伙";

/// The place that a name begins with: `上海`, `广东省深圳市`; empty if nothing would be left to hide.
fn place(name: &str) -> &str {
    let (first, has_rank) = one_place(name);
    let second = if has_rank { one_place(&name[first..]).0 } else { 0 };
    let (place, rest) = name.split_at(first + second);
    if rest.trim().is_empty() { "" } else { place }
}

/// How many bytes of the text are a place, and whether its rank, such as province, is among them.
fn one_place(text: &str) -> (usize, bool) {
    let longest = |list: &str, text: &str| {
        list.split('|').filter(|word| text.starts_with(word)).map(str::len).max().unwrap_or_default()
    };
    let place = longest(PLACES, text);
    let rank = if place > 0 { longest(PLACE_RANKS, &text[place..]) } else { 0 };
    (place + rank, rank > 0)
}

/// What stands before trade and legal form: `云帆` of `云帆网络科技（上海）有限公司`.
fn without_form(text: &str) -> &str {
    let text = without_bracket(without(LEGAL_FORMS, without_bracket(text)));
    without(TRADES, without(TRADES, text))
}

/// The text without the longest of these endings.
fn without<'a>(endings: &str, text: &'a str) -> &'a str {
    let lower = text.to_ascii_lowercase();
    let longest = endings.split('|').filter(|ending| lower.ends_with(ending)).map(str::len).max();
    shortened(text, text.len() - longest.unwrap_or_default())
}

/// The text without a bracket at its end, if nothing in that tells one company from another.
fn without_bracket(text: &str) -> &str {
    let is_common =
        |inside: &str| BRACKETED.split('|').any(|word| word == inside) || one_place(inside).0 == inside.len();
    match text.strip_suffix([')', '）']).and_then(|text| text.rsplit_once(['(', '（'])) {
        Some((before, inside)) if is_common(inside) => shortened(text, before.len()),
        _ => text,
    }
}

/// The beginning of a text, or all of it where nothing would be left to hide.
fn shortened(text: &str, length: usize) -> &str {
    if text[..length].trim().is_empty() { text } else { &text[..length] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn masked(name: &str) -> String {
        CompanyName::parse(name).unwrap_or_else(|flaw| panic!("{name}: {flaw:?}")).masked().text().to_owned()
    }

    fn normalised(name: &str) -> String {
        CompanyName::parse(name).unwrap().normalised()
    }

    #[test]
    fn a_name_has_two_to_128_characters() {
        assert_eq!(CompanyName::parse(""), Err(Flaw::Empty));
        assert_eq!(CompanyName::parse("云"), Err(Flaw::TooShort));
        assert!(CompanyName::parse(&"云帆".repeat(64)).is_ok());
        assert_eq!(CompanyName::parse(&"云".repeat(129)), Err(Flaw::TooLong));
    }

    #[test]
    fn place_trade_and_legal_form_are_kept() {
        for (name, expected) in [
            ("上海云帆科技有限公司", "上海****科技有限公司"),
            ("北京青山网络科技股份有限公司", "北京****网络科技股份有限公司"),
            ("广东省深圳市星河信息技术有限公司", "广东省深圳市****信息技术有限公司"),
            ("内蒙古自治区海棠餐饮管理有限公司", "内蒙古自治区****餐饮管理有限公司"),
            ("杭州智云集团有限公司", "杭州****集团有限公司"),
            ("北京 云帆 有限公司", "北京****有限公司"),
            ("南京青山投资合伙企业（有限合伙）", "南京****投资合伙企业（有限合伙）"),
        ] {
            assert_eq!(masked(name), expected, "{name}");
        }
    }

    #[test]
    fn a_name_without_a_place_keeps_its_first_character() {
        for (name, expected) in [
            ("云帆科技有限公司", "云****科技有限公司"),
            ("云帆科技（上海）有限公司", "云****科技（上海）有限公司"),
            ("青山(集团)有限公司", "青****(集团)有限公司"),
            ("云帆", "云****"),
            ("Acme Ltd", "A**** Ltd"),
            ("Acme Cloud Co., Ltd.", "A**** Co., Ltd."),
            ("ACME INC.", "A**** INC."),
            ("Acme Corp.", "A**** Corp."),
            ("Acmecorp.", "A****"),
        ] {
            assert_eq!(masked(name), expected, "{name}");
        }
    }

    #[test]
    fn something_is_always_hidden() {
        for (name, expected) in [
            ("上海科技有限公司", "上海****有限公司"),
            ("上海有限公司", "上海****"),
            ("上海市", "上****"),
            ("有限公司", "有****"),
            ("云有限公司", "****有限公司"),
            ("云（上海）", "****（上海）"),
            ("e\u{301}", "****"),
        ] {
            assert_eq!(masked(name), expected, "{name}");
        }
    }

    #[test]
    fn an_unknown_bracket_is_hidden() {
        assert_eq!(masked("云帆（张三）有限公司"), "云****有限公司");
        assert_eq!(masked("上海云帆科技有限公司浦东分公司"), "上海****分公司");
    }

    #[test]
    fn a_company_of_seventy_characters_is_masked_like_any_other() {
        let name = format!("上海{}科技有限公司", "云帆".repeat(31));
        assert_eq!(masked(&name), "上海****科技有限公司");
    }

    #[test]
    fn one_company_has_one_normalised_name() {
        for name in ["ACME云帆(上海)有限公司", "Acme 云帆（上海）有限公司", "ａｃｍｅ·云帆【上海】 有限公司。"]
        {
            assert_eq!(normalised(name), "acme云帆上海有限公司", "{name}");
        }
    }

    fn trade() -> impl Strategy<Value = String> {
        let codes = prop::collection::vec(0x4e00u32..0x9fa6, 2..20);
        codes
            .prop_map(|codes| codes.into_iter().filter_map(char::from_u32).collect::<String>())
            .prop_filter("else it belongs to the place", |trade| !trade.starts_with(['省', '市']))
    }

    fn legal_form() -> impl Strategy<Value = &'static str> {
        prop::sample::select(LEGAL_FORMS.split('|').collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn a_mask_behind_a_place_never_holds_the_trade_name(trade in trade()) {
            let shown = masked(&format!("上海{trade}科技有限公司"));
            prop_assert_eq!(shown, "上海****科技有限公司");
        }

        #[test]
        fn anything_may_be_typed(name in prop::collection::vec(any::<char>(), 0..40), form in legal_form()) {
            let name: String = name.into_iter().collect();
            for name in [format!("上海{name}（北京）{form}"), format!("{name}{form}"), name] {
                if let Ok(name) = CompanyName::parse(&name) {
                    let shown = name.masked();
                    prop_assert!(shown.is_masked() && shown.text().contains(STARS));
                    prop_assert!(!shown.text().contains(name.expose()));
                    prop_assert_eq!(CompanyName::parse(name.expose()), Ok(name.clone()));
                }
            }
        }

        #[test]
        fn normalising_twice_changes_nothing(name in prop::collection::vec(any::<char>(), 2..40)) {
            let name: String = name.into_iter().collect();
            let once: String = super::super::text::significant(&name).collect();
            let twice: String = super::super::text::significant(&once).collect();
            prop_assert_eq!(once, twice);
        }
    }
}
