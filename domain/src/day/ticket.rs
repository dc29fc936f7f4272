//! A ticket: what was asked, and where it is now.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::later;
use crate::{
    Instant, Language, NeedId, OrganisationId, PlaceId, SlipId, SpaceId, StaffId, TicketId,
    catalogue::{Entries, Notebook},
    centre::{Accommodation, Letter},
};

/// A number as it is called: letter and counter of the day, `C042`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Number {
    /// The letter of the space that it was taken for; kept after a transfer.
    pub letter: Letter,
    /// Counter of the day and letter.
    pub counter: u16,
}

/// What is written is not a number such as `C042`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{0}” is not a ticket number such as C042")]
pub struct NotANumber(String);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:03}", self.letter, self.counter)
    }
}
impl FromStr for Number {
    type Err = NotANumber;
    fn from_str(s: &str) -> Result<Self, NotANumber> {
        let wrong = || NotANumber(s.to_owned());
        let mut chars = s.trim().chars();
        let letter = chars.next().map(|c| c.to_ascii_uppercase()).and_then(|c| Letter::try_from(c).ok());
        let counter = chars.as_str().trim().parse().map_err(|_| wrong())?;
        Ok(Self { letter: letter.ok_or_else(wrong)?, counter })
    }
}
impl TryFrom<String> for Number {
    type Error = NotANumber;
    fn try_from(s: String) -> Result<Self, NotANumber> {
        s.parse()
    }
}
impl From<Number> for String {
    fn from(n: Number) -> Self {
        n.to_string()
    }
}

/// 128 random bits by which a visitor's phone follows one ticket until the day closes. Never logged.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FollowToken([u8; 16]);

/// What is written is not a follow token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a follow token: 32 hexadecimal digits")]
pub struct NotAToken;

impl From<[u8; 16]> for FollowToken {
    fn from(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}
impl FromStr for FollowToken {
    type Err = NotAToken;
    fn from_str(s: &str) -> Result<Self, NotAToken> {
        if s.len() != 32 || !s.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(NotAToken);
        }
        u128::from_str_radix(s, 16).map(|n| Self(n.to_be_bytes())).map_err(|_| NotAToken)
    }
}
impl TryFrom<String> for FollowToken {
    type Error = NotAToken;
    fn try_from(s: String) -> Result<Self, NotAToken> {
        s.parse()
    }
}
impl From<FollowToken> for String {
    fn from(token: FollowToken) -> Self {
        token.reveal()
    }
}
impl FollowToken {
    /// The 32 hexadecimal digits, for an address or a QR code.
    pub fn reveal(&self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.0))
    }
}
impl fmt::Debug for FollowToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FollowToken(…)")
    }
}

/// The language of the talk: asked, never taken from the screen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "how", content = "language")]
pub enum TalkLanguage {
    /// The visitor speaks this language: the counsellor must too.
    Speaks(Language),
    /// Somebody who came along translates: any counsellor can.
    Accompanied(Language),
    /// An interpreter is needed: any counsellor can, staff are told.
    NeedsInterpreter(Language),
}

impl TalkLanguage {
    /// The visitor's language.
    pub fn language(&self) -> &Language {
        match self {
            Self::Speaks(l) | Self::Accompanied(l) | Self::NeedsInterpreter(l) => l,
        }
    }
    /// The language that the counsellor must speak, if any.
    pub fn required(&self) -> Option<&Language> {
        match self {
            Self::Speaks(l) => Some(l),
            Self::Accompanied(_) | Self::NeedsInterpreter(_) => None,
        }
    }
}

/// How many people come with one ticket, 1 to 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(try_from = "u8", into = "u8")]
pub struct PartySize(u8);

/// A party is one to nine people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a party is 1 to 9 people, not {0}")]
pub struct NotAParty(u8);

impl Default for PartySize {
    fn default() -> Self {
        Self(1)
    }
}
impl TryFrom<u8> for PartySize {
    type Error = NotAParty;
    fn try_from(n: u8) -> Result<Self, NotAParty> {
        if (1..=9).contains(&n) { Ok(Self(n)) } else { Err(NotAParty(n)) }
    }
}
impl From<PartySize> for u8 {
    fn from(size: PartySize) -> Self {
        size.0
    }
}

/// For whom the visitor asks. Never an age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ForWhom {
    /// The visitor.
    #[default]
    Me,
    /// The visitor's child.
    MyChild,
    /// Somebody whom the visitor helps.
    SomeoneIHelp,
}

/// How the talk happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// In the centre.
    #[default]
    Here,
    /// By telephone: the number is read out to the caller and is not called on the display.
    Phone,
    /// By video: not called on the display either.
    Video,
}

