//! The call display: read from eight metres, by everybody. Never a need in words.
//!
//! Everything that a screen can have to say is in the page, so that its script has no text of its own. Without script
//! the page is fetched again every few seconds.

#[cfg(test)]
mod tests;

use domain::{
    Instant, Language,
    centre::{Centre, Letter},
    day::{Message, ReadyMessage, SuspendReason},
    staff::Arrow,
    view::{Board, CallLine, DayState},
};
use leptos::prelude::*;

use super::{
    Head, document, forms, long,
    phone::{plain, ready_name, reason_name},
};
use crate::{
    components::{Exit, Number, Sign, sign_class},
    texts::{CentreTime, Texts, common, display, screen_languages, use_texts, words},
};

/// What the page is made from.
#[derive(Clone, Debug)]
pub struct DisplayData<'a> {
    /// The centre.
    pub centre: &'a Centre,
    /// Its newest board.
    pub board: &'a Board,
    /// The language of the fixed texts.
    pub language: &'a Language,
    /// Whether messages are shown in every language of the centre in turn, or in the display's own only.
    pub in_turn: bool,
    /// Where the arrow of this display points.
    pub arrow: Arrow,
    /// The centre's clock.
    pub time: CentreTime,
    /// Now.
    pub now: Instant,
}

/// Seconds after which a browser without script fetches the page again.
const REFRESH_SECONDS: u32 = 10;
/// How many recent calls a screen has room for.
const RECENT: usize = 5;
const REASONS: [SuspendReason; 4] =
    [SuspendReason::FireAlarm, SuspendReason::PowerCut, SuspendReason::Interruption, SuspendReason::Other];

/// The page of a display.
pub fn page(data: &DisplayData, head: Head) -> String {
    let t = Texts::of(data.language);
    let title = display::title(&t, data.centre.name.get(t.language()));
    document(&t, Head { title, refresh: Some(REFRESH_SECONDS), ..head }, || body(data))
}

fn body(data: &DisplayData) -> AnyView {
    let t = use_texts();
    view! {
        <body
            class="display"
            data-state=state_name(data.board.state)
            data-live=format!("/api/v1/centres/{}/display/live", data.centre.slug)
            data-zone=data.centre.time_zone.clone()
            data-clock=plain(&common::clock(&t, "{hour}", "{minute}"))
            data-desk=common::desk_capital(&t, "{desk}")
            data-welcome=common::welcome_capital(&t)
        >
            <main>
                <h1 class="unseen">{display::title(&t, data.centre.name.get(t.language()))}</h1>
                {current(data)}
                {idle(data, data.board.calls.is_empty())}
                {recent(data)}
                {lines(data)}
            </main>
            {closed(data)}
            {halts(data)}
            {notes(data)}
            {templates(data)}
        </body>
    }
    .into_any()
}

/// The call that is read from afar: the number, and below it sign, desk and arrow.
fn current(data: &DisplayData) -> AnyView {
    let t = use_texts();
    let call = data.board.calls.first();
    let desk = call.map(|c| c.desk.as_str()).unwrap_or_default();
    view! {
        <section
            class=format!("now {}", sign_class(call.map_or(0, |c| c.sign)))
            data-now=""
            aria-live="assertive"
            hidden=call.is_none()
        >
            <p class="hero" data-hero="">{call.map(|c| view! { <Number of=c.number /> })}</p>
            <div class="to-desk">
                <div class="big-sign" data-big-sign="">
                    {call.map(|c| view! { <Sign sign=c.sign letter=Some(c.number.letter.get()) /> })}
                </div>
                <p class="desk" data-hero-desk="" data-long=long(desk)>{call.map(|_| words::desk_capital(&t, desk))}</p>
                {arrow(data.arrow)}
            </div>
        </section>
    }
    .into_any()
}

fn arrow(arrow: Arrow) -> Option<AnyView> {
    let t = use_texts();
    let (name, label, path) = match arrow {
        Arrow::None => return None,
        Arrow::Left => ("left", display::arrow_left(&t), "M22 12H3M11 3 2 12l9 9"),
        Arrow::Right => ("right", display::arrow_right(&t), "M2 12h19M13 3l9 9-9 9"),
        Arrow::Ahead => ("ahead", display::arrow_ahead(&t), "M12 22V3M3 11l9-9 9 9"),
        Arrow::Behind => ("behind", display::arrow_behind(&t), "M20 22V9a6 6 0 0 0-12 0v9M2 12l6 7 6-7"),
        Arrow::Up => ("up", display::arrow_up(&t), "M1 22h6v-5h6v-5h6v-5h4M3 11l8-8M5 2h7v7"),
        Arrow::Down => ("down", display::arrow_down(&t), "M1 7h4v5h6v5h6v5h6M14 2l8 8M23 3v8h-8"),
    };
    // The arrow is of the room, not of the text: it points the same way in every language.
    let drawing = view! {
        <svg class="arrow" data-arrow=name viewBox="0 0 24 24" role="img" aria-label=label>
            <path d=path></path>
        </svg>
    };
    Some(drawing.into_any())
}

