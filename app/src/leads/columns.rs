//! The columns of the lead list, and which of them the member wants to see.

use partner_center::{
    contact::Shown,
    error::{Error, Result},
    leads::{self, LeadRow, Sort},
    moment::Moment,
    preferences::{self, Preference},
};
use strum::IntoEnumIterator;

use super::text;
use crate::{
    form::{PageForm, Params, Saved},
    text::{Locale, Zone, date_time_in},
    visit::Visit,
};

/// A column of the lead list that may be shown or hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Column {
    Number,
    Company,
    Contact,
    State,
    Follower,
    Phone,
    Email,
    Campaign,
    Source,
    DispatchedAt,
    FollowedAt,
    NextOn,
    CreatedAt,
}

impl Column {
    /// The column's code.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// The column's heading.
    pub fn word(self, locale: Locale) -> &'static str {
        let t = text::words(locale);
        match self {
            Column::Number => t.number,
            Column::Company => t.company,
            Column::Contact => t.contact,
            Column::Phone => t.phone,
            Column::Email => t.email,
            Column::Campaign => t.campaign,
            Column::Source => t.source,
            Column::Follower => t.follower,
            Column::State => t.state,
            Column::CreatedAt => t.created_at,
            Column::DispatchedAt => t.dispatched_at,
            Column::FollowedAt => t.followed_at,
            Column::NextOn => t.next_on,
        }
    }

    /// What the column sorts by, if it does. Hidden values never do.
    pub fn sort(self) -> Option<Sort> {
        match self {
            Column::CreatedAt => Some(Sort::Created),
            Column::DispatchedAt => Some(Sort::Dispatched),
            Column::FollowedAt => Some(Sort::Followed),
            _ => None,
        }
    }

    /// Whether instants stand in the column, so that one must know whose clock they are by.
    pub fn is_instant(self) -> bool {
        matches!(self, Column::CreatedAt | Column::DispatchedAt | Column::FollowedAt)
    }

    /// What stands in the column for a lead, as text; nothing, where the lead has no such value.
    pub fn text(self, locale: Locale, zone: Zone, lead: &LeadRow) -> Option<String> {
        let shown = |shown: &Shown| (!shown.is_absent()).then(|| shown.text().to_owned());
        let moment = |moment: Moment| moment.happened().then(|| date_time_in(zone, moment));
        match self {
            Column::Number => Some(leads::display_number(lead.number)),
            Column::Company => shown(&lead.company),
            Column::Contact => shown(&lead.contact),
            Column::State => Some(text::state(locale, lead.state).to_owned()),
            Column::Follower => lead.follower.clone(),
            Column::Phone => shown(&lead.phone),
            Column::Email => shown(&lead.email),
            Column::Campaign => lead.campaign.clone(),
            Column::Source => Some(text::source(locale, lead.source).to_owned()),
            Column::DispatchedAt => moment(lead.dispatched_at),
            Column::FollowedAt => moment(lead.followed_at),
            Column::NextOn => lead.next_on.map(|date| date.to_string()),
            Column::CreatedAt => moment(lead.created_at),
        }
    }

    /// The field behind a masked column.
    pub fn field(self) -> Option<partner_center::leads::Field> {
        use partner_center::leads::Field;
        match self {
            Column::Company => Some(Field::Company),
            Column::Contact => Some(Field::Contact),
            Column::Phone => Some(Field::Phone),
            Column::Email => Some(Field::Email),
            _ => None,
        }
    }
}

/// Hidden until somebody wants them: the list is wide as it is.
const HIDDEN_AT_FIRST: [Column; 2] = [Column::CreatedAt, Column::NextOn];

/// The columns that a member sees who has hidden these, if it has chosen at all.
pub fn shown(hidden: Option<&str>) -> Vec<Column> {
    let is_hidden = |column: &Column| match hidden {
        Some(hidden) => hidden.split(',').any(|code| code == column.code()),
        None => HIDDEN_AT_FIRST.contains(column),
    };
    Column::iter().filter(|column| !is_hidden(column)).collect()
}

/// The columns that the member has ticked.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChosenColumns {
    shown: Vec<String>,
    back: String,
}

impl PageForm for ChosenColumns {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        for code in &self.shown {
            code.parse::<Column>().map_err(|_| Error::Malformed)?;
        }
        let hidden = Column::iter().map(Column::code).filter(|code| !self.shown.iter().any(|shown| shown == code));
        let hidden: Vec<&str> = hidden.collect();
        // A list without any column helps nobody; the state is always among them.
        let hidden: Vec<&str> = hidden.into_iter().filter(|code| *code != Column::State.code()).collect();
        preferences::set(&visit.ctx()?, Preference::LeadColumns, &hidden.join(",")).await?;
        Ok(Saved::telling(self.back.as_str(), "columns-saved"))
    }
}
