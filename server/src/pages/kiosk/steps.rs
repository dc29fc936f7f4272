//! The steps that only show.

use app::visitor::kiosk::{
    Choices, Detail, Notice, Question, Ready, Step, details as details_page, ready as ready_page, slip as slip_page,
    space as space_page, start as start_page, talk as talk_page,
};
use axum::{http::StatusCode, response::Response};
use domain::{day::Reason, view::Board};
use services::Problem;

use super::{
    asked::{Answer, Asked, new_key},
    refused::refused,
};

pub(super) async fn start(asked: Asked) -> Answer {
    let published = asked.open_board(&Step::Start).await?;
    if let Some(code) = &asked.choices.slip {
        let checked = asked.state.parvis.check_slip(asked.centre.id, code).await;
        // Whether anything can be stored is told when it matters.
        if !matches!(checked, Ok(()) | Err(Problem::Storage(_))) {
            return Err(wrong_slip(asked));
        }
    }
    Ok(Asked::page(start_page(&asked.visit(Step::Start), &published.board)))
}

/// The page of the slip with the word that its code is wrong.
pub(super) fn wrong_slip(mut asked: Asked) -> Response {
    asked.choices = asked.choices.without_ticket();
    Asked::page(slip_page(&asked.visit(Step::Slip), true))
}

pub(super) async fn slip(asked: Asked) -> Answer {
    asked.open_board(&Step::Slip).await?;
    Ok(Asked::page(slip_page(&asked.visit(Step::Slip), false)))
}

pub(super) async fn space(asked: Asked) -> Answer {
    let letter = asked.letter().ok_or_else(|| asked.nowhere())?;
    let step = Step::Space(letter);
    let published = asked.open_board(&step).await?;
    let space = asked.centre.spaces.iter().find(|s| s.letter == letter).ok_or_else(|| asked.nowhere())?;
    Ok(Asked::page(space_page(&asked.visit(step), &published.board, space)))
}

pub(super) async fn talk(asked: Asked) -> Answer {
    let question = asked.question().ok_or_else(|| asked.nowhere())?;
    let step = Step::Talk(asked.need().map(str::to_owned));
    open_question(&asked, &step, question).await?;
    Ok(Asked::page(talk_page(&asked.visit(step), question)))
}

pub(super) async fn details(asked: Asked) -> Answer {
    let question = asked.question().ok_or_else(|| asked.nowhere())?;
    let detail = Detail::of_code(asked.part("detail")).ok_or_else(|| asked.nowhere())?;
    let step = Step::Details(asked.need().map(str::to_owned), detail);
    open_question(&asked, &step, question).await?;
    Ok(Asked::page(details_page(&asked.visit(step), question, detail)))
}

pub(super) async fn ready(asked: Asked) -> Answer {
    let question = asked.question().ok_or_else(|| asked.nowhere())?;
    let step = Step::Ready(asked.need().map(str::to_owned));
    let board = open_question(&asked, &step, question).await?;
    let need = question.need().map(|n| n.id);
    let Some(request) = asked.choices.request(need, asked.language.clone()) else {
        // Whoever comes without a language of the talk is asked for it.
        return Ok(asked.go(&Step::Talk(asked.need().map(str::to_owned)), &asked.choices));
    };
    let outlook = asked.state.parvis.outlook(&asked.actor(), asked.centre.id, &request).await;
    let outlook = match outlook {
        Ok(outlook) => outlook,
        Err(problem) => return Err(refused(&asked, step, &problem).await),
    };
    let ready = Ready { board: &board, outlook: &outlook, question, key: &new_key() };
    Ok(Asked::page(ready_page(&asked.visit(step), &ready)))
}

/// The board, if tickets for the question can be taken; else the page that says why not.
async fn open_question(asked: &Asked, step: &Step, question: Question<'_>) -> Result<Board, Response> {
    let published = asked.open_board(step).await?;
    match closed(&published.board, question) {
        Some(why) => Err(asked.notice(step.clone(), StatusCode::OK, Notice::NeedClosed(question, why))),
        None => Ok(published.board.clone()),
    }
}

fn closed(board: &Board, question: Question) -> Option<Reason> {
    let need = question.need()?;
    board.needs.iter().find(|n| n.id == need.id)?.closed
}

/// An address that only a form goes to, asked for by hand.
pub(super) async fn back_to_start(asked: Asked) -> Response {
    asked.go(&Step::Start, &Choices::default())
}

pub(super) async fn nowhere(asked: Asked) -> Response {
    asked.nowhere()
}
