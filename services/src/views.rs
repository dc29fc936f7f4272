//! What screens show.

use std::sync::Arc;

use domain::{
    CentreId, PlaceId, TicketId,
    view::{Alert, CentreView, DeskView, LineItem, WelcomeView},
};

use crate::{
    Actor, Parvis, Problem, Published, Told, Versions,
    authorise::{self, Sight, UseCase},
    live::state::State,
};

impl Parvis {
    /// The newest snapshot of a centre for its own devices and staff: whatever was answered before is in it.
    pub async fn board(&self, actor: &Actor, centre: CentreId) -> Result<Arc<Published>, Problem> {
        self.allowed(actor, centre, UseCase::SeeBoard)?;
        Ok(self.live(centre).await?.newest())
    }
    /// The same as they come; whoever streams them asks again whether the right still stands.
    pub async fn watch(&self, actor: &Actor, centre: CentreId) -> Result<Versions, Problem> {
        self.allowed(actor, centre, UseCase::SeeBoard)?;
        Ok(self.live(centre).await?.watch())
    }
    /// Whether somebody may see a centre's exact board.
    pub fn may_see_board(&self, actor: &Actor, centre: CentreId) -> Result<(), Problem> {
        self.allowed(actor, centre, UseCase::SeeBoard).map(drop)
    }
    /// What anybody may know of a centre's day, see [`domain::view::PublicBoard`].
    pub async fn public_board(&self, centre: CentreId) -> Result<Arc<Told>, Problem> {
        Ok(self.live(centre).await?.told())
    }
    /// The same as it comes.
    pub async fn watch_public(&self, centre: CentreId) -> Result<Versions<Told>, Problem> {
        Ok(self.live(centre).await?.watch_told())
    }
    /// Before the service stops: whoever watches a centre hears that no more will come.
    pub fn end_streams(&self) {
        for live in self.0.lives.all() {
            live.end_streams();
        }
    }
    /// A ticket as staff see it in a list.
    pub async fn ticket(&self, actor: &Actor, ticket: TicketId) -> Result<LineItem, Problem> {
        let centre = self.find_ticket(ticket).await?;
        if self.allowed(actor, centre, UseCase::SeeWelcome).is_err() {
            self.allowed(actor, centre, UseCase::SeeDesk)?;
        }
        let live = self.live(centre).await?;
        let state = live.read();
        let found = state.day.ticket(ticket)?;
        Ok(LineItem::of(found, &state.centre))
    }
    /// The place that the member of staff has open, wherever it is.
    pub async fn my_place(&self, actor: &Actor) -> Option<(CentreId, PlaceId)> {
        let home = actor.centre()?;
        let live = self.live(home).await.ok()?;
        let state = live.read();
        own_place(&state, actor).map(|place| (home, place))
    }
    /// The desk screen; without a place, that of the actor's own open place, if there is one. Whoever steers the day
    /// may look at another's.
    pub async fn desk_view(
        &self,
        actor: &Actor,
        centre: CentreId,
        place: Option<PlaceId>,
    ) -> Result<DeskView, Problem> {
        let steers = self.allowed(actor, centre, UseCase::SeeWelcome).is_ok();
        if !steers {
            self.allowed(actor, centre, UseCase::SeeDesk)?;
        }
        let live = self.live(centre).await?;
        let state = live.read();
        let own = own_place(&state, actor);
        let shown = match place {
            Some(asked) if Some(asked) == own || steers => Some(asked),
            Some(asked) if state.day.places.contains_key(&asked) => return Err(Problem::NotAllowed),
            // A place that was just closed, by its counsellor or at the end of the day.
            Some(_) | None => own,
        };
        Ok(DeskView::of(&state.day, &state.centre, shown, state.version, self.now()))
    }
    /// The host's screen: the day as it runs; once it is closed, what was counted, until its date is over.
    pub async fn welcome_view(&self, actor: &Actor, centre: CentreId) -> Result<WelcomeView, Problem> {
        self.allowed(actor, centre, UseCase::SeeWelcome)?;
        let live = self.live(centre).await?;
        let state = live.read();
        let view = WelcomeView::of(&state.day, &state.centre, state.version, self.now());
        let (printers_down, printers_refused) = (state.printers_down.clone(), state.printers_refused.clone());
        let printers_doubled = state.printers_doubled.keys().copied().collect();
        let (date_asked, log_lost) = (state.date_asked, state.log_lost);
        let counts = last_seen(self, &state).map_or(view.counts, |last| last.counts);
        Ok(WelcomeView { counts, printers_down, printers_refused, date_asked, log_lost, printers_doubled, ..view })
    }
    /// The coordinator's screen: the day as it runs; once it is closed, the last of it, until its date is over. An
    /// organisation's manager sees the totals and the own organisation only.
    pub async fn centre_view(&self, actor: &Actor, centre: CentreId) -> Result<CentreView, Problem> {
        let who = self.allowed(actor, centre, UseCase::SeeCentre)?;
        let live = self.live(centre).await?;
        let state = live.read();
        let mut view = match last_seen(self, &state) {
            Some(last) => CentreView { version: state.version, now: self.now(), ..last.clone() },
            None => CentreView::of(&state.day, &state.centre, state.version, self.now()),
        };
        match authorise::sight(&who) {
            Sight::Everything => view.alerts.extend(troubles(&state)),
            Sight::OwnOrganisation => {
                let own = actor.staff().and_then(|s| s.organisation);
                view.organisations.retain(|o| Some(o.organisation) == own);
                view.alerts.clear();
                // The same truth; what is done about it is for whoever steers the day.
                view.causes.iter_mut().for_each(|cause| cause.ways.clear());
            }
        }
        Ok(view)
    }
    /// What is wrong with the installation and staff should know: clocks that disagree, printers out of reach or not allowed.
    pub async fn troubles(&self, actor: &Actor, centre: CentreId) -> Result<Vec<Alert>, Problem> {
        self.allowed(actor, centre, UseCase::SeeTroubles)?;
        let live = self.live(centre).await?;
        let state = live.read();
        Ok(troubles(&state).collect())
    }
}

fn troubles(state: &State) -> impl Iterator<Item = Alert> {
    let printers = state.printers_down.iter().map(|device| Alert::Printer { device: *device });
    let refused = state.printers_refused.iter().map(|device| Alert::PrinterRefused { device: *device });
    let date = state.date_asked.map(|asked| Alert::Date { last: asked.last, clock: asked.clock });
    let clock = state.clock_jumped.then_some(Alert::Clock);
    let lost = state.log_lost.then_some(Alert::LogLost);
    let doubled = state.printers_doubled.keys().map(|device| Alert::PrinterAgents { device: *device });
    [lost, date, clock].into_iter().flatten().chain(printers).chain(refused).chain(doubled)
}

fn own_place(state: &State, actor: &Actor) -> Option<PlaceId> {
    let id = actor.staff_id()?;
    state.day.places.iter().find(|(_, p)| p.counsellor == id).map(|(place, _)| *place)
}

/// What was seen last of a day that is closed, until its date is over.
fn last_seen<'s>(parvis: &Parvis, state: &'s State) -> Option<&'s CentreView> {
    state.last.as_ref().filter(|last| last.date == parvis.today_in(&state.centre)).map(|last| &last.view)
}