/// What one party asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The need; none = welcome first.
    pub need: Option<NeedId>,
    /// Language of the screen, of the receipt and of the phone page.
    pub language: Language,
    /// Language of the talk.
    pub talk: TalkLanguage,
    /// How many come together.
    #[serde(default)]
    pub party: PartySize,
    /// For whom.
    #[serde(default)]
    pub for_whom: ForWhom,
    /// How the talk happens.
    #[serde(default)]
    pub channel: Channel,
    /// What the place or the counsellor must offer.
    #[serde(default)]
    pub accommodations: BTreeSet<Accommodation>,
    /// What the visitor kept while looking around, and said yes to passing on.
    #[serde(default, skip_serializing_if = "Notebook::is_empty")]
    pub notebook: Notebook,
}

/// The order of a line: smaller is sooner. Made from the arrival, changed by "put back" and "move forward".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rank {
    /// Microseconds since the epoch: an arrival, or an instant just before or after another ticket's.
    pub at: i64,
    /// Breaks ties: the order in which tickets were taken today.
    pub taken: u32,
}

/// A structured next step, given during a talk and passed on with a hand-over. Never words about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Explore occupations.
    ExploreOccupations,
    /// Write or improve a CV.
    WriteCv,
    /// Prepare an interview.
    PrepareInterview,
    /// Look at offers.
    SearchOffers,
    /// Find a training.
    FindTraining,
    /// Look for funding.
    FindFunding,
    /// Have a foreign diploma recognised.
    RecogniseDiploma,
    /// Have experience recognised.
    RecogniseExperience,
    /// Learn the language of the country.
    LearnLanguage,
    /// Come to a workshop.
    JoinWorkshop,
    /// Meet a business adviser.
    MeetBusinessAdviser,
    /// Speak about health and work.
    HealthAndWork,
    /// Learn about rights and benefits.
    RightsAndBenefits,
}

impl Advice {
    /// Every piece of advice, in the order in which they are offered.
    pub const ALL: [Self; 13] = [
        Self::ExploreOccupations,
        Self::WriteCv,
        Self::PrepareInterview,
        Self::SearchOffers,
        Self::FindTraining,
        Self::FindFunding,
        Self::RecogniseDiploma,
        Self::RecogniseExperience,
        Self::LearnLanguage,
        Self::JoinWorkshop,
        Self::MeetBusinessAdviser,
        Self::HealthAndWork,
        Self::RightsAndBenefits,
    ];
}

/// How a talk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The question was answered.
    Answered,
    /// Next steps were agreed.
    NextSteps,
    /// An appointment was made.
    Appointment,
    /// The visitor was sent to another service outside the centre.
    ReferredOutside,
    /// The visitor comes back another day.
    ComesBack,
    /// The centre could not help.
    CouldNotHelp,
}

impl Outcome {
    /// Every outcome, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Answered,
        Self::NextSteps,
        Self::Appointment,
        Self::ReferredOutside,
        Self::ComesBack,
        Self::CouldNotHelp,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::NextSteps => "next_steps",
            Self::Appointment => "appointment",
            Self::ReferredOutside => "referred_outside",
            Self::ComesBack => "comes_back",
            Self::CouldNotHelp => "could_not_help",
        }
    }
}

/// Why a ticket goes before others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PriorityReason {
    /// Standing or waiting is hard.
    HardToWait,
    /// Comes with a small child.
    SmallChild,
    /// The staff's mistake.
    OurMistake,
    /// Has an appointment elsewhere soon.
    LeavesSoon,
    /// Somebody may be in danger.
    Safeguarding,
    /// Could not be seen on an earlier day.
    Slip,
}

impl PriorityReason {
    /// The reasons that a host chooses from.
    pub const CHOSEN: [Self; 5] =
        [Self::HardToWait, Self::SmallChild, Self::OurMistake, Self::LeavesSoon, Self::Safeguarding];
}

/// Where a transfer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Whoever serves this need.
    Need(NeedId),
    /// Whoever serves any need of this space.
    Space(SpaceId),
    /// Whoever of this organisation, for this need.
    Organisation {
        /// The organisation.
        organisation: OrganisationId,
        /// The need.
        need: NeedId,
    },
    /// The welcome desk.
    Welcome,
}

/// What goes along with a transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The place that hands over.
    pub from: PlaceId,
    /// The counsellor who hands over.
    pub by: StaffId,
    /// When.
    pub at: Instant,
    /// The need that the visitor came with there.
    pub need: Option<NeedId>,
    /// Whether the visitor then comes back to the first counsellor.
    pub returns: bool,
}

/// What a ticket waits for besides its need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// Anybody able.
    Anyone,
    /// Handed over, not yet accepted: every able place of the target may accept, refuse or call it.
    Offered,
    /// Only this place: it accepted a hand-over, or the visitor comes back to it.
    KeptFor(PlaceId),
}

/// Why the receiving side refuses a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// No time left today.
    NoTime,
    /// Not a question for this side.
    NotOurs,
    /// The visitor should bring something first.
    SomethingMissing,
}

