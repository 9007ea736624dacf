//! Companies, people and leads as they might have come in, drawn from the vocabulary.
//! It knows nothing of tables: what becomes of a lead is decided by those who store it.

use super::draw::Draw;
use super::vocabulary::{
    self as words, CAMPAIGNS, CITIES, City, GIVEN_HERS_FIRST, GIVEN_HERS_LAST, GIVEN_HIS_FIRST, GIVEN_HIS_LAST,
    HONORIFICS, LEGAL_FORMS, MOBILE_PREFIXES, NEEDS, NEEDS_OF_INDUSTRIES, Need, OTHER_NAMES, PRODUCTS, SOURCES,
    SURNAMES, SYLLABLES, TITLES, TRADE_ENDINGS, TRADE_NAMES, TRADES, WELL_KNOWN,
};

/// Below this, no two numbers share a phone number or an e-mail address.
pub const NUMBERS: u64 = 7_000_000;

/// A lead as a campaign or a colleague hands it over; industry, region, source and products are codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLead {
    pub company: String,
    pub contact: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub title: Option<String>,
    pub industry: &'static str,
    pub region: &'static str,
    pub campaign: Option<String>,
    pub source: &'static str,
    pub need: Option<String>,
    pub products: Vec<&'static str>,
}

/// A company that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoCompany {
    pub name: String,
    pub industry: &'static str,
    pub city: &'static City,
    /// Its trade name in Latin letters, for addresses.
    pub spelled: String,
}

/// A person who does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    pub name: String,
    /// What stands before the @ of their e-mail address.
    pub mailbox: String,
}

/// The lead of this number; below [`NUMBERS`] none shares a phone number or an e-mail address with another.
pub fn lead(number: u64, draw: &mut Draw) -> DemoLead {
    let company = company(draw);
    let contact = contact(draw);
    let reach = *draw.weighted(REACHES);
    let source = *draw.weighted(SOURCES);
    let need = draw.chance(86).then(|| need(company.industry, draw));
    DemoLead {
        phone: match reach.phone {
            Some(Line::Mobile) => Some(mobile(number, draw)),
            Some(Line::Landline) => Some(landline(number, company.city)),
            None => None,
        },
        email: reach.email.then(|| email(number, &contact, &company)),
        title: draw.chance(78).then(|| (*draw.weighted(TITLES)).to_owned()),
        campaign: draw.chance(campaign_share(source)).then(|| campaign(&company, draw)).flatten(),
        source,
        products: need.map_or_else(|| some_products(draw), |need| need.products.to_vec()),
        need: need.map(|need| told(need, draw)),
        industry: company.industry,
        region: company.city.region,
        company: company.name,
        contact: contact.name,
    }
}

/// A company: its name says where it is and what it does.
pub fn company(draw: &mut Draw) -> DemoCompany {
    let home = draw.weighted(CITIES);
    let (word, word_spelled) = *draw.pick(TRADE_NAMES);
    let (ending, ending_spelled) = match draw.pick(TRADE_ENDINGS) {
        (ending, _) if word.ends_with(ending) => ("", ""),
        ending if draw.chance(80) => *ending,
        _ => ("", ""),
    };
    let (trade, industry) = draw.weighted(TRADES);
    let form = *draw.weighted(LEGAL_FORMS);

    let place = home.name;
    let start = match draw.below(100) {
        0..46 => format!("{place}{word}{ending}"),
        46..64 => format!("{place}市{word}{ending}"),
        64..80 => format!("{}{word}{ending}", words::region_name(home.region).unwrap_or(place)),
        80..94 => format!("{word}{ending}（{place}）"),
        _ => format!("{word}{ending}"),
    };
    let branch = form.contains("{city}").then(|| draw.weighted(CITIES));
    let name = match branch {
        Some(branch) => format!("{start}{trade}{}", form.replace("{city}", branch.name)),
        None => format!("{start}{trade}{form}"),
    };
    let spelled = format!("{word_spelled}{ending_spelled}");
    DemoCompany { name, industry, city: branch.unwrap_or(home), spelled }
}

