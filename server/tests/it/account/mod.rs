//! Signing in, staying signed in, and leaving.

mod first_sign_in;
mod rights;
mod sessions;
mod sign_in;
mod throttle;
