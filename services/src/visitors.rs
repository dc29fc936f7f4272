//! What visitors do: take a ticket, follow it, ask for more time, leave.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use domain::{
    CentreId, Language, TicketId,
    centre::Centre,
    day::{Command, FollowToken, Number, Outlook, Request, TakeTicket, TalkLanguage, Ticket},
    view::{FollowLine, FollowView},
};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Parvis, Problem, Published, Versions, What,
    authorise::{By, UseCase},
    keys,
    live::{Live, Wish},
    secrets::follow_token,
};

/// What a kiosk, a host or the API sends to take a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeTicketForm {
    /// What is asked.
    #[serde(flatten)]
    pub request: Request,
    /// The code of a priority slip of an earlier day, as scanned or typed.
    #[serde(default)]
    pub slip: Option<String>,
}

/// A ticket that was taken, for the one who took it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Its id.
    pub id: TicketId,
    /// Its number.
    pub number: Number,
    /// What the visitor's phone follows it by.
    pub token: FollowToken,
    /// Numbers before it: those that somebody who can receive it may call earlier.
    pub ahead: u32,
}

/// What the holder of a follow token can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitorAction {
    /// "I need more time."
    MoreTime,
    /// "I'm back", before that time is over.
    Back,
    /// "Somebody with me translates."
    Accompanied,
    /// "I need an interpreter."
    Interpreter,
    /// "I'm leaving."
    Leave,
    /// "I did not want to leave."
    ComeBack,
    /// "I made a mistake": the ticket is taken back.
    TakeBack,
}

impl VisitorAction {
    fn command(self, of: &Ticket) -> Command {
        let ticket = of.id;
        let talk = |how: fn(Language) -> TalkLanguage| Command::CorrectRequirements {
            ticket,
            talk: how(of.request.talk.language().clone()),
            accommodations: of.request.accommodations.clone(),
        };
        match self {
            Self::MoreTime => Command::MoreTime { ticket },
            Self::Back => Command::Resume { ticket },
            Self::Accompanied => talk(TalkLanguage::Accompanied),
            Self::Interpreter => talk(TalkLanguage::NeedsInterpreter),
            Self::Leave => Command::Leave { ticket },
            Self::ComeBack => Command::ComeBack { ticket },
            Self::TakeBack => Command::TakeBack { ticket },
        }
    }
}

/// A ticket that its holder's phone follows live.
pub struct Follower {
    live: Arc<Live>,
    ticket: TicketId,
}

impl Follower {
    /// The snapshots at which its line may have changed.
    pub fn versions(&self) -> Versions {
        self.live.watch()
    }
    /// Its line at a snapshot, or at a newer one; none once the day's tickets are destroyed. Never waits.
    pub fn line(&self, published: &Arc<Published>) -> Option<FollowLine> {
        let is_newest = self.live.read().version == published.version;
        let published = if is_newest { Arc::clone(published) } else { self.live.newest() };
        let state = self.live.read();
        let ticket = state.day.tickets.get(&self.ticket)?;
        Some((&FollowView::of(ticket, &state.day, &state.centre, &published.positions)).into())
    }
}

/// When other nodes were last asked for a ticket that this one does not know: wrong tokens must not keep the database
/// busy.
#[derive(Default)]
pub(crate) struct Followed {
    asked: AtomicU64,
}

impl Parvis {
    /// Takes a ticket. The same key gives the same ticket, whatever happened to the answer.
    pub async fn take_ticket(
        &self,
        actor: &Actor,
        centre: CentreId,
        form: TakeTicketForm,
        key: Option<String>,
    ) -> Result<Taken, Problem> {
        let centre = self.centre_by_id(centre)?;
        let fingerprint = keys::fingerprint(&form);
        let slip = match &form.slip {
            Some(code) => Some(self.valid_slip(&centre, code).await?),
            None => None,
        };
        let device = match actor {
            Actor::Device(device) => Some(device.id),
            Actor::Anyone | Actor::Staff(_) => None,
        };
        let secrets = self.0.tools.secrets.as_ref();
        let id = TicketId(secrets.new_id());
        let take = TakeTicket { id, token: follow_token(secrets), request: form.request, device, slip };
        let granted = self.give(actor, &centre, Command::TakeTicket(take), key, fingerprint).await?;
        let ticket = granted.ticket.ok_or(Problem::Unknown(What::Ticket))?;
        Ok(Taken { id: ticket.id, number: ticket.number, token: ticket.token, ahead: granted.ahead })
    }

