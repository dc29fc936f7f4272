//! What a kiosk shows when something is not possible.

use app::visitor::kiosk::{Notice, Question, Step};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{day::Refusal, view::DayState};
use services::Problem;

use super::asked::{Asked, why_not};

/// The page for a problem that has no words of its own at this step.
pub(super) async fn refused(asked: &Asked, step: Step, problem: &Problem) -> Response {
    let (status, notice) = match problem {
        // The device was revoked in this very moment.
        Problem::SignInNeeded
        | Problem::NotAllowed
        | Problem::OfInstallation
        | Problem::PasswordChangeNeeded
        | Problem::WrongPassword => {
            return Redirect::to(&format!("/k/{}", asked.centre.slug)).into_response();
        }
        Problem::Refused(Refusal::DayNotOpen | Refusal::DayClosed | Refusal::DaySuspended | Refusal::DayOnBreak) => {
            let board = asked.board().await;
            let why = board.as_ref().ok().and_then(|b| why_not(&b.board));
            (StatusCode::CONFLICT, why.unwrap_or(Notice::Closed))
        }
        Problem::Refused(Refusal::NumbersExhausted) => (StatusCode::CONFLICT, Notice::NumbersExhausted),
        Problem::Refused(Refusal::KioskStopped) => (StatusCode::CONFLICT, Notice::Stopped),
        Problem::Busy { .. } => (StatusCode::SERVICE_UNAVAILABLE, Notice::TooMany),
        Problem::Refused(Refusal::TooManyAnnounced) | Problem::TooManyTries { .. } => {
            (StatusCode::TOO_MANY_REQUESTS, Notice::TooMany)
        }
        Problem::Storage(_) => (StatusCode::SERVICE_UNAVAILABLE, Notice::Failed),
        Problem::Unknown(_) => (StatusCode::NOT_FOUND, gone(asked).await),
        Problem::Refused(_) | Problem::Invalid { .. } | Problem::PrinterNotAllowed | Problem::PrinterHasAgent => {
            (StatusCode::CONFLICT, Notice::Failed)
        }
    };
    asked.notice(step, status, notice)
}

/// A ticket that is not known: its day is over, or it never was.
async fn gone(asked: &Asked) -> Notice<'static> {
    match asked.board().await {
        Ok(published) if published.board.state == DayState::Closed => Notice::Closed,
        Ok(_) | Err(_) => Notice::NoSuchPage,
    }
}

/// The page for a ticket that could not be taken. The same request can be sent again with the same key.
pub(super) async fn not_taken(asked: Asked, question: Question<'_>, key: &str, problem: &Problem) -> Response {
    let step = Step::Ready(question.need().map(|n| n.code.clone()));
    match problem {
        Problem::Refused(Refusal::NeedClosed(why)) => {
            asked.notice(step, StatusCode::CONFLICT, Notice::NeedClosed(question, *why))
        }
        Problem::Storage(_) => asked.notice(step, StatusCode::SERVICE_UNAVAILABLE, Notice::NotSaved(question, key)),
        Problem::Refused(Refusal::SlipUsed) | Problem::Invalid { field: "slip", .. } => super::steps::wrong_slip(asked),
        problem => refused(&asked, step, problem).await,
    }
}
