//! A centre's distance from UTC today.

use chrono::Offset;
use domain::centre::Centre;
use services::clock::{Clock, SystemClock};

use crate::texts::CentreTime;

/// The centre's clock as it goes now; UTC where its time zone is not known.
pub(crate) fn time_of(centre: &Centre) -> CentreTime {
    let now = SystemClock::default().now();
    let zone: Option<chrono_tz::Tz> = centre.time_zone.parse().ok();
    CentreTime::new(zone.map_or(0, |z| now.with_timezone(&z).offset().fix().local_minus_utc()))
}
