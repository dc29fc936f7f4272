//! The kiosk's steps.
