//! Priority slips: whoever could not be seen today is seen first on a later day. Signed, valid once, no identity.
//!
//! A code is 80 bits in sixteen characters: the last day on which it is valid, 26 bits that tell slips of that day
//! apart, and 40 bits of an HMAC over them and the centre. Nothing in it leads back to a ticket or a person.

use chrono::{Days, NaiveDate};
use domain::{
    CentreId, Language, SlipId, TicketId,
    centre::Centre,
    day::{Command, Ending, HelpOffered, Refusal, Stage},
};
use hmac::Mac;
use serde::{Deserialize, Serialize};
use uuid::Builder;

use crate::{
    Actor, Parvis, Problem,
    authorise::UseCase,
    keys,
    secrets::{READABLE, as_typed},
    signatures::hmac,
};

/// A slip to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// What is scanned or typed at the kiosk: four groups of four characters.
    pub code: String,
    /// The last day on which it is valid.
    pub valid_until: NaiveDate,
    /// The visitor's language.
    pub language: Language,
}

const DIFFERENCE_BITS: u32 = 26;
const MAC_BYTES: usize = 5;
const CHARACTERS: usize = 16;

impl Parvis {
    /// Ends a ticket that cannot be seen today with a slip. The same ticket gives the same slip all day.
    pub async fn issue_slip(&self, actor: &Actor, ticket: TicketId, key: Option<String>) -> Result<Slip, Problem> {
        let centre = self.centre_by_id(self.find_ticket(ticket).await?)?;
        let valid_until = self.today_in(&centre) + Days::new(u64::from(centre.policies.slip_days));
        let signed = Signed::of_ticket(&self.0.slip_key, &centre, ticket, valid_until);
        let (language, ending) = {
            let live = self.live(centre.id).await?;
            let state = live.read();
            let found = state.day.ticket(ticket)?;
            (found.request.language.clone(), found.stage.clone())
        };
        let printed_before = matches!(ending, Stage::Ended { ending: Ending::Slip(id), .. } if id == signed.id);
        if printed_before {
            self.allowed(actor, centre.id, UseCase::SeeWelcome)?;
        } else {
            let command = Command::Dismiss { ticket, with: HelpOffered::Slip(signed.id) };
            let fingerprint = keys::fingerprint(&command);
            self.give(actor, &centre, command, key, fingerprint).await?;
        }
        Ok(Slip { code: signed.code, valid_until, language })
    }

    /// Whether a code is a slip that a ticket can be taken with, so that a kiosk says so before anything else.
    pub async fn check_slip(&self, centre: CentreId, code: &str) -> Result<(), Problem> {
        let id = self.valid_slip(self.centre_by_id(centre)?.as_ref(), code).await?;
        let used = self.live(centre).await?.read().day.used_slips.contains(&id);
        if used { Err(Refusal::SlipUsed.into()) } else { Ok(()) }
    }

    /// The slip that a code is, if it is one of this centre, still valid and not used on an earlier day. That it is
    /// used only once today, the day itself knows.
    pub(crate) async fn valid_slip(&self, centre: &Centre, code: &str) -> Result<SlipId, Problem> {
        let wrong = |code| Problem::Invalid { field: "slip", code };
        let (id, valid_until) = read(&self.0.slip_key, centre, code).ok_or(wrong("unknown_slip"))?;
        if valid_until < self.today_in(centre) {
            return Err(wrong("expired_slip"));
        }
        if storage::slips::is_used(&self.0.tools.database, id).await? {
            return Err(Refusal::SlipUsed.into());
        }
        Ok(id)
    }
}

struct Signed {
    id: SlipId,
    code: String,
}

impl Signed {
    fn of_ticket(key: &[u8; 32], centre: &Centre, ticket: TicketId, valid_until: NaiveDate) -> Self {
        let difference: u64 =
            mac(key, "difference", centre, ticket.0.as_bytes()).iter().take(4).fold(0, |n, b| (n << 8) | u64::from(*b));
        let content = (days_since_epoch(valid_until) << DIFFERENCE_BITS) | (difference & ((1 << DIFFERENCE_BITS) - 1));
        let mac = signature(key, centre, content);
        let all = (u128::from(content) << (8 * MAC_BYTES)) | mac.iter().fold(0, |n, b| (n << 8) | u128::from(*b));
        let character = |i: usize| {
            let five = (all >> (5 * (CHARACTERS - 1 - i))) & 31;
            READABLE.get(usize::try_from(five).unwrap_or(0)).map_or('0', |c| char::from(*c))
        };
        let groups: Vec<String> = (0..4).map(|g| (4 * g..4 * g + 4).map(character).collect()).collect();
        Self { id: id(key, centre, content), code: groups.join("-") }
    }
}

fn read(key: &[u8; 32], centre: &Centre, code: &str) -> Option<(SlipId, NaiveDate)> {
    let typed = as_typed(code);
    if typed.len() != CHARACTERS {
        return None;
    }
    let mut all = 0_u128;
    for character in typed.bytes() {
        let five = READABLE.iter().position(|c| *c == character)?;
        all = (all << 5) | u128::try_from(five).ok()?;
    }
    let content = u64::try_from(all >> (8 * MAC_BYTES)).ok()?;
    let given = all.to_be_bytes();
    let signature_given = &given[given.len() - MAC_BYTES..];
    // In constant time.
    hmac(key, "slip", centre.id.0.as_bytes(), &content.to_be_bytes()).verify_truncated_left(signature_given).ok()?;
    let valid_until = epoch().checked_add_days(Days::new(content >> DIFFERENCE_BITS))?;
    Some((id(key, centre, content), valid_until))
}

fn id(key: &[u8; 32], centre: &Centre, content: u64) -> SlipId {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&mac(key, "id", centre, &content.to_be_bytes())[..16]);
    SlipId(Builder::from_custom_bytes(bytes).into_uuid())
}

fn signature(key: &[u8; 32], centre: &Centre, content: u64) -> [u8; MAC_BYTES] {
    let mut left = [0; MAC_BYTES];
    left.copy_from_slice(&mac(key, "slip", centre, &content.to_be_bytes())[..MAC_BYTES]);
    left
}

fn mac(key: &[u8; 32], what: &str, centre: &Centre, content: &[u8]) -> [u8; 32] {
    hmac(key, what, centre.id.0.as_bytes(), content).finalize().into_bytes().into()
}

/// Dates of slips are counted from here; fourteen bits last until 2069.
fn epoch() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default()
}

fn days_since_epoch(date: NaiveDate) -> u64 {
    u64::try_from((date - epoch()).num_days()).unwrap_or(0)
}
