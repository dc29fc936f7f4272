//! What remains of days.

use chrono::NaiveDate;
use domain::{
    CentreId,
    centre::Centre,
    statistics::{Period, Statistics, report},
};

use storage::{StorageError, day_log};

use crate::{
    Actor, Parvis, Problem,
    authorise::{self, Sight, UseCase},
};

impl Parvis {
    /// The first date of a centre that is not wholly counted: today, or that of a day which is not folded yet. What
    /// was shown before such a day is folded would tell that day by subtraction.
    pub(crate) async fn counted_until(&self, centre: &Centre) -> Result<NaiveDate, StorageError> {
        let today = self.today_in(centre);
        let unfolded = day_log::open_day(&self.0.tools.database, centre.id).await?;
        Ok(unfolded.map_or(today, |day| day.date.min(today)))
    }

    /// What may be shown of the period around a date, once it is over. An organisation's manager sees the totals and
    /// the own organisation only.
    pub async fn statistics(
        &self,
        actor: &Actor,
        centre: CentreId,
        period: Period,
        of: NaiveDate,
    ) -> Result<Statistics, Problem> {
        let who = self.allowed(actor, centre, UseCase::SeeStatistics)?;
        let centre = self.centre_by_id(centre)?;
        let database = &self.0.tools.database;
        let (first, last) = period.around(of);
        // Margins of a month are whole or nothing.
        let (from, to) = (Period::Month.around(first).0, Period::Month.around(last).1);
        let cells = storage::statistics::cells(database, centre.id, from, to).await?;
        let durations = storage::statistics::durations(database, centre.id, from, to).await?;
        let today = self.counted_until(&centre).await?;
        let shown = report(&cells, &durations, period, of, today, centre.policies.anonymity_threshold)
            .map_err(|_| Problem::Invalid { field: "of", code: "not_over" })?;
        Ok(match authorise::sight(&who) {
            Sight::Everything => shown,
            Sight::OwnOrganisation => shown.for_organisation(actor.staff().and_then(|s| s.organisation)),
        })
    }
}
