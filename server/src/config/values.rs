//! Values of options that have rules of their own.

use std::{fmt, str::FromStr};

use axum::http::Uri;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use domain::staff::{DeviceKind, Role};
use thiserror::Error;

/// How many times as fast as in life simulated visitors come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace(f64);

/// Not a pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a pace is a number from 0.1 to 1000")]
pub struct NotAPace;

impl Default for Pace {
    fn default() -> Self {
        Self(1.0)
    }
}
impl Pace {
    /// The factor, 0.1 to 1000.
    pub fn factor(self) -> f64 {
        self.0
    }
}
impl FromStr for Pace {
    type Err = NotAPace;
    fn from_str(text: &str) -> Result<Self, NotAPace> {
        match text.parse::<f64>() {
            Ok(factor) if (0.1..=1000.0).contains(&factor) => Ok(Self(factor)),
            _ => Err(NotAPace),
        }
    }
}

/// What visitors' browsers use to reach the server: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// Not an address of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("give scheme, host and port only, such as https://parvis.example")]
pub struct NotAPublicUrl;

impl FromStr for PublicUrl {
    type Err = NotAPublicUrl;
    fn from_str(text: &str) -> Result<Self, NotAPublicUrl> {
        let uri: Uri = text.parse().map_err(|_| NotAPublicUrl)?;
        let bare = uri.query().is_none() && uri.path().trim_end_matches('/').is_empty();
        match (uri.scheme_str(), uri.authority()) {
            (Some(scheme @ ("http" | "https")), Some(host)) if bare && !host.as_str().contains('@') => {
                Ok(Self(format!("{scheme}://{}", host.as_str().to_ascii_lowercase())))
            }
            _ => Err(NotAPublicUrl),
        }
    }
}
impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The address of a kiosk or a display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreenUrl(String);

/// Not an address of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("give the whole address of a kiosk or a display, such as https://parvis.example/k/valmont/fr")]
pub struct NotAScreenUrl;

impl ScreenUrl {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ScreenUrl {
    type Err = NotAScreenUrl;
    fn from_str(text: &str) -> Result<Self, NotAScreenUrl> {
        let uri: Uri = text.parse().map_err(|_| NotAScreenUrl)?;
        let is_web = matches!(uri.scheme_str(), Some("http" | "https")) && uri.authority().is_some();
        let is_screen = ["/k/", "/d/"].iter().any(|kind| uri.path().strip_prefix(kind).is_some_and(|c| !c.is_empty()));
        if is_web && is_screen { Ok(Self(text.to_owned())) } else { Err(NotAScreenUrl) }
    }
}

const KINDS: [DeviceKind; 3] = [DeviceKind::Kiosk, DeviceKind::Display, DeviceKind::Printer];

/// A kind of device by its code.
pub(super) fn device_kind() -> impl TypedValueParser<Value = DeviceKind> {
    PossibleValuesParser::new(KINDS.map(DeviceKind::code))
        .map(|code| KINDS.into_iter().find(|k| k.code() == code).unwrap_or(DeviceKind::Kiosk))
}

/// A role by its code.
pub(super) fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::code))
        .map(|code| Role::ALL.into_iter().find(|r| r.code() == code).unwrap_or(Role::Host))
}

#[cfg(test)]
mod tests {
    use super::{Pace, PublicUrl, ScreenUrl};

    #[test]
    fn a_screen_is_a_kiosk_or_a_display() {
        let taken = |url: &str| url.parse::<ScreenUrl>().is_ok();
        assert!(taken("https://parvis.example/k/valmont/fr?size=large") && taken("http://10.0.0.2:8080/d/valmont/ar"));
        for wrong in
            ["parvis.example/k/valmont", "https://parvis.example", "https://parvis.example/k/", "file:///k/a", ""]
        {
            assert!(!taken(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_public_url_has_no_path() {
        let url = |text: &str| text.parse::<PublicUrl>().map(|u| u.to_string()).ok();
        assert_eq!(url("https://Parvis.example/").as_deref(), Some("https://parvis.example"));
        assert_eq!(url("http://10.0.0.1:8080").as_deref(), Some("http://10.0.0.1:8080"));
        for wrong in
            ["parvis.example", "ftp://parvis.example", "https://parvis.example/a", "https://a@b", "https://b?x"]
        {
            assert_eq!(url(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_pace_is_within_reason() {
        assert_eq!("2.5".parse::<Pace>().map(Pace::factor), Ok(2.5));
        for wrong in ["0", "-1", "NaN", "inf", "fast"] {
            assert!(wrong.parse::<Pace>().is_err(), "{wrong}");
        }
    }
}
