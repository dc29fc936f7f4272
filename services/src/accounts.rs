//! Signing in and out.

use std::sync::Arc;

use domain::{
    Instant,
    staff::{OpenSession, Role, Staff},
};
use sha2::{Digest, Sha256};
use storage::{devices, sessions, staff};
use uuid::Uuid;

use crate::{
    Actor, DeviceSecret, Parvis, Problem, SessionToken, What,
    browsers::Mark,
    limits::Source,
    passwords::{self, Lane, Who},
    secrets::Secret,
    settings::is_login,
};

/// How long a sign-in lasts.
const SESSION: chrono::Duration = chrono::Duration::hours(12);

/// A sign-in that succeeded.
#[derive(Clone, Debug)]
pub struct Session {
    /// What the browser shows from now on.
    pub token: SessionToken,
    /// Until when.
    pub expires: Instant,
    /// Who signed in; `must_change_password` says whether a new password is needed first.
    pub staff: Arc<Staff>,
    /// By what the browser is known the next time.
    pub mark: Mark,
}

/// From where somebody signs in.
#[derive(Clone, Debug, Default)]
pub struct Whence {
    /// Where the request comes from.
    pub source: Source,
    /// The mark that the browser keeps of this account, if it has one.
    pub mark: Option<String>,
    /// The session that the browser showed until now: it ends with the new one.
    pub replaces: Option<SessionToken>,
}

/// How long a session lasts that nobody uses: shorter, the more it can do. Whoever receives visitors may be in a talk
/// for long, with the desk's page before them.
fn idle_limit(staff: &Staff) -> chrono::Duration {
    let is = |role| staff.roles.contains(&role);
    match () {
        () if is(Role::Administrator) => chrono::Duration::hours(1),
        () if is(Role::Coordinator) || is(Role::Manager) => chrono::Duration::hours(2),
        () => chrono::Duration::hours(4),
    }
}

impl Parvis {
    /// Signs a member of staff in for twelve hours. Too many wrong passwords make whoever gave them wait: see
    /// docs/security.md.
    pub async fn sign_in(&self, login: &str, password: &str, from: &Whence) -> Result<Session, Problem> {
        let login = login.trim().to_lowercase();
        let known = from.mark.as_deref().filter(|mark| self.is_mark(&login, mark));
        let who = known.map_or(Who::Stranger(from.source), |mark| Who::Known(mark.to_owned()));
        let staff = self.proven(&login, password, who).await?.ok_or(Problem::WrongPassword)?;
        let database = &self.0.tools.database;
        if let Some(replaced) = &from.replaces {
            self.sign_out(replaced).await?;
        }
        let token = Secret::new(self.0.tools.secrets.as_ref());
        let (now, expires) = (self.now(), self.now() + SESSION);
        sessions::create(database, token.hash(), staff.id, now, expires).await?;
        Ok(Session { token, expires, mark: self.new_mark(&staff.login), staff: Arc::new(staff) })
    }

    /// The active account of a login, if the password is right. An unknown login takes as long as a known one.
    async fn proven(&self, login: &str, password: &str, who: Who) -> Result<Option<Staff>, Problem> {
        let (guesses, clock) = (&self.0.guesses, &self.0.tools.clock);
        guesses.may_try(login, &who, clock.monotonic())?;
        if password.len() > passwords::LONGEST {
            return Ok(None);
        }
        let lane = if matches!(who, Who::Known(_)) { Lane::Known } else { Lane::Strangers };
        let turn = self.0.passwords.turn(lane).await?;
        // What can be no login is looked up nowhere: a database may not even hold its characters.
        let found = if is_login(login) { staff::by_login(&self.0.tools.database, login).await? } else { None };
        let (account, hash) = found.unzip();
        let count = {
            let (guesses, clock, login, who) = (Arc::clone(guesses), Arc::clone(clock), login.to_owned(), who.clone());
            move || guesses.count(&login, &who, clock.monotonic())
        };
        let right = turn.holds(password, hash, count).await?;
        let proven = account.filter(|a| right && a.active);
        if proven.is_some() {
            guesses.succeeded(login, &who, clock.monotonic());
        }
        Ok(proven)
    }

    /// Ends one session.
    pub async fn sign_out(&self, token: &SessionToken) -> Result<(), Problem> {
        sessions::delete(&self.0.tools.database, token.hash()).await?;
        self.0.callers.forget();
        Ok(())
    }
    /// Ends every session of the member of staff.
    pub async fn sign_out_everywhere(&self, actor: &Actor) -> Result<(), Problem> {
        let staff = own_account(actor)?;
        sessions::delete_all_of(&self.0.tools.database, staff.id).await?;
        self.0.callers.forget();
        Ok(())
    }
    /// The sessions of the own account, the one used last first. `shown` is the token that came with the request.
    pub async fn own_sessions(&self, actor: &Actor, shown: Option<&SessionToken>) -> Result<Vec<OpenSession>, Problem> {
        let staff = own_account(actor)?;
        let (shown, now) = (shown.map(Secret::hash), self.now());
        let mut kept = sessions::of_staff(&self.0.tools.database, staff.id, now).await?;
        kept.retain(|session| now - session.last_used < idle_limit(staff));
        kept.sort_by_key(|session| std::cmp::Reverse(session.last_used));
        let open = |session: sessions::Kept| OpenSession {
            id: session_id(session.token_hash),
            since: session.created,
            last_used: session.last_used,
            current: shown == Some(session.token_hash),
        };
        Ok(kept.into_iter().map(open).collect())
    }