    /// What the holder of a follow token sees.
    pub async fn follow(&self, token: &FollowToken) -> Result<(Arc<Centre>, FollowView), Problem> {
        let live = self.followed(token).await?;
        let view = self.view(&live, token)?;
        let centre = Arc::clone(&live.read().centre);
        Ok((centre, view))
    }

    /// Follows the ticket of a token live.
    pub async fn follower(&self, token: &FollowToken) -> Result<Follower, Problem> {
        let live = self.followed(token).await?;
        let ticket = live.read().day.by_token(token).map(|t| t.id).ok_or(Problem::Unknown(What::Ticket))?;
        Ok(Follower { live, ticket })
    }

    /// What the holder of a follow token does.
    pub async fn act_by_token(
        &self,
        token: &FollowToken,
        action: VisitorAction,
        key: Option<String>,
    ) -> Result<FollowView, Problem> {
        let live = self.followed(token).await?;
        let (ticket, command) = {
            let state = live.read();
            let ticket = state.day.by_token(token).ok_or(Problem::Unknown(What::Ticket))?;
            (ticket.id, action.command(ticket))
        };
        let key = keys::scoped_to_holder(token, key, self.0.tools.secrets.as_ref());
        let wish = Wish { by: By::Holder(ticket), command, key, fingerprint: keys::fingerprint(&action) };
        live.wish(wish).await?;
        self.view(&live, token)
    }

    /// Whether this node knows the ticket of a token.
    pub(crate) fn knows(&self, token: &FollowToken) -> bool {
        self.0.lives.all().iter().any(|live| live.read().day.tokens.contains_key(token))
    }

    /// The live centre of a token. A token that this node does not know may have been given by another just now.
    async fn followed(&self, token: &FollowToken) -> Result<Arc<Live>, Problem> {
        let find = || self.0.lives.all().into_iter().find(|l| l.read().day.tokens.contains_key(token));
        if let Some(live) = find() {
            return Ok(live);
        }
        Box::pin(self.catch_up_with_other_nodes()).await;
        find().ok_or(Problem::Unknown(What::Ticket))
    }

    /// Reads the tails of all open days, at most four times a second.
    pub(crate) async fn catch_up_with_other_nodes(&self) {
        const PACE: Duration = Duration::from_millis(250);
        if !self.0.tools.database.is_shared() {
            return;
        }
        let now = u64::try_from(self.0.tools.clock.monotonic().as_millis()).unwrap_or(u64::MAX);
        let last = self.0.followed.asked.swap(now, Ordering::Relaxed);
        if last != 0 && u128::from(now.saturating_sub(last)) < PACE.as_millis() {
            return;
        }
        self.load_open_days().await.ok();
        for live in self.0.lives.all() {
            live.follow().await;
        }
    }

    fn view(&self, live: &Live, token: &FollowToken) -> Result<FollowView, Problem> {
        let published = live.newest();
        let state = live.read();
        let ticket = state.day.by_token(token).ok_or(Problem::Unknown(What::Ticket))?;
        let view = FollowView::of(ticket, &state.day, &state.centre, &published.positions);
        Ok(view.with_outlook(ticket, &state.day, &state.centre, self.0.tools.clock.now()))
    }

    /// How it stands for somebody who asks for this now: whether somebody can receive them, and what helps if not.
    pub async fn outlook(&self, actor: &Actor, centre: CentreId, request: &Request) -> Result<Outlook, Problem> {
        self.allowed(actor, centre, UseCase::AskOutlook)?;
        let live = self.live(centre).await?;
        let state = live.read();
        Ok(state.day.outlook(&state.centre, request, self.0.tools.clock.now()))
    }
}
