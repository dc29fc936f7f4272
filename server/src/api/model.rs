//! What operations send and answer, where it is not a type of the domain itself.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    CentreId, DeskId, Language, NeedId, OrganisationId, PlaceId, SpaceId, StaffId, Text, TicketId,
    catalogue::Kind,
    centre::{Accommodation, Centre, Desk, Need, Place, Space},
    day::{Channel, Flag, ForWhom, Number, PartySize, PriorityReason, Stage, TalkLanguage},
    staff::{Role, Staff},
    view::LineItem,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A centre.
#[derive(Serialize, ToSchema)]
#[schema(as = Centre)]
pub(super) struct CentreBody {
    /// Its id.
    id: CentreId,
    /// Its name in addresses; every `{centre}` of a path takes it or the id.
    slug: String,
    /// Its name.
    name: Text,
    /// IANA name of its time zone.
    time_zone: String,
    /// Languages of the screens, its own first.
    languages: Vec<Language>,
    /// Languages that visitors can ask to speak.
    talk_languages: Vec<Language>,
}

impl From<&Centre> for CentreBody {
    fn from(centre: &Centre) -> Self {
        Self {
            id: centre.id,
            slug: centre.slug.clone(),
            name: centre.name.clone(),
            time_zone: centre.time_zone.clone(),
            languages: centre.languages.clone(),
            talk_languages: centre.talk_languages.clone(),
        }
    }
}

/// What a visitor can ask for.
#[derive(Serialize, ToSchema)]
#[schema(as = Need)]
pub(super) struct NeedBody {
    /// Its id.
    id: NeedId,
    /// Its code; wherever a need is named, the code or the id will do.
    code: String,
    /// The space that serves it.
    space: SpaceId,
    /// Worded as a visitor's question.
    question: Text,
    /// A few words for staff.
    label: Text,
    /// The kinds of career information that lead to it.
    #[schema(value_type = Vec<String>, example = json!(["occupation", "training"]))]
    helps_with: BTreeSet<Kind>,
}

impl From<&Need> for NeedBody {
    fn from(need: &Need) -> Self {
        Self {
            id: need.id,
            code: need.code.clone(),
            space: need.space,
            question: need.question.clone(),
            label: need.label.clone(),
            helps_with: need.helps_with.clone(),
        }
    }
}

/// A part of the centre named by a kind of need.
#[derive(Serialize, ToSchema)]
#[schema(as = Space)]
pub(super) struct SpaceBody {
    /// Its id.
    id: SpaceId,
    /// First character of its numbers; wherever a space is named, the letter or the id will do.
    letter: String,
    /// Its colour and shape, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    sign: u8,
    /// Short name for staff.
    name: Text,
    /// The tile's sentence.
    question: Text,
    /// A few words below it.
    hint: Text,
    /// How to find the waiting area.
    directions: Text,
}

impl From<&Space> for SpaceBody {
    fn from(space: &Space) -> Self {
        Self {
            id: space.id,
            letter: space.letter.to_string(),
            sign: space.sign,
            name: space.name.clone(),
            question: space.question.clone(),
            hint: space.hint.clone(),
            directions: space.directions.clone(),
        }
    }
}

/// A desk with its places.
#[derive(Serialize, ToSchema)]
#[schema(as = Desk)]
pub(super) struct DeskBody {
    /// Its id.
    id: DeskId,
    /// Its name: `4`, `Box 2`.
    name: String,
    /// Where it stands; none for the welcome desk.
    #[schema(required = true)]
    space: Option<SpaceId>,
    /// Its places.
    places: Vec<PlaceBody>,
}

/// Where one counsellor receives one visit.
#[derive(Serialize, ToSchema)]
#[schema(as = Place)]
pub(super) struct PlaceBody {
    /// Its id.
    id: PlaceId,
    /// Its name, empty where the desk has one place.
    name: String,
    /// What the place itself offers.
    accommodations: BTreeSet<Accommodation>,
}

impl From<&Desk> for DeskBody {
    fn from(desk: &Desk) -> Self {
        Self {
            id: desk.id,
            name: desk.name.clone(),
            space: desk.space,
            places: desk.places.iter().map(PlaceBody::from).collect(),
        }
    }
}

impl From<&Place> for PlaceBody {
    fn from(place: &Place) -> Self {
        Self { id: place.id, name: place.name.clone(), accommodations: place.accommodations.clone() }
    }
}

