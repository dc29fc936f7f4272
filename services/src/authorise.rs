//! Who may do what. Whatever is not allowed here is not possible.
//!
//! Commands to a day are judged by the task that owns the day, against the state that they will change: a counsellor's
//! own place and its visitor are what they are at that very moment.

use domain::{
    NetworkId, PlaceId, TicketId,
    centre::Centre,
    day::{Claim, Command, Counted, Day, OpenPlace, Phase, Refusal, Stage, policy},
    staff::{Abilities, DeviceKind, Role, Staff},
};

use crate::{Actor, Problem, What};

/// How near an actor is to the centre that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// At home in it.
    Own,
    /// At home in another centre of its network, or in the whole installation.
    Network,
    /// Neither.
    Elsewhere,
}

/// An actor and how near it is.
#[derive(Clone, Debug)]
pub struct Who {
    /// The actor.
    pub actor: Actor,
    /// How near it is to the centre that is asked for.
    pub reach: Reach,
}

/// On whose behalf a command comes.
#[derive(Clone, Debug)]
pub enum By {
    /// The timer.
    Timer,
    /// The holder of this ticket's follow token.
    Holder(TicketId),
    /// An actor.
    Actor(Who),
}

/// What can be done besides commands to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UseCase {
    /// See centres, needs, spaces, desks, public boards.
    SeePublic,
    /// See a centre's exact board: who is called, and how many wait for what.
    SeeBoard,
    /// Ask how it stands for somebody who requires this, before a ticket is taken.
    AskOutlook,
    /// See everything that waits, and single tickets.
    SeeWelcome,
    /// See the own desk's screen.
    SeeDesk,
    /// See the whole day of the centre.
    SeeCentre,
    /// See counts of days that are over.
    SeeStatistics,
    /// Know what is wrong with printers and clocks.
    SeeTroubles,
    /// Know the centre's devices.
    SeeDevices,
    /// Enrol, change and revoke devices.
    ManageDevices,
    /// Choose on which of the allowed device files and addresses the server itself prints.
    ConnectPrinters,
    /// Change the centre's rules and opening hours.
    ChangeSettings,
    /// See and change accounts.
    ManageStaff,
    /// Change and import career information, and see what is wrong with it.
    EditCatalogue,
    /// Change the own password and preferences, sign out everywhere.
    OwnAccount,
}

impl UseCase {
    /// Every use case.
    pub const ALL: [Self; 15] = [
        Self::SeePublic,
        Self::SeeBoard,
        Self::AskOutlook,
        Self::SeeWelcome,
        Self::SeeDesk,
        Self::SeeCentre,
        Self::SeeStatistics,
        Self::SeeTroubles,
        Self::SeeDevices,
        Self::ManageDevices,
        Self::ConnectPrinters,
        Self::ChangeSettings,
        Self::ManageStaff,
        Self::EditCatalogue,
        Self::OwnAccount,
    ];
}

/// What a manager may see of a centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Everything.
    Everything,
    /// The totals and the own organisation.
    OwnOrganisation,
}

impl Who {
    /// An actor before a centre, given the network of the centre where the actor is at home.
    pub fn before(actor: &Actor, centre: &Centre, home: Option<NetworkId>) -> Self {
        let installation_wide = actor.is(Role::Administrator) && actor.centre().is_none();
        let same_network = home.is_some() && home == centre.network;
        let reach = if actor.centre() == Some(centre.id) {
            Reach::Own
        } else if installation_wide || same_network {
            Reach::Network
        } else {
            Reach::Elsewhere
        };
        Self { actor: actor.clone(), reach }
    }

    /// Whether the actor holds a role here. An administrator's reaches through the network, every other one stays home.
    fn is(&self, role: Role) -> bool {
        let near = match role {
            Role::Administrator => self.reach != Reach::Elsewhere,
            Role::Host | Role::Counsellor | Role::Manager | Role::Coordinator => self.reach == Reach::Own,
        };
        near && self.actor.is(role)
    }
    fn runs_the_centre(&self) -> bool {
        self.is(Role::Coordinator) || self.is(Role::Administrator)
    }
    fn steers_the_day(&self) -> bool {
        self.is(Role::Host) || self.runs_the_centre()
    }
    /// Whether the actor may receive visitors: an administrator may not.
    fn receives_visitors(&self) -> Option<&Staff> {
        let receives = [Role::Counsellor, Role::Host, Role::Coordinator].into_iter().any(|r| self.is(r));
        self.actor.staff().filter(|_| receives).map(AsRef::as_ref)
    }
    fn is_own_device(&self) -> bool {
        match &self.actor {
            Actor::Device(device) => device.active && self.reach == Reach::Own,
            Actor::Anyone | Actor::Staff(_) => false,
        }
    }
    fn is_kiosk(&self) -> bool {
        let kiosk = |device: &domain::staff::Device| device.kind == DeviceKind::Kiosk;
        self.is_own_device() && matches!(&self.actor, Actor::Device(device) if kiosk(device))
    }
    fn is_staff(&self) -> bool {
        Role::ALL.into_iter().any(|role| self.is(role))
    }
    /// Whoever has a first password changes it before anything else.
    fn is_ready(&self) -> Result<(), Problem> {
        match self.actor.staff() {
            Some(staff) if !staff.active => Err(Problem::SignInNeeded),
            Some(staff) if staff.must_change_password => Err(Problem::PasswordChangeNeeded),
            _ => Ok(()),
        }
    }
    fn no(&self) -> Problem {
        match self.actor {
            Actor::Anyone => Problem::SignInNeeded,
            Actor::Device(_) | Actor::Staff(_) => Problem::NotAllowed,
        }
    }
    fn only_if(&self, allowed: bool) -> Result<(), Problem> {
        if allowed { Ok(()) } else { Err(self.no()) }
    }
}

