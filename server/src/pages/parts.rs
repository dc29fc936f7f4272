//! What the pages' handlers share.

use app::{
    texts::{CentreTime, screen_languages},
    visitor::Head,
};
use axum::http::{HeaderMap, header};
use chrono::Offset;
use domain::{Instant, Language, centre::Centre};

use crate::{assets, extract::Nonce};

/// The head of a page whose style is `{name}.css`, without a script.
pub(super) fn head(name: &str, nonce: &Nonce) -> Head {
    Head {
        style: assets::url(&format!("{name}.css")).to_owned(),
        nonce: nonce.0.to_string(),
        build: assets::build().to_owned(),
        ..Head::default()
    }
}

/// The same with the script `{name}.js`.
pub(super) fn head_with_script(name: &str, nonce: &Nonce) -> Head {
    Head { script: Some(assets::url(&format!("{name}.js")).to_owned()), ..head(name, nonce) }
}

/// The centre's clock as it goes at an instant; UTC where its time zone is not known.
pub(crate) fn time_of(centre: &Centre, at: Instant) -> CentreTime {
    let zone: Option<chrono_tz::Tz> = centre.time_zone.parse().ok();
    CentreTime::new(zone.map_or(0, |z| at.with_timezone(&z).offset().fix().local_minus_utc()))
}

/// The language of an address, if the screens speak it.
pub(super) fn chosen(code: Option<&str>) -> Option<Language> {
    screen_languages().into_iter().find(|l| Some(l.code()) == code)
}

/// The first language of `Accept-Language` that the screens speak, else French.
pub(super) fn preferred(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    accepted.split(',').find_map(|range| chosen(range.trim().split(['-', ';']).next())).unwrap_or_else(Language::french)
}

/// The browser's language where the centre speaks it, else the centre's own.
pub(super) fn spoken(centre: &Centre, headers: &HeaderMap) -> Language {
    let wanted = preferred(headers);
    if centre.languages.contains(&wanted) { wanted } else { centre.language() }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_first_known_language_of_the_browser_is_taken() {
        let asked = |list: &'static str| {
            preferred(&HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(list))]))
        };
        assert_eq!(asked("tr, ar-DZ;q=0.8, en;q=0.5"), Language::arabic());
        assert_eq!(asked("en-GB"), Language::english());
        assert_eq!(asked("tr;;,,"), Language::french());
        assert_eq!(preferred(&HeaderMap::new()), Language::french());
    }
}
