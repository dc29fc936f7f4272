//! How it stands with what somebody asks for, in a visitor's words: the same before the ticket and after.

use domain::{
    day::{Missing, Prospect, Remedy, WayOut},
    view::FollowView,
};

use super::kiosk::accommodation_name;
use crate::texts::{CentreTime, Texts, kiosk, language_name, list};

/// That nobody can, and what is missing; `of_need` unless somebody asks for the welcome.
pub(super) fn nobody(t: &Texts, of_need: bool, missing: &Missing) -> String {
    let needs = |all: &std::collections::BTreeSet<_>| list(all.iter().map(|a| accommodation_name(t, *a)));
    match missing {
        Missing::Language { language } => kiosk::nobody_speaks(t, language_name(t, language)),
        Missing::Accommodations { accommodations } => kiosk::nobody_offers(t, needs(accommodations)),
        Missing::Together { language, accommodations } => {
            kiosk::nobody_has_both(t, language_name(t, language), needs(accommodations))
        }
        Missing::Answer | Missing::Organisation { .. } | Missing::Keeper { .. } if of_need => kiosk::nobody_answers(t),
        Missing::Answer | Missing::Organisation { .. } | Missing::Keeper { .. } => kiosk::nobody_at_welcome(t),
    }
}

/// Whether nobody can receive the ticket's holder yet. Who changed what they ask for need not wait until the day's clock
/// has noticed.
pub(super) fn is_alone(view: &FollowView) -> bool {
    view.nobody_able && view.outlook.as_ref().is_none_or(|o| o.prospect != Prospect::Now)
}

/// A remedy as a sentence that one can say.
pub(super) fn remedy(t: &Texts, remedy: Remedy) -> String {
    match remedy {
        Remedy::Accompanied => kiosk::accompanied(t),
        Remedy::Interpreter => kiosk::interpreter(t),
        Remedy::WithoutAccommodations => kiosk::do_without(t),
        Remedy::Welcome => kiosk::welcome_first(t),
    }
}

/// From when it is possible then, and how many numbers are before.
pub(super) fn brings(t: &Texts, time: CentreTime, way_out: &WayOut) -> String {
    let from = match way_out.prospect {
        Prospect::From { at } => Some(kiosk::from(t, time.time(t, at))),
        Prospect::Now | Prospect::Nobody { .. } => None,
    };
    list(from.into_iter().chain([kiosk::at_most(t, way_out.ahead)]))
}