/// Where a ticket is. Each state holds just its own facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// In a line.
    Waiting {
        /// Since when, in this line.
        since: Instant,
        /// For whom besides its need.
        claim: Claim,
    },
    /// Called, not yet arrived.
    Called {
        /// To which place.
        place: PlaceId,
        /// First call.
        since: Instant,
        /// Newest call.
        last: Instant,
        /// How often the call was repeated.
        recalls: u8,
        /// The claim that it had in the line, for a put-back.
        claim: Claim,
    },
    /// With a counsellor.
    InTalk {
        /// At which place.
        place: PlaceId,
        /// Since when.
        since: Instant,
    },
    /// Set aside until a time, keeping its rank.
    Parked {
        /// Since when.
        since: Instant,
        /// Until when.
        until: Instant,
        /// The claim that it had in the line.
        claim: Claim,
    },
    /// Over.
    Ended {
        /// When.
        at: Instant,
        /// How.
        ending: Ending,
    },
}

/// How a ticket ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The talk was finished; none where the day was closed over it.
    Finished(Option<Outcome>),
    /// Called, and nobody came.
    NoShow,
    /// The visitor left.
    Left,
    /// Taken back at the kiosk: a mistake.
    TakenBack,
    /// Not seen today: a priority slip was given.
    Slip(SlipId),
    /// Not seen today: helped in another way.
    OtherHelp,
    /// Not seen: the day was closed by force.
    NotSeen,
}

/// What staff should know of a ticket without being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Waits longer than the centre promises.
    Late,
    /// No open or expected place can serve it.
    NobodyAble,
}

/// A talk that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastTalk {
    /// The organisation that gave it.
    pub organisation: OrganisationId,
    /// The need that it was about.
    pub need: Option<NeedId>,
    /// How it ended; none where it was handed over, set aside or closed over.
    pub outcome: Option<Outcome>,
    /// Seconds from arrival (or transfer) to call, suspended time left out.
    pub waited_seconds: i64,
    /// From arrival at the desk…
    pub from: Instant,
    /// …to its end.
    pub to: Instant,
}

/// One anonymous party's place in the centre today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Identifier.
    pub id: TicketId,
    /// What is called.
    pub number: Number,
    /// What the visitor's phone follows it by.
    pub token: FollowToken,
    /// What was asked, with the need as it is now.
    pub request: Request,
    /// When it was taken; kept by every transfer.
    pub arrived: Instant,
    /// Its order in every line.
    pub rank: Rank,
    /// Where it is.
    pub stage: Stage,
    /// What staff should know.
    pub flags: BTreeSet<Flag>,
    /// Why it goes before others, if it does.
    pub priority: Option<PriorityReason>,
    /// The space whose every need will do, after a transfer to a space.
    pub any_need_of: Option<SpaceId>,
    /// The organisation that it was transferred to.
    pub organisation: Option<OrganisationId>,
    /// The newest hand-over.
    pub hand_over: Option<HandOver>,
    /// Why the newest hand-over was refused.
    pub refused: Option<RefusalReason>,
    /// Structured advice given so far.
    pub advice: BTreeSet<Advice>,
    /// Trainings, workshops, services and whatever else of the catalogue was recommended so far.
    pub recommended: Entries,
    /// Talks that are over.
    pub talks: Vec<PastTalk>,
    /// Seconds until the first call, suspended time left out; none before it.
    pub waited_seconds: Option<i64>,
    /// Suspended and parked seconds since `waiting_from`, left out of waits.
    pub set_aside_seconds: i64,
    /// From when the present wait counts: arrival, or the newest transfer.
    pub waiting_from: Instant,
    /// Seconds of this visit's waits before the present one: each until it was called.
    pub waited_before: i64,
}

impl Ticket {
    /// Whether it still has a place in the centre.
    pub fn is_open(&self) -> bool {
        !matches!(self.stage, Stage::Ended { .. })
    }
    /// Whether it is in a line.
    pub fn is_waiting(&self) -> bool {
        matches!(self.stage, Stage::Waiting { .. })
    }
    /// The place that it is called to or sits at.
    pub fn place(&self) -> Option<PlaceId> {
        match self.stage {
            Stage::Called { place, .. } | Stage::InTalk { place, .. } => Some(place),
            _ => None,
        }
    }
    /// Whether its calls are shown on the display.
    pub fn is_called_aloud(&self) -> bool {
        self.request.channel == Channel::Here
    }
    /// Seconds waited so far in the whole visit: talks, suspended and parked time left out.
    pub fn waited_in_all(&self, now: Instant) -> i64 {
        self.waited_before + self.waited_seconds.unwrap_or_else(|| self.waited(now))
    }
    /// From when the visit's waiting counts: now minus this is how long its visitor has waited in all.
    pub fn waiting_since(&self) -> Instant {
        later(self.waiting_from, chrono::Duration::seconds(self.set_aside_seconds - self.waited_before))
    }
    /// Seconds waited so far in the present wait, suspended and parked time left out.
    pub fn waited(&self, now: Instant) -> i64 {
        ((now - self.waiting_from).num_seconds() - self.set_aside_seconds).max(0)
    }
}