/// What is there before the first call.
fn idle(data: &DisplayData, shown: bool) -> AnyView {
    let t = use_texts();
    view! {
        <section class="idle" data-idle="" hidden=!shown>
            <p class="centre">{data.centre.name.get(t.language()).to_owned()}</p>
            <p class="hero">{display::idle(&t)}</p>
            <p class="how">{display::idle_how(&t)}</p>
            <p class="signs" aria-hidden="true">
                {data.centre.spaces.iter().map(|s| view! { <Sign sign=s.sign letter=Some(s.letter.get()) /> }).collect_view()}
            </p>
        </section>
    }
    .into_any()
}

fn recent(data: &DisplayData) -> AnyView {
    let t = use_texts();
    let rows = data.board.calls.iter().skip(1).take(RECENT).map(|c| row(c.sign, c.number.letter.get(), Some(c)));
    view! {
        <aside>
            <h2 hidden=data.board.calls.len() < 2 data-recent-title="">{display::recent(&t)}</h2>
            <ol data-recent="">{rows.collect_view()}</ol>
            {on_break(data)}
            {message(data)}
        </aside>
    }
    .into_any()
}

fn row(sign: u8, letter: char, call: Option<&CallLine>) -> AnyView {
    let desk = call.map(|c| c.desk.clone()).unwrap_or_default();
    view! {
        <li class=sign_class(sign)>
            <Sign sign=sign letter=Some(letter) />
            {call.map_or_else(|| view! { <bdi class="number" dir="ltr"></bdi> }.into_any(), |c| view! { <Number of=c.number /> }.into_any())}
            <span class="to" data-long=long(&desk)>{call.map(|c| words::desk_capital(&use_texts(), &c.desk))}</span>
        </li>
    }
    .into_any()
}

/// The break that comes soon, or that there is now, in the languages of the messages.
fn on_break(data: &DisplayData) -> AnyView {
    let told = data.board.told_break;
    let said = languages(data).into_iter().map(|language| {
        let t = Texts::of(&language);
        let words =
            told.map(|told| common::break_told(&t, data.time.time(&t, told.of.from), data.time.time(&t, told.of.to)));
        let form = common::break_told(&t, "{from}", "{to}");
        let clock = plain(&common::clock(&t, "{hour}", "{minute}"));
        view! { <p lang=language.code().to_owned() dir=t.direction() data-form=form data-clock=clock>{words}</p> }
    });
    view! { <section class="message" data-break="" hidden=told.is_none()>{said.collect_view()}</section> }.into_any()
}

/// The message to everybody who waits, in one language or in each.
fn message(data: &DisplayData) -> AnyView {
    let t = use_texts();
    let said = data.board.message.as_ref();
    let ready = languages(data).into_iter().flat_map(|language| {
        let t = Texts::of(&language);
        ReadyMessage::ALL.map(|m| {
            let hidden = said != Some(&Message::Ready(m));
            view! {
                <p lang=language.code().to_owned() dir=t.direction() data-say=ready_name(m) hidden=hidden>
                    {words::ready_message(&t, m)}
                </p>
            }
        })
    });
    let own = match said {
        Some(Message::Words(words)) => words.clone(),
        _ => String::new(),
    };
    view! {
        <section class="message" data-message="" hidden=said.is_none()>
            <h2>{display::message(&t)}</h2>
            {ready.collect_view()}
            <p data-say="words" dir="auto" hidden=own.is_empty()>{own.clone()}</p>
        </section>
    }
    .into_any()
}

/// How many wait, space by space, and the time.
fn lines(data: &DisplayData) -> AnyView {
    let t = use_texts();
    let spaces = data
        .board
        .spaces
        .iter()
        .map(|s| line(s.sign, s.letter, s.waiting, s.closed.is_some(), s.id.to_string(), false));
    let welcome = line(
        0,
        data.centre.policies.welcome_letter,
        data.board.welcome_waiting,
        false,
        "welcome".to_owned(),
        data.board.welcome_waiting == 0,
    );
    let local = data.time.local(data.now);
    let clock = common::clock(&t, local.format("%-H").to_string(), local.format("%M").to_string());
    view! {
        <footer>
            <ul>{spaces.collect_view()}{welcome}</ul>
            <time data-time="">{plain(&clock)}</time>
        </footer>
    }
    .into_any()
}