/// A person: mostly a family name and one or two characters, seldom a name from elsewhere.
pub fn person(draw: &mut Draw) -> DemoPerson {
    if draw.below(250) == 0 {
        let (name, mailbox) = draw.pick(OTHER_NAMES);
        return DemoPerson { name: (*name).to_owned(), mailbox: (*mailbox).to_owned() };
    }
    loop {
        let surname = draw.weighted(SURNAMES);
        let (given, spelled) = given_name(draw);
        let name = format!("{}{given}", surname.0);
        if !WELL_KNOWN.contains(&name.as_str()) {
            return DemoPerson { name, mailbox: mailbox(surname.1, &spelled, draw) };
        }
    }
}

/// The mobile number of this number: any prefix, and eight digits that no other number has.
pub fn mobile(number: u64, draw: &mut Draw) -> String {
    format!("{}{:08}", draw.pick(MOBILE_PREFIXES), shuffled(number, 10_000, 10_000))
}

/// The landline of this number in a city, as 0571-86123456.
pub fn landline(number: u64, city: &City) -> String {
    // Landlines begin with two to eight.
    let line = match city.digits {
        7 => 2_000_000 + shuffled(number, 700, 10_000),
        _ => 20_000_000 + shuffled(number, 7_000, 10_000),
    };
    format!("{}-{line}", city.area_code)
}

/// The e-mail address of this number, under a host of its own in the top-level domain reserved for examples.
pub fn email(number: u64, person: &DemoPerson, company: &DemoCompany) -> String {
    let (count, mut digits) = match number {
        0..0x4_0000 => (3, shuffled(number, 0x200, 0x200)),
        _ => (4, shuffled(number, 0x1000, 0x1000)),
    };
    let mut address = format!("{}@{}-", person.mailbox, company.spelled);
    for _ in 0..count {
        address.push_str(SYLLABLES[(digits % 64) as usize]);
        digits /= 64;
    }
    address.push_str(".example");
    address
}

#[derive(Clone, Copy)]
enum Line {
    Mobile,
    Landline,
}

/// How a lead can be reached.
#[derive(Clone, Copy)]
struct Reach {
    phone: Option<Line>,
    email: bool,
}

const REACHES: &[(Reach, u32)] = &[
    (Reach { phone: Some(Line::Mobile), email: true }, 72),
    (Reach { phone: Some(Line::Mobile), email: false }, 14),
    (Reach { phone: Some(Line::Landline), email: true }, 7),
    (Reach { phone: Some(Line::Landline), email: false }, 1),
    (Reach { phone: None, email: true }, 6),
];

/// The person to talk to, of whom sometimes no more than 王女士 was noted down.
fn contact(draw: &mut Draw) -> DemoPerson {
    if !draw.chance(4) {
        return person(draw);
    }
    let (surname, spelled) = draw.weighted(SURNAMES);
    DemoPerson { name: format!("{surname}{}", draw.weighted(HONORIFICS)), mailbox: (*spelled).to_owned() }
}

/// A given name of one or two characters, and its spelling.
fn given_name(draw: &mut Draw) -> (String, String) {
    let (firsts, lasts) =
        if draw.chance(52) { (GIVEN_HIS_FIRST, GIVEN_HIS_LAST) } else { (GIVEN_HERS_FIRST, GIVEN_HERS_LAST) };
    let (last, last_spelled) = *draw.pick(lasts);
    let (first, first_spelled) = if draw.chance(16) { ("", "") } else { *draw.pick(firsts) };
    (format!("{first}{last}"), format!("{first_spelled}{last_spelled}"))
}

fn mailbox(surname: &str, given: &str, draw: &mut Draw) -> String {
    match draw.below(10) {
        0..4 => format!("{surname}{given}"),
        4..6 => format!("{given}.{surname}"),
        6..8 => format!("{surname}.{given}"),
        8 => format!("{}.{surname}", &given[..1]),
        _ => format!("{surname}_{given}"),
    }
}

/// Of a hundred leads of a source, how many come from a campaign.
fn campaign_share(source: &str) -> usize {
    match source {
        "vendor" | "event" => 100,
        "website" => 35,
        "other" => 20,
        _ => 0,
    }
}

