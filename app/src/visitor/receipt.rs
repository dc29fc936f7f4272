//! The receipt that a browser prints.
