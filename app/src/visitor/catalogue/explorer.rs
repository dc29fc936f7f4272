//! The interest explorer: a picture and three replies at a time, then a profile and occupations.

use domain::catalogue::{
    Interest,
    explorer::{Profile, Replies, Reply, STATEMENTS},
};
use leptos::prelude::*;
use services::catalogue::Library;

use super::{
    Look, names,
    notebook::keep_profile,
    parts::{other_ways, row, talk_instead},
};
use crate::{
    texts::{look, words},
    visitor::kiosk::{Page, Visit, back, heading, page},
};

/// Occupations that are shown.
const OCCUPATIONS: usize = 12;
/// Letters of a name that stand beside the hexagon in one line.
const LONG: usize = 16;
/// From one line of a name to the next, in the hexagon's own unit.
const LINE: f64 = 17.0;

/// The next statement, or what the replies say.
pub fn explorer(visit: &Visit, library: &Library, replies: &Replies) -> String {
    match replies.next() {
        Some(next) => statement(visit, replies, next),
        None => result(visit, library, replies),
    }
}

fn statement(visit: &Visit, replies: &Replies, next: usize) -> String {
    let t = &visit.texts;
    let to = |reply| visit.look(Look::Explorer(replies.and(reply)));
    let answers = [
        (Reply::Yes, "thumbs-up", look::reply_yes(t)),
        (Reply::Maybe, "star", look::reply_maybe(t)),
        (Reply::No, "thumbs-down", look::reply_no(t)),
    ];
    let answers = answers.map(|(reply, icon, words)| {
        view! {
            <a class=format!("reply {icon}") href=to(reply)>
                <span class=format!("icon icon-{icon}") aria-hidden="true"></span>
                {words}
            </a>
        }
    });
    let before = if replies.given() == 0 { Look::Home } else { Look::Explorer(replies.back()) };
    let done = look::explorer_progress(t, (next + 1).to_string(), STATEMENTS.to_string());
    page(
        visit,
        Page {
            name: "explorer",
            title: look::explorer(t),
            sign: 0,
            ask: view! { <p class="eyebrow">{look::explorer_title(t)}</p> {heading(names::activity(t, next), Some(done))} }
                .into_any(),
            answers: view! {
                <span class=format!("icon activity icon-do-{:02}", next + 1) aria-hidden="true"></span>
                <progress max=STATEMENTS.to_string() value=next.to_string() aria-hidden="true"></progress>
                <div class="replies">{answers.into_iter().collect_view()}</div>
            }
            .into_any(),
            onward: view! {
                {back(t, visit.look(before))}
                <a class="button plain" href=to(Reply::Skipped)>{look::reply_skip(t)}</a>
            }
            .into_any(),
        },
    )
}

fn result(visit: &Visit, library: &Library, replies: &Replies) -> String {
    let t = &visit.texts;
    let title = look::explorer_result(t);
    let answers = match replies.profile() {
        None => view! { <p class="note">{look::explorer_too_few(t)}</p> {other_ways(visit)} }.into_any(),
        Some(profile) => {
            let flat = || view! { <p class="note">{look::explorer_flat(t)}</p> {other_ways(visit)} };
            let flat = profile.is_flat().then(flat);
            let occupations = (!profile.is_flat()).then(|| occupations(visit, library, profile));
            view! { {hexagon(visit, profile)} {table(visit, profile)} {keep_profile(visit, profile)} {flat} {occupations} }
                .into_any()
        }
    };
    let again = visit.look(Look::Explorer(Replies::default()));
    page(
        visit,
        Page {
            name: "profile",
            title: title.clone(),
            sign: 0,
            ask: heading(title, Some(look::explorer_careful(t))),
            answers,
            onward: view! {
                {back(t, visit.look(Look::Home))}
                <a class="button plain" href=again>{look::explorer_again(t)}</a>
                {talk_instead(visit, look::talk_instead(t))}
            }
            .into_any(),
        },
    )
}

