//! The page that a visitor's phone follows a ticket by.