fn line(sign: u8, letter: Letter, waiting: u32, closed: bool, id: String, hidden: bool) -> AnyView {
    let t = use_texts();
    let label = |n| if sign == 0 { display::welcome(&t, n) } else { display::waiting(&t, n) };
    view! {
        <li class=sign_class(sign) data-space=id hidden=hidden>
            <Sign sign=sign letter=Some(letter.get()) />
            <b data-waiting="">{waiting}</b>
            <span data-taking=forms(label) hidden=closed>{label(waiting)}</span>
            <span data-no-more="" hidden=!closed>{display::no_more(&t)}</span>
        </li>
    }
    .into_any()
}

fn closed(data: &DisplayData) -> AnyView {
    let one = |language: Language| {
        let t = Texts::of(&language);
        let name = data.centre.name.get(&language).to_owned();
        view! {
            <div lang=language.code().to_owned() dir=t.direction()>
                <p class="name">{name}</p>
                <p class="big">{display::closed(&t)}</p>
                <p>{display::closed_back(&t)}</p>
            </div>
        }
    };
    let hidden = data.board.state != DayState::Closed;
    view! {
        <section class="full closed" role="status" data-for-state="closed" hidden=hidden>
            <div class="said">{every_language(data).into_iter().map(one).collect_view()}</div>
        </section>
    }
    .into_any()
}

/// What to do while everything stands still, in every language of the centre at once.
fn halts(data: &DisplayData) -> AnyView {
    let one = |reason: SuspendReason| {
        let said = every_language(data).into_iter().map(|language| {
            let t = Texts::of(&language);
            let sentence = words::suspension(&t, reason);
            // The first sentence is what everybody has to see.
            let (what, then) = sentence.split_once(". ").unwrap_or((sentence.as_str(), ""));
            view! {
                <div lang=language.code().to_owned() dir=t.direction()>
                    <p class="big">{what.to_owned()}</p>
                    <p>{then.to_owned()}</p>
                </div>
            }
        });
        let name = reason_name(reason);
        let hidden = data.board.state != DayState::Suspended { reason };
        view! {
            <section class=format!("full halt {name}") role="alert" data-for-state=name hidden=hidden>
                <div class="said">{said.collect_view()}</div>
                {(reason == SuspendReason::FireAlarm).then(|| view! { <Exit /> })}
            </section>
        }
    };
    REASONS.map(one).collect_view().into_any()
}

/// What the screen says about itself.
fn notes(data: &DisplayData) -> AnyView {
    let t = use_texts();
    let lost = every_language(data).into_iter().map(|language| {
        let t = Texts::of(&language);
        let form = display::stale(&t, "{time}");
        let clock = plain(&common::clock(&t, "{hour}", "{minute}"));
        view! {
            <div lang=language.code().to_owned() dir=t.direction()>
                <p class="big">{display::lost(&t)}</p>
                <p data-since=form data-clock=clock></p>
            </div>
        }
    });
    let stale = every_language(data).into_iter().map(|language| {
        let t = Texts::of(&language);
        let (form, clock) = (display::stale(&t, "{time}"), plain(&common::clock(&t, "{hour}", "{minute}")));
        view! { <p lang=language.code().to_owned() dir=t.direction() data-since=form data-clock=clock></p> }
    });
    view! {
        <section class="stale" role="status" data-stale="" hidden=true>{stale.collect_view()}</section>
        <section class="full lost" data-lost="" hidden=true><div class="said">{lost.collect_view()}</div></section>
        <button type="button" class="silent" data-silent="" hidden=true>{display::silent(&t)}</button>
    }
    .into_any()
}

/// The rows that the script copies: one per sign, so that it draws nothing itself.
fn templates(data: &DisplayData) -> AnyView {
    let mut signs: Vec<u8> = data.centre.spaces.iter().map(|s| s.sign).chain([0]).collect();
    signs.sort_unstable();
    signs.dedup();
    let one = |sign: u8| {
        let id = format!("row-{sign}");
        view! { <template id=id>{row(sign, ' ', None)}</template> }
    };
    signs.into_iter().map(one).collect_view().into_any()
}

/// Languages of the messages: the display's own first.
fn languages(data: &DisplayData) -> Vec<Language> {
    if data.in_turn { every_language(data) } else { vec![Texts::of(data.language).language().clone()] }
}

/// Every language of the centre that the screens speak: the display's own first.
fn every_language(data: &DisplayData) -> Vec<Language> {
    let own = Texts::of(data.language).language().clone();
    let others = data.centre.languages.iter().filter(|l| **l != own && screen_languages().contains(l)).cloned();
    std::iter::once(own.clone()).chain(others).collect()
}

fn state_name(state: DayState) -> &'static str {
    match state {
        DayState::Open => "open",
        DayState::Closed => "closed",
        DayState::Suspended { reason } => reason_name(reason),
    }
}