/// Whether an actor may do something that is no command to a day.
pub fn use_case(who: &Who, use_case: UseCase) -> Result<(), Problem> {
    if matches!(use_case, UseCase::SeePublic) {
        return Ok(());
    }
    if matches!(use_case, UseCase::OwnAccount) {
        return who.only_if(who.actor.staff().is_some_and(|s| s.active));
    }
    who.is_ready()?;
    who.only_if(match use_case {
        UseCase::SeePublic | UseCase::OwnAccount => true,
        UseCase::SeeBoard => who.is_own_device() || who.is_staff(),
        // With a language it tells more than the board: only to whoever takes tickets.
        UseCase::AskOutlook => who.is_kiosk() || who.steers_the_day(),
        UseCase::SeeWelcome | UseCase::SeeTroubles | UseCase::SeeDevices => who.steers_the_day(),
        UseCase::SeeDesk => who.receives_visitors().is_some(),
        UseCase::SeeCentre | UseCase::SeeStatistics => who.runs_the_centre() || who.is(Role::Manager),
        UseCase::ConnectPrinters => who.is(Role::Administrator),
        UseCase::ManageDevices | UseCase::ChangeSettings | UseCase::ManageStaff | UseCase::EditCatalogue => {
            who.runs_the_centre()
        }
    })
}

/// How much an actor who may see the centre or its statistics sees of it.
pub fn sight(who: &Who) -> Sight {
    if who.runs_the_centre() { Sight::Everything } else { Sight::OwnOrganisation }
}

/// Whether an actor may give accounts these roles: nobody gives more than there is to have.
pub fn may_give(who: &Who, roles: impl IntoIterator<Item = Role>) -> Result<(), Problem> {
    who.only_if(roles.into_iter().all(|role| match role {
        Role::Administrator => who.is(Role::Administrator),
        Role::Host | Role::Counsellor | Role::Manager | Role::Coordinator => who.runs_the_centre(),
    }))
}

/// Whether a command may be given to a day.
pub fn command(by: &By, command: &Command, centre: &Centre, day: &Day) -> Result<(), Problem> {
    match by {
        By::Timer => Ok(()),
        By::Holder(own) => holder(*own, command),
        By::Actor(who) => {
            who.is_ready()?;
            actor(who, command, centre, day)
        }
    }
}

/// Whoever holds a follow token may do this with its ticket, and nothing with any other.
fn holder(own: TicketId, command: &Command) -> Result<(), Problem> {
    match command {
        Command::MoreTime { ticket }
        | Command::Leave { ticket }
        | Command::ComeBack { ticket }
        | Command::TakeBack { ticket }
        | Command::Resume { ticket }
        | Command::CorrectRequirements { ticket, .. }
            if *ticket == own =>
        {
            Ok(())
        }
        _ => Err(Problem::NotAllowed),
    }
}

