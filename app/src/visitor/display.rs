//! The call display.
