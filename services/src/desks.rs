//! What staff and devices do to a day.

use std::sync::Arc;

use domain::{
    CentreId, CountId, PlaceId,
    centre::Centre,
    day::{Answer, Command, HelpOffered, Refusal},
    view::LineItem,
};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Parvis, Problem, What,
    authorise::By,
    keys,
    live::{Granted, Wish},
};

/// A visitor who was called to a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledTicket {
    /// The ticket.
    pub ticket: LineItem,
    /// To where.
    pub place: PlaceId,
    /// The desk's name.
    pub desk: String,
}

impl Parvis {
    /// Gives a command to a centre's day. What has a way of its own is refused: taking a ticket, opening a place, giving a
    /// slip, the timer and what follows from opening hours.
    /// The same key gives the same answer, whatever happened to it.
    pub async fn act(
        &self,
        actor: &Actor,
        centre: CentreId,
        command: Command,
        key: Option<String>,
    ) -> Result<Answer, Problem> {
        if has_its_own_way(&command) {
            return Err(Problem::NotAllowed);
        }
        let fingerprint = keys::fingerprint(&command);
        let centre = self.centre_by_id(centre)?;
        Ok(self.give(actor, &centre, Self::completed(command), key, fingerprint).await?.answer)
    }

    /// The id of what somebody counts or announces under a key: nobody else's key makes the same.
    pub fn new_count(&self, actor: &Actor, key: Option<String>) -> CountId {
        keys::count_id(actor, key, self.0.tools.secrets.as_ref())
    }

    /// What is not a client's to say is left out.
    fn completed(command: Command) -> Command {
        match command {
            Command::Suspend { reason, .. } => Command::Suspend { reason, since: None },
            other => other,
        }
    }

    pub(crate) async fn give(
        &self,
        actor: &Actor,
        centre: &Arc<Centre>,
        command: Command,
        key: Option<String>,
        fingerprint: u64,
    ) -> Result<Granted, Problem> {
        let key = keys::scoped(actor, key, self.0.tools.secrets.as_ref());
        let by = By::Actor(self.who(actor, centre));
        self.live(centre.id).await?.wish(Wish { by, command, key, fingerprint }).await
    }

    /// Opens a place for the member of staff who asks, with the abilities and the organisation of the register.
    pub async fn open_place(&self, actor: &Actor, place: PlaceId, key: Option<String>) -> Result<(), Problem> {
        let centre = self.find_place(place)?;
        let staff = actor.staff().ok_or(Problem::SignInNeeded)?;
        let organisation = staff.organisation.ok_or(Refusal::UnknownOrganisation)?;
        let abilities = staff.abilities.clone();
        let fingerprint = keys::fingerprint(&("open_place", place));
        let command = Command::OpenPlace { place, counsellor: staff.id, organisation, abilities };
        self.give(actor, &centre, command, key, fingerprint).await.map(drop)
    }

    /// Calls the next right visitor to a place; none if nobody waits whom it can serve.
    pub async fn call_next(
        &self,
        actor: &Actor,
        place: PlaceId,
        key: Option<String>,
    ) -> Result<Option<CalledTicket>, Problem> {
        let centre = self.find_place(place)?;
        let command = Command::CallNext { place };
        let fingerprint = keys::fingerprint(&command);
        match self.give(actor, &centre, command, key, fingerprint).await {
            Ok(granted) => {
                let ticket = granted.ticket.ok_or(Problem::Unknown(What::Ticket))?;
                let desk = centre.place_name(place);
                Ok(Some(CalledTicket { ticket: LineItem::of(&ticket, &centre), place, desk }))
            }
            Err(Problem::Refused(Refusal::NobodyWaiting)) => Ok(None),
            Err(problem) => Err(problem),
        }
    }
}

fn has_its_own_way(command: &Command) -> bool {
    matches!(
        command,
        Command::TakeTicket(_)
            | Command::OpenPlace { .. }
            | Command::Dismiss { with: HelpOffered::Slip(_), .. }
            | Command::FollowHours { .. }
            | Command::Tick
    )
}