/// A point of the hexagon: at the corner of an interest, this far from the middle (0 to 100).
fn point(interest: Interest, far: f64) -> (f64, f64) {
    let corner = f64::from(interest as u8) * std::f64::consts::FRAC_PI_3 - std::f64::consts::FRAC_PI_2;
    (far * corner.cos(), far * corner.sin())
}

fn shape(far: impl Fn(Interest) -> f64) -> String {
    let points = Interest::ALL.map(|interest| {
        let (x, y) = point(interest, far(interest));
        format!("{x:.1},{y:.1}")
    });
    points.join(" ")
}

/// The picture of a profile; the table below says the same.
fn hexagon(visit: &Visit, profile: Profile) -> AnyView {
    let t = &visit.texts;
    let rings = [33.3, 66.6, 100.0].map(|far| view! { <polygon class="ring" points=shape(|_| far) /> });
    // Even nothing is a point that one sees.
    let own = shape(|interest| f64::from(profile.of(interest)).max(6.0));
    let names = Interest::ALL.map(|interest| {
        let (x, y) = point(interest, 118.0);
        let anchor = match x {
            ..-20.0 => "end",
            20.0.. => "start",
            _ => "middle",
        };
        let lines = in_two_lines(&words::interest(t, interest));
        // Away from the shape: the lower names go down, the others up.
        let first = if y > 0.0 { y + 4.0 } else { y + 4.0 - LINE * f64::from(lines.len() > 1) };
        let lines = lines.into_iter().zip(0_u8..).map(move |(line, n)| {
            let y = first + LINE * f64::from(n);
            view! { <tspan x=format!("{x:.1}") y=format!("{y:.1}")>{line}</tspan> }
        });
        view! { <text text-anchor=anchor>{lines.collect_view()}</text> }
    });
    view! {
        <svg class="hexagon" viewBox="-240 -160 480 320" aria-hidden="true" direction="ltr">
            {rings.into_iter().collect_view()}
            <polygon class="own" points=own />
            {names.into_iter().collect_view()}
        </svg>
    }
    .into_any()
}

/// Long names are broken at the space nearest to their middle.
fn in_two_lines(name: &str) -> Vec<String> {
    let middle = name.len() / 2;
    let space = name.match_indices(' ').map(|(at, _)| at).min_by_key(|at| at.abs_diff(middle));
    match space.filter(|_| name.chars().count() > LONG) {
        Some(at) => vec![name[..at].to_owned(), name[at + 1..].to_owned()],
        None => vec![name.to_owned()],
    }
}

fn table(visit: &Visit, profile: Profile) -> AnyView {
    let t = &visit.texts;
    let rows = profile.order().map(|interest| {
        let percent = profile.of(interest);
        view! {
            <tr>
                <th scope="row">{words::interest(t, interest)} <small>{names::interest_about(t, interest)}</small></th>
                <td>{look::profile_strength(t, percent.to_string())}</td>
            </tr>
        }
    });
    view! {
        <table class="profile-table">
            <caption>{look::profile_table(t)}</caption>
            <tbody>{rows.into_iter().collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Occupations with the reason why they are there.
fn occupations(visit: &Visit, library: &Library, profile: Profile) -> AnyView {
    let t = &visit.texts;
    let rows = library.fitting(&profile, visit.language(), OCCUPATIONS).into_iter().filter_map(|(entry, _)| {
        let liked = entry.record.interests.iter().filter(|i| profile.of(**i) >= 50);
        let liked: Vec<_> = liked.map(|interest| words::interest(t, *interest)).collect();
        let why = (!liked.is_empty()).then(|| look::because_interest(t, liked.join(", ")));
        let row = row(visit, entry)?;
        Some(view! { {row} {why.map(|why| view! { <li class="why">{why}</li> })} })
    });
    view! { <section><h2>{look::fitting_occupations(t)}</h2> <ul class="rows">{rows.collect_view()}</ul></section> }
        .into_any()
}
