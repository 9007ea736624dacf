//! A column is a value: what it is called, what stands in it for a row, and who has it.

use leptos::prelude::*;
use partner_center::{access::Viewer, moment::Moment};

use crate::{
    text::{NOTHING, date_time},
    ui::{Badge, Tone},
};

/// What stands in a column for one row.
enum Value {
    /// Our own words, or a code.
    Text(String),
    /// What somebody has typed: it may run from right to left.
    Name(Option<String>),
    /// What one copies rather than reads.
    Code(String),
    Moment(Moment),
    State(Tone, &'static str),
}

/// The address of what a row is about, and its name; nothing, where the row is about nothing that has a page.
type Link<R> = fn(&R) -> Option<(String, String)>;

/// A column of a list of such rows.
pub struct Column<R> {
    word: &'static str,
    value: Box<dyn Fn(&R) -> Value + Send + Sync>,
    beside: Option<Link<R>>,
    readers: fn(&Viewer) -> bool,
    is_long: bool,
}

impl<R> Column<R> {
    fn new(word: &'static str, value: impl Fn(&R) -> Value + Send + Sync + 'static) -> Column<R> {
        let value = Box::new(value);
        let readers = |_: &Viewer| true;
        Column { word, value, beside: None, readers, is_long: false }
    }

    /// A column of our own words, or of codes.
    pub fn text(word: &'static str, text: impl Fn(&R) -> String + Send + Sync + 'static) -> Column<R> {
        Column::new(word, move |row| Value::Text(text(row)))
    }

    /// A column of what somebody has typed.
    pub fn name(word: &'static str, name: impl Fn(&R) -> Option<String> + Send + Sync + 'static) -> Column<R> {
        Column::new(word, move |row| Value::Name(name(row)))
    }

    /// A column of what one copies rather than reads.
    pub fn code(word: &'static str, code: impl Fn(&R) -> String + Send + Sync + 'static) -> Column<R> {
        Column::new(word, move |row| Value::Code(code(row)))
    }

    /// A column of instants, by the reader's clock.
    pub fn moment(word: &'static str, moment: impl Fn(&R) -> Moment + Send + Sync + 'static) -> Column<R> {
        Column::new(word, move |row| Value::Moment(moment(row)))
    }

    /// A column of states, as dots and words.
    pub fn state(word: &'static str, state: impl Fn(&R) -> (Tone, &'static str) + Send + Sync + 'static) -> Column<R> {
        let value = move |row: &R| {
            let (tone, word) = state(row);
            Value::State(tone, word)
        };
        Column::new(word, value)
    }

    /// Behind the text, a link to what it is about: its address and its name.
    pub fn leading_to(self, beside: Link<R>) -> Column<R> {
        Column { beside: Some(beside), ..self }
    }

    /// Only for these readers.
    pub fn for_those(self, readers: fn(&Viewer) -> bool) -> Column<R> {
        Column { readers, ..self }
    }

    /// Long enough to be broken into lines.
    pub fn long(self) -> Column<R> {
        Column { is_long: true, ..self }
    }

    /// The column's heading.
    pub fn word(&self) -> &'static str {
        self.word
    }

    /// Whether this reader has the column on the page.
    pub(super) fn is_shown_to(&self, viewer: &Viewer) -> bool {
        (self.readers)(viewer)
    }

    /// The column's cell on the page.
    pub(super) fn cell(&self, row: &R) -> AnyView {
        let inner = match (self.value)(row) {
            Value::Text(text) => text.into_any(),
            Value::Name(name) => view! { <bdi>{name.unwrap_or_else(|| NOTHING.to_owned())}</bdi> }.into_any(),
            Value::Code(code) => (!code.is_empty()).then(|| view! { <code class="id">{code}</code> }).into_any(),
            Value::Moment(moment) => date_time(moment).into_any(),
            Value::State(tone, word) => view! { <Badge tone word /> }.into_any(),
        };
        let link = self.beside.and_then(|beside| beside(row)).map(|(href, name)| view! { " " <a href=href>{name}</a> });
        view! { <td class=self.is_long.then_some("is-long")>{inner} {link}</td> }.into_any()
    }
}
