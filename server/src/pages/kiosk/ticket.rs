//! Taking a ticket, showing it, taking it back.

use app::visitor::kiosk::{Printing, Question, Step, Taken, taken_back as taken_back_page, ticket as ticket_page};
use axum::{
    Form,
    extract::rejection::FormRejection,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{day::FollowToken, view::DayState};
use services::{
    Problem, TakeTicketForm, VisitorAction,
    secrets::{Secrets, SystemSecrets},
};
use uuid::Uuid;

use super::{
    asked::{Answer, Asked, Pairs, new_key, read, why_not},
    refused::{not_taken, refused},
};
use crate::printing::{Printing as OnPaper, Receipt, print_ticket};

/// The key of a form, if it is one that a page of ours may have written.
pub(super) fn key_of(pairs: &Pairs) -> Option<String> {
    let key = pairs.iter().find(|(name, _)| name == "key").map(|(_, value)| value)?;
    let well_formed = (1..=128).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    well_formed.then(|| key.clone())
}

/// The id of what a form counts, announces or prints: its key is an id of ours, so that the same form makes the same.
pub(super) fn form_id(key: &str) -> Uuid {
    key.parse().unwrap_or_else(|_| SystemSecrets.new_id())
}

/// Takes a ticket and goes to its page, over paper where the browser prints.
pub(super) async fn take(mut asked: Asked, form: Result<Form<Pairs>, FormRejection>) -> Answer {
    let Ok(Form(pairs)) = form else { return Err(asked.nowhere()) };
    asked.choices = read(&pairs);
    let key = key_of(&pairs).unwrap_or_else(new_key);
    let centre = asked.centre.clone();
    let code = pairs.iter().find(|(name, _)| name == "need").map(|(_, value)| value.as_str());
    let question = Question::of(&centre, code).ok_or_else(|| asked.nowhere())?;
    let need = question.need().map(|n| n.id);
    let Some(request) = asked.choices.request(need, asked.language.clone()) else {
        return Ok(asked.go(&Step::Talk(code.map(str::to_owned)), &asked.choices));
    };
    let form = TakeTicketForm { request, slip: asked.choices.slip.clone() };
    let taken = asked.state.parvis.take_ticket(&asked.actor(), centre.id, form, Some(key.clone())).await;
    match taken {
        Ok(taken) => Ok(onto_paper(&asked, taken.token).await),
        Err(problem) => Err(not_taken(asked, question, &key, &problem).await),
    }
}

/// Prints without waiting for the printer, and goes on to the ticket's page.
async fn onto_paper(asked: &Asked, token: FollowToken) -> Response {
    let page = asked.address(&Step::Ticket(token.clone()), &asked.choices.without_ticket());
    if print_ticket(&asked.state, &asked.device, &token).await == Receipt::ByBrowser {
        let paper = format!("/print/{}?back={}", token.reveal(), escaped(&page));
        return Redirect::to(&paper).into_response();
    }
    Redirect::to(&page).into_response()
}

/// A path inside a query.
fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace('&', "%26").replace('?', "%3F").replace('+', "%2B")
}

/// The ticket's page.
pub(super) async fn show(asked: Asked) -> Answer {
    let token: FollowToken = asked.part("token").parse().map_err(|_| asked.nowhere())?;
    let step = Step::Ticket(token.clone());
    let published = asked.board().await?;
    if let (DayState::Suspended { .. }, Some(why)) = (published.board.state, why_not(&published.board)) {
        return Err(asked.notice(step, StatusCode::OK, why));
    }
    let follow = match asked.state.parvis.follow(&token).await {
        Ok((centre, follow)) if centre.id == asked.centre.id => follow,
        Ok(_) => return Err(asked.nowhere()),
        Err(problem) => return Err(refused(&asked, step, &problem).await),
    };
    let key = new_key();
    let shown = Taken {
        token: &token,
        follow: &follow,
        space: asked.centre.space_of(follow.need),
        follow_address: asked.state.site.address(&format!("/t/{}", token.reveal())),
        printing: on_paper(&asked, &token),
        key: &key,
    };
    Ok(Asked::page(ticket_page(&asked.visit(step), &shown)))
}

fn on_paper(asked: &Asked, token: &FollowToken) -> Printing {
    match Receipt::of(&asked.state, &asked.device, token) {
        Receipt::None => Printing::NoPrinter,
        Receipt::ByBrowser | Receipt::OnItsWay => Printing::OnItsWay,
        Receipt::Trouble => Printing::Trouble,
    }
}

/// What is said of a paper in this state.
pub(super) fn printing(state: Option<OnPaper>) -> Printing {
    match state {
        None => Printing::NoPrinter,
        Some(OnPaper::Waiting | OnPaper::Printed) => Printing::OnItsWay,
        Some(OnPaper::OutOfReach | OnPaper::NoPaper) => Printing::Trouble,
    }
}

/// "I made a mistake."
pub(super) async fn take_back(mut asked: Asked, form: Result<Form<Pairs>, FormRejection>) -> Answer {
    let Ok(Form(pairs)) = form else { return Err(asked.nowhere()) };
    asked.choices = read(&pairs);
    let token: FollowToken = asked.part("token").parse().map_err(|_| asked.nowhere())?;
    match asked.state.parvis.act_by_token(&token, VisitorAction::TakeBack, key_of(&pairs)).await {
        Ok(follow) => Ok(asked.go(&Step::TakenBack(follow.number), &asked.choices.without_ticket())),
        Err(Problem::Refused(domain::day::Refusal::DaySuspended)) => Ok(asked.go(&Step::Ticket(token), &asked.choices)),
        Err(Problem::Refused(_)) => {
            Err(asked.notice(Step::Ticket(token), StatusCode::CONFLICT, app::visitor::kiosk::Notice::AlreadyCalled))
        }
        Err(problem) => Err(refused(&asked, Step::Ticket(token), &problem).await),
    }
}

pub(super) async fn taken_back(asked: Asked) -> Answer {
    let number = asked.part("number").parse().map_err(|_| asked.nowhere())?;
    Ok(Asked::page(taken_back_page(&asked.visit(Step::TakenBack(number)), number)))
}

#[cfg(test)]
mod tests {
    use super::{escaped, key_of};

    #[test]
    fn a_path_survives_inside_a_query() {
        assert_eq!(escaped("/k/c/fr/ticket/0?text=large&low=yes"), "/k/c/fr/ticket/0%3Ftext=large%26low=yes");
    }

    #[test]
    fn a_key_is_short_and_visible() {
        let of = |value: &str| key_of(&vec![("key".to_owned(), value.to_owned())]);
        assert_eq!(of("0192-abc"), Some("0192-abc".to_owned()));
        for wrong in ["", "a b", "é", &"x".repeat(129)] {
            assert_eq!(of(wrong), None);
        }
        assert_eq!(key_of(&Vec::new()), None);
    }
}
