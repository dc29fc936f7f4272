//! What the coordinator's screen asks of the server besides its live view.
#![expect(missing_docs, reason = "the macro gives each argument a public field")]

use chrono::NaiveDate;
use domain::{
    CentreId,
    statistics::{Period, Statistics},
};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::trouble::Trouble;

#[cfg(feature = "ssr")]
use super::super::context::{StaffContext, answered};

/// What may be shown of the newest period that is over, or of the one around a date.
#[server(prefix = "/api/ui", endpoint = "statistics", input = Json)]
pub async fn load_statistics(centre: CentreId, period: Period, of: NaiveDate) -> Result<Statistics, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.statistics(&actor, centre, period, of).await)
}
