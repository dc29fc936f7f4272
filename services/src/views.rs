//! What screens show.

use std::sync::Arc;

use domain::{
    CentreId, PlaceId, TicketId,
    view::{Alert, CentreView, DeskView, LineItem, WelcomeView},
};
use tokio::sync::watch;

use crate::{Actor, Parvis, Problem, Published};

impl Parvis {
    /// The newest public snapshot of a centre: whatever was answered before is in it.
    pub async fn board(&self, centre: CentreId) -> Result<Arc<Published>, Problem> {
        let _ = centre;
        todo!()
    }
    /// The public snapshots of a centre as they come, at most five a second, the latest wins.
    pub async fn watch(&self, centre: CentreId) -> Result<watch::Receiver<Arc<Published>>, Problem> {
        let _ = centre;
        todo!()
    }
    /// A ticket as staff see it in a list.
    pub async fn ticket(&self, actor: &Actor, ticket: TicketId) -> Result<LineItem, Problem> {
        let _ = (actor, ticket);
        todo!()
    }
    /// The place that the member of staff has open, wherever it is.
    pub async fn my_place(&self, actor: &Actor) -> Option<(CentreId, PlaceId)> {
        let _ = actor;
        todo!()
    }
    /// The desk screen; without a place, that of the actor's own open place, if there is one.
    pub async fn desk_view(
        &self,
        actor: &Actor,
        centre: CentreId,
        place: Option<PlaceId>,
    ) -> Result<DeskView, Problem> {
        let _ = (actor, centre, place);
        todo!()
    }
    /// The host's screen.
    pub async fn welcome_view(&self, actor: &Actor, centre: CentreId) -> Result<WelcomeView, Problem> {
        let _ = (actor, centre);
        todo!()
    }
    /// The coordinator's screen; an organisation's manager sees the totals and the own organisation only.
    pub async fn centre_view(&self, actor: &Actor, centre: CentreId) -> Result<CentreView, Problem> {
        let _ = (actor, centre);
        todo!()
    }
    /// What is wrong with the installation and staff should know: clocks that disagree, printers out of reach.
    pub async fn troubles(&self, actor: &Actor, centre: CentreId) -> Result<Vec<Alert>, Problem> {
        let _ = (actor, centre);
        todo!()
    }
}
