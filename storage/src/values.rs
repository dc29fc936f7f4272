//! How domain values are written in columns, the same on both databases.

use std::str::FromStr;

use chrono::DateTime;
use domain::Instant;
use serde::{Serialize, de::DeserializeOwned};

use crate::StorageError;

/// An instant as whole microseconds since 1970.
pub(crate) fn micros(at: Instant) -> i64 {
    at.timestamp_micros()
}

/// The instant of whole microseconds since 1970.
pub(crate) fn instant(micros: i64) -> Result<Instant, StorageError> {
    DateTime::from_timestamp_micros(micros)
        .ok_or_else(|| StorageError::Unreadable(format!("{micros} is not an instant")))
}

/// A place in an order, or a count, as a column keeps it.
pub(crate) fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A small whole number of a column.
pub(crate) fn whole<N: TryFrom<i64>>(n: i64) -> Result<N, StorageError> {
    N::try_from(n).map_err(|_| StorageError::Unreadable(format!("{n} is out of range")))
}

/// A value that is parsed from its text.
pub(crate) fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, StorageError> {
    text.parse().map_err(|e| StorageError::Unreadable(format!("{e}")))
}

/// The code of an enum's variant, as serde writes it.
pub(crate) fn code<T: Serialize>(value: &T) -> Result<String, StorageError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => Ok(code),
        other => Err(StorageError::Unreadable(format!("{other:?} is not a code"))),
    }
}

/// The variant of an enum with this code.
pub(crate) fn of_code<T: DeserializeOwned>(code: String) -> Result<T, StorageError> {
    serde_json::from_value(serde_json::Value::String(code)).map_err(|e| StorageError::Unreadable(e.to_string()))
}
