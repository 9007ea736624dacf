//! Signing in, staying signed in, and leaving.

mod first_sign_in;
mod sessions;
mod sign_in;
mod throttle;
