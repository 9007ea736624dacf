//! The tables of people.

pub mod contact;
pub mod member;
pub mod member_role;
pub mod review;
pub mod role;
pub mod role_item;
pub mod session;
pub mod tenant;