fn actor(who: &Who, command: &Command, centre: &Centre, day: &Day) -> Result<(), Problem> {
    match command {
        Command::TakeTicket(_) | Command::TakeBack { .. } | Command::Announce { .. } => {
            who.only_if(who.is_kiosk() || who.steers_the_day())
        }
        // Who takes a document from a shelf says so at the kiosk. Everything else hosts count.
        Command::Count { what: Counted::DocumentGiven, .. } => who.only_if(who.is_kiosk() || who.steers_the_day()),
        // To end it for people who were not seen is more than to end it.
        Command::CloseDay { force: true } => who.only_if(who.runs_the_centre()),
        Command::OpenDay { .. }
        | Command::StayOpen
        | Command::CloseDay { force: false }
        | Command::Suspend { .. }
        | Command::ResumeDay
        | Command::CloseNeeds { .. }
        | Command::ReopenNeeds { .. }
        | Command::SendMessage { .. }
        | Command::Count { .. }
        | Command::UndoCount { .. }
        | Command::Welcomed { .. }
        | Command::Prioritise { .. }
        | Command::KioskChecked { .. }
        | Command::Dismiss { .. }
        | Command::ComeBack { .. } => who.only_if(who.steers_the_day()),
        Command::CorrectNeed { ticket, .. }
        | Command::CorrectRequirements { ticket, .. }
        | Command::Recall { ticket }
        | Command::Arrive { ticket }
        | Command::NoShow { ticket }
        | Command::PutBack { ticket }
        | Command::Park { ticket, .. }
        | Command::MoreTime { ticket }
        | Command::Leave { ticket }
        | Command::Transfer { ticket, .. }
        | Command::GiveAdvice { ticket, .. }
        | Command::Recommend { ticket, .. }
        | Command::Finish { ticket, .. } => own_ticket(who, *ticket, day),
        Command::Resume { ticket } => resume(who, *ticket, centre, day),
        Command::CallNext { place }
        | Command::CallTicket { place, .. }
        | Command::Accept { place, .. }
        | Command::Refuse { place, .. }
        | Command::JoinTalk { place, .. }
        | Command::LeaveTalk { place }
        | Command::Undo { place } => own_place(who, *place, centre, day).map(drop),
        Command::BackFromPause { place }
        | Command::PausePlace { place, .. }
        | Command::ClosePlace { place }
        | Command::AskHelp { place, .. }
        | Command::MovePlace { from: place, .. } => own_place_or_host(who, *place, centre, day),
        Command::ChangeAbilities { place, abilities } => change_abilities(who, *place, abilities, centre, day),
        Command::OpenPlace { counsellor, .. } => {
            who.only_if(who.receives_visitors().is_some_and(|s| s.id == *counsellor))
        }
        Command::FollowHours { .. } | Command::Tick => Err(Problem::NotAllowed),
    }
}

/// The place, if it is the actor's own.
fn own_place<'d>(who: &Who, place: PlaceId, centre: &Centre, day: &'d Day) -> Result<&'d OpenPlace, Problem> {
    let staff = who.receives_visitors().ok_or_else(|| who.no())?;
    let Some(open) = day.places.get(&place) else { return Err(no_open_place(place, centre, day)) };
    if open.counsellor == staff.id { Ok(open) } else { Err(Problem::NotAllowed) }
}

fn no_open_place(place: PlaceId, centre: &Centre, day: &Day) -> Problem {
    match day.phase {
        _ if centre.place(place).is_none() => Problem::Unknown(What::Place),
        Phase::Before => Refusal::DayNotOpen.into(),
        Phase::Closed => Refusal::DayClosed.into(),
        Phase::Open | Phase::Suspended { .. } => Refusal::PlaceNotOpen.into(),
    }
}

fn own_place_or_host(who: &Who, place: PlaceId, centre: &Centre, day: &Day) -> Result<(), Problem> {
    if who.steers_the_day() { Ok(()) } else { own_place(who, place, centre, day).map(drop) }
}

/// The ticket is called to, or sits at, the actor's own place; or the actor steers the day.
fn own_ticket(who: &Who, ticket: TicketId, day: &Day) -> Result<(), Problem> {
    if who.steers_the_day() {
        return Ok(());
    }
    let staff = who.receives_visitors().ok_or_else(|| who.no())?;
    let ticket = day.ticket(ticket)?;
    if !ticket.is_open() {
        return Err(Refusal::TicketEnded.into());
    }
    let place = ticket.place().and_then(|p| day.places.get(&p));
    who.only_if(place.is_some_and(|p| p.counsellor == staff.id))
}

/// A visitor who was set aside is brought back by whoever can receive them.
fn resume(who: &Who, ticket: TicketId, centre: &Centre, day: &Day) -> Result<(), Problem> {
    if who.steers_the_day() {
        return Ok(());
    }
    let staff = who.receives_visitors().ok_or_else(|| who.no())?;
    let ticket = day.ticket(ticket)?;
    let own = day.places.iter().find(|(_, p)| p.counsellor == staff.id);
    let kept = |id| matches!(ticket.stage, Stage::Parked { claim: Claim::KeptFor(p), .. } if p == id);
    who.only_if(own.is_some_and(|(id, place)| kept(*id) || policy::can_serve(centre, *id, place, ticket)))
}

/// Counsellors can do less than the register says, never more; whoever runs the centre decides.
fn change_abilities(who: &Who, place: PlaceId, new: &Abilities, centre: &Centre, day: &Day) -> Result<(), Problem> {
    if who.runs_the_centre() {
        return Ok(());
    }
    own_place(who, place, centre, day)?;
    let registered = who.actor.staff().map(|s| &s.abilities);
    who.only_if(registered.is_some_and(|known| {
        new.needs.is_subset(&known.needs)
            && new.languages.is_subset(&known.languages)
            && new.accommodations.is_subset(&known.accommodations)
            && (known.welcome || !new.welcome)
    }))
}
