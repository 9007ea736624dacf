//! The parts that pages are built from. They know no capability and no route.

mod badge;
mod beside;
mod chart;
mod dialog;
mod fact;
mod field;
mod icon;
mod page;
mod pager;
mod table;
mod timeline;

pub use badge::{Badge, Tone};
pub use beside::BesideLinks;
pub use chart::{BarChart, Series};
pub use dialog::Dialog;
pub use fact::{fact, wide_fact};
pub use field::{Choice, Field, Files, FormShell, Select, SubmitBar, TextArea, Tick};
pub use icon::Icon;
pub use page::{Crumb, Empty, Flash, Hydration, PageHead, page};
pub use pager::{Around, Pager, Target};
pub use table::{ColumnSettings, Eye, EyeHead, MaskedCell, SortHead, TableFrame};
pub use timeline::{Timeline, TimelineEntry, TimelineFile};