/// The name of a campaign that reaches such a company.
fn campaign(company: &DemoCompany, draw: &mut Draw) -> Option<String> {
    let mut reaching = CAMPAIGNS.iter().filter(|campaign| campaign.reaches(company.city.region, company.industry));
    let count = reaching.clone().count();
    reaching.nth(draw.below(count)).map(|campaign| campaign.name.to_owned())
}

fn need(industry: &str, draw: &mut Draw) -> &'static Need {
    let own = NEEDS_OF_INDUSTRIES.iter().find(|(code, _)| *code == industry).map(|(_, needs)| *needs);
    let needs = own.filter(|_| draw.chance(40)).unwrap_or(NEEDS);
    draw.pick(needs)
}

/// The words of a need, with an amount where one belongs.
fn told(need: &Need, draw: &mut Draw) -> String {
    if need.amounts.is_empty() {
        return need.text.to_owned();
    }
    need.text.replace("{n}", &draw.pick(need.amounts).to_string())
}

/// No product, one, or two different ones.
fn some_products(draw: &mut Draw) -> Vec<&'static str> {
    let mut products: Vec<_> = (0..draw.below(3)).map(|_| *draw.pick(PRODUCTS)).collect();
    products.dedup();
    products
}

/// Another number below `left * right`, a different one for each: a small Feistel network.
fn shuffled(number: u64, left: u64, right: u64) -> u64 {
    let (mut high, mut low) = (number / right % left, number % right);
    for round in 0..3 {
        high = (high + Draw::new(low << 2 | round).next_u64() % left) % left;
        low = (low + Draw::new(high << 2 | round).next_u64() % right) % right;
    }
    high * right + low
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn leads(count: u64) -> Vec<DemoLead> {
        let mut draw = Draw::new(2026);
        (0..count).map(|number| lead(number, &mut draw)).collect()
    }

    fn share(leads: &[DemoLead], fits: impl Fn(&DemoLead) -> bool) -> f64 {
        leads.iter().filter(|lead| fits(lead)).count() as f64 / leads.len() as f64
    }

    fn is_mobile(phone: &str) -> bool {
        phone.len() == 11 && phone.starts_with('1') && phone.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn is_landline(phone: &str) -> bool {
        phone.split_once('-').is_some_and(|(area, line)| {
            area.starts_with('0')
                && (3..=4).contains(&area.len())
                && (7..=8).contains(&line.len())
                && line.starts_with(|first| ('2'..='8').contains(&first))
                && [area, line].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        })
    }

    fn is_email(email: &str) -> bool {
        let word = |part: &str| {
            !part.is_empty()
                && part.starts_with(|first: char| first.is_ascii_lowercase())
                && part.chars().all(|letter| letter.is_ascii_lowercase() || ".-_".contains(letter))
        };
        let host = email.split_once('@').filter(|(mailbox, _)| word(mailbox)).map(|(_, host)| host);
        email.len() <= 128 && host.and_then(|host| host.strip_suffix(".example")).is_some_and(word)
    }

    #[test]
    fn the_same_seed_makes_the_same_leads() {
        assert_eq!(leads(500), leads(500));
    }

    #[test]
    fn no_two_leads_share_a_phone_number_or_an_address() {
        let leads = leads(50_000);
        let phones: Vec<_> = leads.iter().filter_map(|lead| lead.phone.as_deref()).collect();
        let emails: Vec<_> = leads.iter().filter_map(|lead| lead.email.as_deref()).collect();
        assert_eq!(phones.iter().collect::<HashSet<_>>().len(), phones.len());
        assert_eq!(emails.iter().collect::<HashSet<_>>().len(), emails.len());
    }

    #[test]
    fn every_phone_number_and_address_is_well_formed() {
        for lead in leads(20_000) {
            assert!(lead.phone.as_deref().is_none_or(|phone| is_mobile(phone) || is_landline(phone)), "{lead:?}");
            assert!(lead.email.as_deref().is_none_or(is_email), "{lead:?}");
        }
    }

    #[test]
    fn every_lead_can_be_reached_and_some_only_one_way() {
        let leads = leads(20_000);
        let near = |share: f64, percent: f64| (share * 100.0 - percent).abs() < 1.0;
        assert!(leads.iter().all(|lead| lead.phone.is_some() || lead.email.is_some()));
        assert!(near(share(&leads, |lead| lead.phone.is_none()), 6.0));
        assert!(near(share(&leads, |lead| lead.email.is_none()), 15.0));
        assert!(near(share(&leads, |lead| lead.phone.as_deref().is_some_and(is_landline)), 8.0));
    }

    #[test]
    fn a_landline_has_the_area_code_of_the_company() {
        for lead in leads(5_000) {
            let Some((area, _)) = lead.phone.as_deref().and_then(|phone| phone.split_once('-')) else { continue };
            assert!(CITIES.iter().any(|(city, _)| city.area_code == area && city.region == lead.region), "{lead:?}");
        }
    }

    #[test]
    fn every_field_fits_its_form() {
        for lead in leads(20_000) {
            let length = |text: &str| text.chars().count();
            assert!((2..=128).contains(&length(&lead.company)), "{lead:?}");
            assert!((1..=64).contains(&length(&lead.contact)), "{lead:?}");
            assert!(lead.title.as_deref().is_none_or(|title| length(title) <= 64), "{lead:?}");
            assert!(lead.campaign.as_deref().is_none_or(|campaign| length(campaign) <= 128), "{lead:?}");
            assert!(lead.need.as_deref().is_none_or(|need| length(need) <= 500), "{lead:?}");
        }
    }

    #[test]
    fn no_placeholder_is_left_in_a_lead() {
        assert!(leads(20_000).iter().all(|lead| !format!("{}{:?}", lead.company, lead.need).contains('{')));
    }

    #[test]
    fn a_lead_names_no_product_twice() {
        for lead in leads(20_000) {
            assert_eq!(lead.products.iter().collect::<HashSet<_>>().len(), lead.products.len(), "{lead:?}");
        }
    }

    #[test]
    fn a_lead_of_the_vendor_has_a_campaign_and_an_own_one_has_none() {
        for lead in leads(5_000) {
            match lead.source {
                "vendor" | "event" => assert!(lead.campaign.is_some(), "{lead:?}"),
                "own" | "referral" => assert!(lead.campaign.is_none(), "{lead:?}"),
                _ => {}
            }
        }
    }

    #[test]
    fn nearly_every_company_has_a_name_of_its_own() {
        let mut draw = Draw::new(7);
        let names: HashSet<_> = (0..50_000).map(|_| company(&mut draw).name).collect();
        assert!(names.len() > 49_500, "{}", names.len());
    }

    #[test]
    fn nobody_bears_a_well_known_name() {
        let mut draw = Draw::new(8);
        assert!((0..50_000).all(|_| !WELL_KNOWN.contains(&person(&mut draw).name.as_str())));
    }

    #[test]
    fn no_brand_is_a_household_name() {
        let household = "华为 腾讯 阿里 百度 京东 美团 小米 网易 海尔 美的 格力 联想 万科 恒大 平安 中兴 浪潮 用友 \
                         金蝶 顺丰 圆通 中通 比亚迪 大华 启明 锐捷 致远 海康 卓越 迈瑞 恒瑞 汇川 隆基 正泰";
        for (word, _) in TRADE_NAMES {
            for (ending, _) in TRADE_ENDINGS {
                let brand = format!("{word}{ending}");
                assert!(household.split_whitespace().all(|name| !brand.starts_with(name)), "{brand}");
            }
        }
    }

    #[test]
    fn shuffling_gives_each_number_another() {
        let shuffled: HashSet<_> = (0..700 * 100).map(|number| shuffled(number, 700, 100)).collect();
        assert_eq!(shuffled.len(), 700 * 100);
        assert!(shuffled.iter().all(|number| *number < 700 * 100));
    }

    #[test]
    fn addresses_differ_where_their_hosts_grow_longer() {
        let mut draw = Draw::new(9);
        let (person, company) = (person(&mut draw), company(&mut draw));
        let around = 0x4_0000 - 20_000..0x4_0000 + 20_000;
        let addresses: HashSet<_> = around.map(|number| email(number, &person, &company)).collect();
        assert_eq!(addresses.len(), 40_000);
    }
}
