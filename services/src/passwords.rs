//! Passwords: rules, hashing, limits.
