//! Centres as they are in the registers.

use std::sync::Arc;

use domain::{CentreId, PlaceId, TicketId, centre::Centre};

use crate::{Parvis, Problem};

impl Parvis {
    /// Every centre, in the order of their slugs.
    pub fn centres(&self) -> Vec<Arc<Centre>> {
        todo!()
    }
    /// A centre by its slug or its id.
    pub fn centre(&self, slug_or_id: &str) -> Result<Arc<Centre>, Problem> {
        let _ = slug_or_id;
        todo!()
    }
    /// A centre by its id.
    pub fn centre_by_id(&self, id: CentreId) -> Result<Arc<Centre>, Problem> {
        let _ = id;
        todo!()
    }
    /// The centre of a place.
    pub fn find_place(&self, id: PlaceId) -> Result<Arc<Centre>, Problem> {
        let _ = id;
        todo!()
    }
    /// The centre where a ticket of an open day is.
    pub async fn find_ticket(&self, id: TicketId) -> Result<CentreId, Problem> {
        let _ = id;
        todo!()
    }
}