    /// Ends one session of the own account.
    pub async fn end_session(&self, actor: &Actor, id: Uuid) -> Result<(), Problem> {
        let (staff, database) = (own_account(actor)?, &self.0.tools.database);
        let kept = sessions::of_staff(database, staff.id, self.now()).await?;
        let ended = kept.into_iter().find(|session| session_id(session.token_hash) == id);
        sessions::delete(database, ended.ok_or(Problem::Unknown(What::Session))?.token_hash).await?;
        self.0.callers.forget();
        Ok(())
    }

    /// Notes that somebody uses a session, not only its open page. Where it cannot be noted, the next use is.
    pub async fn session_is_used(&self, token: &SessionToken) {
        sessions::touch(&self.0.tools.database, token.hash(), self.now()).await.ok();
    }
    /// Whether it is time to note that a session is used.
    pub fn is_use_worth_noting(&self, token: &SessionToken) -> bool {
        self.0.callers.is_use_worth_noting(token.hash(), self.0.tools.clock.monotonic())
    }

    /// Changes the own password; every session ends, so that the caller signs in again.
    pub async fn change_password(&self, actor: &Actor, old: &str, new: &str) -> Result<(), Problem> {
        let staff = own_account(actor)?;
        passwords::check(new, &staff.login)?;
        if old == new {
            return Err(Problem::Invalid { field: "password", code: "same_as_before" });
        }
        let who = Who::Known(format!("account {}", staff.id));
        self.proven(&staff.login, old, who).await?.ok_or(Problem::WrongPassword)?;
        let hash = self.0.passwords.hash(new, self.0.tools.secrets.as_ref()).await?;
        staff::set_password(&self.0.tools.database, staff.id, &hash, false).await?;
        sessions::delete_all_of(&self.0.tools.database, staff.id).await?;
        self.0.callers.forget();
        Ok(())
    }

    /// Who holds this session's token; `Anyone` if nobody does any more.
    pub async fn actor_of_session(&self, token: &SessionToken) -> Result<Actor, Problem> {
        match self.caller(token, async || self.staff_of(token).await).await? {
            Actor::Device(_) => Ok(Actor::Anyone),
            actor => Ok(actor),
        }
    }
    /// Which device holds this secret; `Anyone` if none does any more, or not yet.
    pub async fn actor_of_device(&self, secret: &DeviceSecret) -> Result<Actor, Problem> {
        match self.caller(secret, async || self.device_of(secret).await).await? {
            Actor::Staff(_) => Ok(Actor::Anyone),
            actor => Ok(actor),
        }
    }
    /// Who shows this bearer token, a session's or a device's.
    pub async fn actor_of_bearer(&self, bearer: &str) -> Result<Actor, Problem> {
        let secret = Secret::received(bearer);
        let look_up = async || match self.staff_of(&secret).await? {
            Actor::Anyone => self.device_of(&secret).await,
            found => Ok(found),
        };
        self.caller(&secret, look_up).await
    }

    /// Who is remembered to show a secret, or is found to.
    async fn caller(
        &self,
        secret: &Secret,
        look_up: impl AsyncFnOnce() -> Result<Actor, Problem>,
    ) -> Result<Actor, Problem> {
        let hash = secret.hash();
        match self.0.callers.recall(hash, self.0.tools.clock.monotonic()) {
            Ok(actor) => Ok(actor),
            Err(looked_up) => {
                let actor = look_up().await?;
                self.0.callers.remember(hash, &actor, looked_up);
                Ok(actor)
            }
        }
    }

    async fn staff_of(&self, token: &SessionToken) -> Result<Actor, Problem> {
        let database = &self.0.tools.database;
        let now = self.now();
        let Some((id, last_used)) = sessions::find(database, token.hash(), now).await? else {
            return Ok(Actor::Anyone);
        };
        let account = staff::by_id(database, id).await?.filter(|s| s.active && now - last_used < idle_limit(s));
        Ok(account.map_or(Actor::Anyone, |s| Actor::Staff(Arc::new(s))))
    }

    async fn device_of(&self, secret: &DeviceSecret) -> Result<Actor, Problem> {
        let (database, hash) = (&self.0.tools.database, secret.hash());
        if let Some(device) = devices::by_secret(database, hash).await? {
            return Ok(Actor::Device(Arc::new(device)));
        }
        // Staff may have typed the code in meanwhile: the secret that the device waited with becomes its own.
        match devices::finish_enrolment(database, hash, hash, self.now()).await? {
            devices::Enrolment::Done(device) => Ok(Actor::Device(Arc::new(device))),
            devices::Enrolment::Unknown | devices::Enrolment::Waiting => Ok(Actor::Anyone),
        }
    }
}

/// What a session is named by: a part of the digest of its token's digest.
fn session_id(token_hash: [u8; 32]) -> Uuid {
    let digest = Sha256::digest(token_hash);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

pub(crate) fn own_account(actor: &Actor) -> Result<&Arc<Staff>, Problem> {
    actor.staff().filter(|s| s.active).ok_or(match actor {
        Actor::Device(_) => Problem::NotAllowed,
        Actor::Anyone | Actor::Staff(_) => Problem::SignInNeeded,
    })
}
