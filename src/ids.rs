//! Names of things: one newtype for each, so that a member's id is never taken for a lead's.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Defines an id: a newtype over a UUID that is read, printed and stored as one.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        // SeaORM asks this of every primary key, for databases that number their rows.
        #[cfg(feature = "ssr")]
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}

id! {
    /// A partner, merchant, customer or the vendor itself: the owner of rows.
    TenantId
}
id! {
    /// A person who signs in for a tenant.
    MemberId
}
id! {
    /// A role that a tenant has made for itself.
    RoleId
}
id! {
    /// A lead.
    LeadId
}
id! {
    /// An outbound call.
    CallId
}
id! {
    /// A prospect that a partner has announced to the vendor.
    PreregistrationId
}
id! {
    /// One import of a file, from upload to the last row.
    ImportId
}
id! {
    /// A message of one member.
    MessageId
}
id! {
    /// Somebody outside who gets a tenant's messages of one kind.
    ReceiverId
}
id! {
    /// A letter on its way out of the product.
    LetterId
}
id! {
    /// A verification code that was sent.
    CodeId
}
id! {
    /// One export of a list, from the wish to the file and its end.
    ExportId
}
id! {
    /// One run of a scheduled job.
    RunId
}
id! {
    /// A saved view of a list.
    ViewId
}
id! {
    /// A file that hangs on a follow-up.
    AttachmentId
}
