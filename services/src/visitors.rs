//! What visitors do: take a ticket, follow it, ask for more time, leave.

use std::sync::Arc;

use domain::{
    CentreId, TicketId,
    centre::Centre,
    day::{FollowToken, Number, Request},
    view::FollowView,
};
use serde::{Deserialize, Serialize};

use crate::{Actor, Parvis, Problem};

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
    /// Tickets before it in its space.
    pub ahead: u32,
}

/// What the holder of a follow token can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitorAction {
    /// "I need more time."
    MoreTime,
    /// "I'm leaving."
    Leave,
    /// "I did not want to leave."
    ComeBack,
    /// "I made a mistake": the ticket is taken back.
    TakeBack,
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
        let _ = (actor, centre, form, key);
        todo!()
    }
    /// What the holder of a follow token sees.
    pub async fn follow(&self, token: &FollowToken) -> Result<(Arc<Centre>, FollowView), Problem> {
        let _ = token;
        todo!()
    }
    /// The same for a token whose centre is known: never waits, for live streams.
    pub fn follow_at(&self, centre: CentreId, token: &FollowToken) -> Result<FollowView, Problem> {
        let _ = (centre, token);
        todo!()
    }
    /// What the holder of a follow token does.
    pub async fn act_by_token(
        &self,
        token: &FollowToken,
        action: VisitorAction,
        key: Option<String>,
    ) -> Result<FollowView, Problem> {
        let _ = (token, action, key);
        todo!()
    }
}
