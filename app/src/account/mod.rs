//! One's own account: signing in and out, and the password.

mod password;
mod sign_in;
pub mod text;

pub use password::{ChangePassword, ChangePasswordPage};
pub use sign_in::{SignIn, SignInPage, SignOut};
