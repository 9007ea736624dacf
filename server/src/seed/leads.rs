//! Leads of the demo: in every state, with campaigns and follow-ups of half a year.

use partner_center::{
    contact::{CompanyName, Email, PersonName, Phone},
    ctx::Store,
    ids::MemberId,
    leads::{
        self, InvalidReason, NewLead, Outcome, State, Way,
        planting::{self, Act, Past, Planted, Trace},
    },
    moment::Moment,
    preregistrations::{self, VALID_SECONDS},
};

use super::{
    cast::Cast,
    draw::Draw,
    failed,
    people::{self, DemoLead},
    vocabulary,
};
use crate::commands::Failure;

/// How many leads each partner has, before scaling.
const SHARES: [(&str, u64, &[&str], &str); 3] = [
    ("yunfan", 1_600, &["wu", "wu", "wu", "chen", "zhao"], "admin"),
    ("xinghe", 300, &["ma", "ma", "tang"], "admin"),
    ("qingshan", 200, &["he"], "admin"),
];
/// How far back the demo's past goes, in days.
const PAST_DAYS: usize = 180;
/// How many days back the next date of a follow-up may lie: somebody has not come to it.
const OVERDUE_DAYS: u64 = 5;
/// How many leads are written in one transaction.
const BATCH: usize = 5_000;
/// How many of the latest acts are in the audit trail.
const TRACES: usize = 400;

/// Plants the leads, and says which traces the latest acts on them would have left.
pub async fn create(store: &Store, cast: &Cast, scale: u64, now: Moment) -> Result<Vec<Trace>, Failure> {
    let mut draw = Draw::new(2026);
    let mut number = 0;
    let mut traces = Vec::new();
    for (place, (tenant, share, followers, admin)) in SHARES.into_iter().enumerate() {
        let member = |account: &'static str| cast.members[&(tenant, account)];
        let followers: Vec<MemberId> = followers.iter().map(|account| member(account)).collect();
        // Only the first partner grows with the scale: measurements look at one long list.
        let total = if place == 0 { share * scale } else { share };
        let mut batch = Vec::with_capacity(BATCH);
        for of_tenant in 0..total {
            number += 1;
            let age_days = PAST_DAYS as u64 - of_tenant * PAST_DAYS as u64 / total.max(1);
            let created_at = now.plus_seconds(-((age_days * 86_400) as i64) - draw.below(80_000) as i64);
            let planted = Planter { draw: &mut draw, admin: member(admin), followers: &followers, now, created_at };
            let tenant_id = cast.tenants[tenant];
            batch.extend(planted.plant(number, tenant_id, place as i64));
            if batch.len() == BATCH {
                traces = planting::plant(store, &batch).await.map_err(failed)?;
                batch.clear();
                tracing::info!(leads = number, "planted");
            }
        }
        traces.extend(planting::plant(store, &batch).await.map_err(failed)?);
    }
    traces.sort_by_key(|(at, ..)| *at);
    Ok(traces.split_off(traces.len().saturating_sub(TRACES)))
}

struct Planter<'d> {
    draw: &'d mut Draw,
    admin: MemberId,
    followers: &'d [MemberId],
    now: Moment,
    created_at: Moment,
}

