//! Priority slips: whoever could not be seen today is seen first on a later day. Signed, valid once, no identity.

use chrono::NaiveDate;
use domain::{Language, TicketId};
use serde::{Deserialize, Serialize};

use crate::{Actor, Parvis, Problem};

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

impl Parvis {
    /// Ends a ticket that cannot be seen today with a slip. The same ticket always gives the same slip.
    pub async fn issue_slip(&self, actor: &Actor, ticket: TicketId, key: Option<String>) -> Result<Slip, Problem> {
        let _ = (actor, ticket, key);
        todo!()
    }
}
