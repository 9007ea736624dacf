//! 消息中心: what the member should know of, where else it is told, and to whom.

mod demo;
mod letters;
mod list;
mod receivers;
mod settings;
pub mod text;

pub use demo::DemoOutboxPage;
pub use letters::write;
pub use list::{MarkRead, MessagesPage};
pub use receivers::{AddReceiver, ReceiversPage, RemoveReceiver};
pub use settings::{ChooseChannels, MessageSettingsPage};
