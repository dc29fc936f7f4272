//! The ticket: the number very large, the way to follow it, and where to wait.

use domain::{
    centre::Space,
    day::{FollowToken, Number, Prospect},
    view::{FollowState, FollowView},
};
use leptos::prelude::*;

use super::{
    super::{outlook, receipt::qr},
    Step, Visit,
    frame::{Page, page},
    parts::{capitalised, heading, hidden, link},
};
use crate::{
    components::{Number as NumberSign, Sign, spaced},
    texts::{kiosk, words},
};

/// What happens on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printing {
    /// This kiosk has no printer.
    NoPrinter,
    /// A printer has it, or the browser prints it.
    OnItsWay,
    /// The printer is out of reach or out of paper.
    Trouble,
}

/// A ticket that was taken here.
pub struct Taken<'a> {
    /// Its token.
    pub token: &'a FollowToken,
    /// Where it stands.
    pub follow: &'a FollowView,
    /// The space where it waits; none for the welcome.
    pub space: Option<&'a Space>,
    /// The full address of the page to follow it by.
    pub follow_address: String,
    /// What happens on paper.
    pub printing: Printing,
    /// Makes a second touch on "I made a mistake" harmless.
    pub key: &'a str,
}

/// The page of a ticket that was just taken.
pub fn ticket(visit: &Visit, taken: &Taken) -> String {
    let t = &visit.texts;
    let title = match taken.follow.state {
        FollowState::Left { .. } | FollowState::NoShow | FollowState::Over | FollowState::Finished => {
            kiosk::number_over(t)
        }
        _ => kiosk::your_number(t),
    };
    page(
        visit,
        Page {
            name: "ticket",
            title: title.clone(),
            sign: taken.follow.sign,
            ask: view! { {heading(title, None)} {card(visit, taken)} <div id="paper" data-fresh>{paper(visit, taken)}</div> }
                .into_any(),
            answers: view! { {follow(visit, taken)} {where_to_wait(visit, taken)} }.into_any(),
            onward: onward(visit, taken),
        },
    )
}

fn card(visit: &Visit, taken: &Taken) -> AnyView {
    let number = taken.follow.number;
    let space = match taken.space {
        Some(space) => space.question.get(visit.language()).to_owned(),
        None => kiosk::at_the_welcome(&visit.texts),
    };
    view! {
        <section class="card" aria-label=kiosk::number_label(&visit.texts, number)>
            <p class="card-top"><Sign sign=taken.follow.sign letter=Some(number.letter.get()) /> <span>{space}</span></p>
            <p class="hero"><NumberSign of=number /></p>
            <div class="card-foot" id="state" data-fresh>{state(visit, taken)}</div>
        </section>
    }
    .into_any()
}

fn state(visit: &Visit, taken: &Taken) -> AnyView {
    let t = &visit.texts;
    let (sentence, more) = match &taken.follow.state {
        FollowState::Waiting { ahead } => {
            let nobody = outlook::is_alone(taken.follow);
            let title = if nobody { not_yet(visit, taken) } else { kiosk::before_you(t, *ahead) };
            (title, nobody.then(|| kiosk::nobody_able_yet(t)))
        }
        FollowState::Called { desk, .. } => (kiosk::your_turn(t, words::desk(t, desk)), Some(kiosk::your_turn_hint(t))),
        FollowState::InTalk { desk } => (kiosk::being_received(t, words::desk(t, desk)), None),
        FollowState::Parked { until } => (kiosk::set_aside(t, visit.time.time(t, *until)), None),
        FollowState::Left { .. } | FollowState::NoShow | FollowState::Over | FollowState::Finished => {
            (kiosk::number_over_hint(t), None)
        }
    };
    view! { <p class="ahead">{sentence}</p> {more.map(|more| view! { <p>{more}</p> })} }.into_any()
}

/// What is missing, as it was said before the ticket.
fn not_yet(visit: &Visit, taken: &Taken) -> String {
    let t = &visit.texts;
    match taken.follow.outlook.as_ref().map(|o| &o.prospect) {
        Some(Prospect::Nobody { missing }) => outlook::nobody(t, taken.follow.need.is_some(), missing),
        Some(Prospect::From { at }) => kiosk::possible_from(t, visit.time.time(t, *at)),
        Some(Prospect::Now) | None => kiosk::nobody_answers(t),
    }
}

fn paper(visit: &Visit, taken: &Taken) -> AnyView {
    let t = &visit.texts;
    let (class, sentence) = match taken.printing {
        Printing::OnItsWay => ("paper printing", kiosk::printing(t)),
        Printing::Trouble => ("paper trouble", kiosk::printer_trouble(t)),
        Printing::NoPrinter => ("paper", kiosk::remember_number(t)),
    };
    view! { <p class=class>{sentence}</p> }.into_any()
}

fn follow(visit: &Visit, taken: &Taken) -> Option<AnyView> {
    let t = &visit.texts;
    let code = qr(&taken.follow_address)?;
    let label = kiosk::code_label(t, spaced(taken.follow.number));
    Some(
        view! {
            <section class="follow">
                <div class="code" role="img" aria-label=label>{code}</div>
                <div><h2>{kiosk::follow_on_phone(t)}</h2> <p>{kiosk::follow_on_phone_hint(t)}</p></div>
            </section>
        }
        .into_any(),
    )
}

fn where_to_wait(visit: &Visit, taken: &Taken) -> AnyView {
    let t = &visit.texts;
    let directions = match taken.space {
        Some(space) => capitalised(space.directions.get(visit.language())),
        None => kiosk::wait_near_welcome(t),
    };
    view! {
        <section class="where">
            {(taken.follow.sign > 0).then(|| view! { <Sign sign=taken.follow.sign letter=Some(taken.follow.number.letter.get()) /> })}
            <div>
                <h2>{kiosk::where_to_wait(t)}</h2>
                <p>{directions}</p>
                <p>{kiosk::watch_screen(t)}</p>
            </div>
        </section>
    }
    .into_any()
}

fn onward(visit: &Visit, taken: &Taken) -> AnyView {
    let t = &visit.texts;
    let done = link(visit.fresh_start(), "button solid big", kiosk::done(t));
    let mistake = matches!(taken.follow.state, FollowState::Waiting { .. }).then(|| {
        let fields = std::iter::once(("key", taken.key.to_owned())).chain(visit.choices.without_ticket().pairs()).collect();
        let action = visit.action(&format!("{}/take-back", Step::Ticket(taken.token.clone()).path()));
        view! {
            <form method="post" action=action>{hidden(fields)} <button class="button plain">{kiosk::mistake(t)}</button></form>
        }
    });
    view! { {mistake} {done} }.into_any()
}

/// The page after "I made a mistake".
pub fn taken_back(visit: &Visit, number: Number) -> String {
    let t = &visit.texts;
    let title = kiosk::taken_back(t, spaced(number));
    page(
        visit,
        Page {
            name: "taken-back",
            title: title.clone(),
            sign: 0,
            ask: heading(title, Some(kiosk::taken_back_hint(t))),
            answers: ().into_any(),
            onward: view! {
                {link(visit.start(), "button solid big", kiosk::choose_again(t))}
                {link(visit.fresh_start(), "button plain", kiosk::done(t))}
            }
            .into_any(),
        },
    )
}
