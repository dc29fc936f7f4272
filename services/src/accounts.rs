//! Signing in and out.

use std::sync::Arc;

use domain::{Instant, staff::Staff};

use crate::{Actor, DeviceSecret, Parvis, Problem, SessionToken};

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
    /// Signs a member of staff in for twelve hours.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<Session, Problem> {
        let _ = (login, password);
        todo!()
    }
    /// Ends one session.
    pub async fn sign_out(&self, token: &SessionToken) -> Result<(), Problem> {
        let _ = token;
        todo!()
    }
    /// Ends every session of the member of staff.
    pub async fn sign_out_everywhere(&self, actor: &Actor) -> Result<(), Problem> {
        let _ = actor;
        todo!()
    }
    /// Changes the own password; every other session ends, so that the caller signs in again.
    pub async fn change_password(&self, actor: &Actor, old: &str, new: &str) -> Result<(), Problem> {
        let _ = (actor, old, new);
        todo!()
    }
    /// Who holds this session's token; `Anyone` if nobody does any more.
    pub async fn actor_of_session(&self, token: &SessionToken) -> Result<Actor, Problem> {
        let _ = token;
        todo!()
    }
    /// Which device holds this secret; `Anyone` if none does any more.
    pub async fn actor_of_device(&self, secret: &DeviceSecret) -> Result<Actor, Problem> {
        let _ = secret;
        todo!()
    }
    /// Who shows this bearer token, a session's or a device's.
    pub async fn actor_of_bearer(&self, bearer: &str) -> Result<Actor, Problem> {
        let _ = bearer;
        todo!()
    }
}