/// Where a ticket is.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum TicketState {
    /// In a line.
    Waiting,
    /// Called, not yet arrived.
    Called,
    /// With a counsellor.
    InTalk,
    /// Set aside until a time.
    Parked,
    /// Over.
    Ended,
}

/// A ticket as staff see it.
#[derive(Serialize, ToSchema)]
#[schema(as = Ticket)]
pub(super) struct TicketBody {
    /// Its id.
    id: TicketId,
    /// What is called.
    number: Number,
    /// The colour and shape of its letter, 1 to 5; 0 for the welcome.
    #[schema(minimum = 0, maximum = 5)]
    sign: u8,
    /// What it waits for; null = welcome.
    #[schema(required = true)]
    need: Option<NeedId>,
    /// Language of the talk.
    talk_language: TalkLanguage,
    /// How many people.
    #[schema(value_type = u8, minimum = 1, maximum = 9)]
    party: PartySize,
    /// For whom.
    for_whom: ForWhom,
    /// How the talk happens.
    channel: Channel,
    /// What the place or the counsellor must offer.
    requirements: BTreeSet<Accommodation>,
    /// From when its wait counts, moved by suspended and parked time.
    since: DateTime<Utc>,
    /// Where it is.
    state: TicketState,
    /// The place that it is called to or sits at.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<PlaceId>,
    /// The name of that place's desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    desk: Option<String>,
    /// For a parked ticket: until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<DateTime<Utc>>,
    /// What staff should know.
    flags: BTreeSet<Flag>,
    /// Why it goes before others; null if it does not.
    #[schema(required = true)]
    priority: Option<PriorityReason>,
    /// Whether a hand-over waits to be accepted.
    offered: bool,
    /// How many talks it had today.
    talks: u8,
}

impl TicketBody {
    /// A ticket of a centre.
    pub(super) fn of(line: LineItem, centre: &Centre) -> Self {
        let (state, place, until) = match line.stage {
            Stage::Waiting { .. } => (TicketState::Waiting, None, None),
            Stage::Called { place, .. } => (TicketState::Called, Some(place), None),
            Stage::InTalk { place, .. } => (TicketState::InTalk, Some(place), None),
            Stage::Parked { until, .. } => (TicketState::Parked, None, Some(until)),
            Stage::Ended { .. } => (TicketState::Ended, None, None),
        };
        Self {
            id: line.id,
            number: line.number,
            sign: line.sign,
            need: line.need,
            talk_language: line.talk,
            party: line.party,
            for_whom: line.for_whom,
            channel: line.channel,
            requirements: line.accommodations,
            since: line.since,
            state,
            place,
            desk: place.map(|p| centre.place_name(p)),
            until,
            flags: line.flags,
            priority: line.priority,
            offered: line.offered,
            talks: line.talks,
        }
    }
}

/// A member of staff, as they see themselves.
#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
pub(super) struct MeBody {
    /// The account.
    id: StaffId,
    /// Name shown to colleagues.
    name: String,
    /// The own centre; null for an administrator of the whole installation.
    #[schema(required = true)]
    centre: Option<CentreId>,
    /// The employer.
    #[schema(required = true)]
    organisation: Option<OrganisationId>,
    /// Roles held.
    roles: BTreeSet<Role>,
    /// Language of the staff screens.
    language: Language,
    /// Whether the password has to be changed before anything else.
    must_change_password: bool,
}

impl From<&Staff> for MeBody {
    fn from(staff: &Staff) -> Self {
        Self {
            id: staff.id,
            name: staff.name.clone(),
            centre: staff.centre,
            organisation: staff.organisation,
            roles: staff.roles.clone(),
            language: staff.language.clone(),
            must_change_password: staff.must_change_password,
        }
    }
}

/// A name of a person or a device: 1 to 80 characters, not all of them blank and none of them a control character.
#[derive(Deserialize, ToSchema)]
#[schema(
    min_length = 1,
    max_length = 80,
    pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
)]
pub(super) struct Name(pub(super) String);

/// A language of the talk: a code alone means "I speak it".
#[derive(Clone, Deserialize, ToSchema)]
#[serde(untagged)]
pub(super) enum TalkLanguageBody {
    /// The visitor speaks this language.
    Speaks(Language),
    /// How the visitor speaks or is helped.
    Told(TalkLanguage),
}

impl From<TalkLanguageBody> for TalkLanguage {
    fn from(body: TalkLanguageBody) -> Self {
        match body {
            TalkLanguageBody::Speaks(language) => Self::Speaks(language),
            TalkLanguageBody::Told(talk) => talk,
        }
    }
}
