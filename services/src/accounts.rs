//! Signing in and out.

use std::sync::Arc;

use domain::{Instant, staff::Staff};
use storage::{devices, sessions, staff};

use crate::{Actor, DeviceSecret, Parvis, Problem, SessionToken, passwords, secrets::Secret};

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
}

impl Parvis {
    /// Signs a member of staff in for twelve hours. Too many wrong passwords make the login wait, whoever asks.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<Session, Problem> {
        let login = login.trim().to_lowercase();
        let staff = self.proven(&login, password).await?.ok_or(Problem::WrongPassword)?;
        let token = Secret::new(self.0.tools.secrets.as_ref());
        let (now, expires) = (self.now(), self.now() + SESSION);
        sessions::create(&self.0.tools.database, token.hash(), staff.id, now, expires).await?;
        Ok(Session { token, expires, staff: Arc::new(staff) })
    }

    /// The active account of a login, if the password is right. An unknown login takes as long as a known one.
    async fn proven(&self, login: &str, password: &str) -> Result<Option<Staff>, Problem> {
        self.0.passwords.may_try(login, self.0.tools.clock.monotonic())?;
        if password.len() > passwords::LONGEST {
            return Ok(None);
        }
        let found = staff::by_login(&self.0.tools.database, login).await?;
        let (account, hash) = found.unzip();
        let right = self.0.passwords.is_right(password, hash).await?;
        let proven = account.filter(|a| right && a.active);
        if proven.is_some() {
            self.0.passwords.succeeded(login);
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
    /// Changes the own password; every session ends, so that the caller signs in again.
    pub async fn change_password(&self, actor: &Actor, old: &str, new: &str) -> Result<(), Problem> {
        let staff = own_account(actor)?;
        passwords::check(new, &staff.login)?;
        if old == new {
            return Err(Problem::Invalid { field: "password", code: "same_as_before" });
        }
        self.proven(&staff.login, old).await?.ok_or(Problem::WrongPassword)?;
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
        let Some(id) = sessions::find(database, token.hash(), self.now()).await? else { return Ok(Actor::Anyone) };
        let account = staff::by_id(database, id).await?.filter(|s| s.active);
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

pub(crate) fn own_account(actor: &Actor) -> Result<&Arc<Staff>, Problem> {
    actor.staff().filter(|s| s.active).ok_or(match actor {
        Actor::Device(_) => Problem::NotAllowed,
        Actor::Anyone | Actor::Staff(_) => Problem::SignInNeeded,
    })
}
