//! "I have an appointment or a workshop."

use app::visitor::kiosk::{Step, expected_code, planned, told as told_page, where_planned};
use axum::{Form, extract::rejection::FormRejection};
use domain::{
    CountId,
    centre::Letter,
    day::{Command, Expected, Refusal},
};
use services::Problem;

use super::{
    asked::{Answer, Asked, Pairs, new_key, read},
    refused::refused,
    ticket::{form_id, key_of},
};

pub(super) async fn what(asked: Asked) -> Answer {
    asked.open_board(&Step::Planned).await?;
    Ok(Asked::page(planned(&asked.visit(Step::Planned))))
}

fn kind(asked: &Asked) -> Option<Expected> {
    [Expected::Appointment, Expected::Workshop].into_iter().find(|kind| expected_code(*kind) == asked.part("kind"))
}

pub(super) async fn space(asked: Asked) -> Answer {
    let kind = kind(&asked).ok_or_else(|| asked.nowhere())?;
    let step = Step::PlannedWhere(kind);
    asked.open_board(&step).await?;
    Ok(Asked::page(where_planned(&asked.visit(step), kind, &new_key())))
}

/// Tells the host who to expect where.
pub(super) async fn tell(mut asked: Asked, form: Result<Form<Pairs>, FormRejection>) -> Answer {
    let Ok(Form(pairs)) = form else { return Err(asked.nowhere()) };
    asked.choices = read(&pairs).without_ticket();
    let kind = kind(&asked).ok_or_else(|| asked.nowhere())?;
    let named = pairs.iter().find(|(name, _)| name == "space").and_then(|(_, letter)| letter.parse::<char>().ok());
    let letter = named.and_then(|c| Letter::try_from(c).ok());
    let space = asked.centre.spaces.iter().find(|s| Some(s.letter) == letter);
    let told = Step::PlannedTold(kind, space.map(|s| s.letter));
    let key = key_of(&pairs).unwrap_or_else(new_key);
    let command = Command::Announce { id: CountId(form_id(&key)), kind, space: space.map(|s| s.id) };
    match asked.state.parvis.act(&asked.actor(), asked.centre.id, command, Some(key)).await {
        // Touched twice, with another space the second time: the host knows already.
        Ok(_) | Err(Problem::Refused(Refusal::IdInUse | Refusal::KeyReused)) => Ok(asked.go(&told, &asked.choices)),
        Err(problem) => Err(refused(&asked, Step::PlannedWhere(kind), &problem).await),
    }
}

pub(super) async fn told(asked: Asked) -> Answer {
    let kind = kind(&asked).ok_or_else(|| asked.nowhere())?;
    let letter = asked.letter();
    Ok(Asked::page(told_page(&asked.visit(Step::PlannedTold(kind, letter)), letter)))
}