impl Planter<'_> {
    /// A lead and its past; nothing, if the vocabulary has made something that no form would take.
    fn plant(mut self, number: u64, tenant: partner_center::ids::TenantId, place: i64) -> Option<Planted> {
        let demo = people::lead(number, self.draw);
        let state = *self.draw.weighted(&[
            (State::Undispatched, 12),
            (State::Dispatched, 23),
            (State::Following, 35),
            (State::Converted, 14),
            (State::Invalid, 16),
        ]);
        let follower = (state != State::Undispatched).then(|| *self.draw.pick(self.followers));
        let lead = new_lead(demo, follower)?;
        let mut planted = Planted {
            tenant,
            // Tenants are set up in the order of the cast, and numbered from one.
            tenant_number: [1, 3, 2][place as usize],
            creator: self.admin,
            created_at: self.created_at,
            lead,
            state,
            next_on: None,
            invalid_reason: None,
            past: Vec::new(),
            reminded_at: Moment::NEVER,
            developed: None,
        };
        let Some(follower) = follower else {
            if self.draw.chance(15) {
                let to = *self.draw.pick(self.followers);
                let reason = (*self.draw.pick(vocabulary::RETURN_REASONS)).to_owned();
                let admin = self.admin;
                self.act(&mut planted, admin, Act::Dispatched { to });
                self.act(&mut planted, to, Act::Returned { reason });
            }
            return Some(planted);
        };
        let admin = self.admin;
        self.act(&mut planted, admin, Act::Dispatched { to: follower });
        match state {
            State::Undispatched => {}
            State::Dispatched => planted.reminded_at = self.reminder(&planted),
            State::Following => {
                for _ in 0..=self.draw.below(3) {
                    self.follow(&mut planted, follower, None);
                }
            }
            State::Converted => {
                self.follow(&mut planted, follower, None);
                self.follow(&mut planted, follower, Some(Outcome::Developed));
                self.develop(&mut planted, follower);
            }
            State::Invalid => self.follow(&mut planted, follower, Some(Outcome::Invalid)),
        }
        Some(planted)
    }

    /// When the follower was reminded of a lead that has lain for days; younger ones are still to come.
    fn reminder(&self, planted: &Planted) -> Moment {
        let due = planted.past.last().map(|past| past.at.plus_seconds(leads::SILENT_SECONDS + 3_600));
        due.filter(|due| *due <= self.now).unwrap_or(Moment::NEVER)
    }

    fn follow(&mut self, planted: &mut Planted, by: MemberId, last: Option<Outcome>) {
        let outcome = last.unwrap_or_else(|| {
            *self.draw.weighted(&[
                (Outcome::Interested, 4),
                (Outcome::Again, 4),
                (Outcome::Unreached, 3),
                (Outcome::NoNeed, 1),
            ])
        });
        let way = *self.draw.weighted(&[(Way::Phone, 6), (Way::Wechat, 3), (Way::Visit, 2), (Way::Email, 1)]);
        let texts = vocabulary::follow_ups(result_code(outcome), &way.to_string());
        let content = texts.get(self.draw.below(texts.len().max(1))).copied().unwrap_or("已联系客户").to_owned();
        let ahead = 1 + self.draw.below(20) as u64;
        let next_on = matches!(outcome, Outcome::Interested | Outcome::Again)
            .then(|| self.now.trade_date() + chrono::Days::new(ahead) - chrono::Days::new(OVERDUE_DAYS));
        let reason = (outcome == Outcome::Invalid)
            .then(|| self.draw.weighted(vocabulary::INVALID_REASONS).parse().unwrap_or(InvalidReason::Other));
        planted.next_on = next_on;
        planted.invalid_reason = reason;
        self.act(planted, by, Act::Followed { way, outcome, content, next_on, reason });
        // Nobody agrees on a day that has passed already.
        if let Some(Past { at, act: Act::Followed { next_on: Some(agreed), .. }, .. }) = planted.past.last_mut() {
            *agreed = (*agreed).max(at.trade_date() + chrono::Days::new(1));
            planted.next_on = Some(*agreed);
        }
    }

    /// What the lead was developed into, some minutes after the last act. The young ones are held, the old ones decided.
    fn develop(&mut self, planted: &mut Planted, owner: MemberId) {
        use preregistrations::State;
        let before = planted.past.last().map_or(planted.created_at, |past| past.at);
        let later = before.plus_seconds(300 + self.draw.below(1_800) as i64);
        let at = if later < self.now { later } else { Moment((before.0 + self.now.0) / 2) };
        let young = at.plus_seconds(VALID_SECONDS) > self.now;
        let state = *self.draw.weighted(&[
            (State::Pending, if young { 2 } else { 0 }),
            (State::Registered, if young { 5 } else { 0 }),
            (State::Invited, if young { 4 } else { 0 }),
            (State::Associated, if young { 2 } else { 12 }),
            (State::Failed, 2),
            (State::Rejected, 1),
            (State::Expired, if young { 0 } else { 5 }),
        ]);
        let invite = planted.lead.email.is_some() && planted.lead.phone.is_some() && self.draw.chance(60);
        let invite = invite || state == State::Invited;
        planted.next_on = None;
        planted.developed = Some(preregistrations::planting::Planted { at, owner, state, invite });
    }

    /// The next act, some hours or days after the one before and never in the future.
    fn act(&mut self, planted: &mut Planted, by: MemberId, act: Act) {
        let before = planted.past.last().map_or(planted.created_at, |past| past.at);
        let later = before.plus_seconds(1_800 + self.draw.below(3 * 86_400) as i64);
        let at = if later < self.now { later } else { Moment((before.0 + self.now.0) / 2) };
        planted.past.push(Past { at, by, act });
    }
}

fn result_code(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Interested => "interested",
        Outcome::Again => "again",
        Outcome::Unreached => "unreached",
        Outcome::NoNeed => "no_need",
        Outcome::Invalid => "invalid",
        Outcome::Developed => "developed",
    }
}

fn new_lead(demo: DemoLead, follower: Option<MemberId>) -> Option<NewLead> {
    Some(NewLead {
        company: CompanyName::parse(&demo.company).ok()?,
        contact: PersonName::parse(&demo.contact).ok()?,
        phone: demo.phone.and_then(|phone| Phone::parse(&phone).ok()),
        email: demo.email.and_then(|email| Email::parse(&email).ok()),
        title: demo.title,
        industry: demo.industry.parse().ok(),
        region: Some(demo.region.to_owned()),
        campaign: demo.campaign,
        source: demo.source.parse().ok()?,
        need: demo.need,
        products: demo.products.iter().filter_map(|code| code.parse().ok()).collect(),
        follower,
    })
}
