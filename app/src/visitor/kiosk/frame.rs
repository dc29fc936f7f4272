//! What is on every page: the place's name, the languages, reading comfort, and what the script shows when needed.

use domain::centre::Centre;
use leptos::prelude::*;

use super::{
    super::{Head, catalogue::Look, document},
    Choices, Step, TextSize, Visit,
    parts::{capitalised, direction},
};
use crate::texts::{common, kiosk, notebook, own_name};

/// The parts of one page.
pub(in crate::visitor) struct Page {
    /// Its name for the style sheet and for the script.
    pub name: &'static str,
    /// The heading, for the window's title.
    pub title: String,
    /// The space whose colours it wears; 0 for none.
    pub sign: u8,
    /// The question.
    pub ask: AnyView,
    /// The answers.
    pub answers: AnyView,
    /// Where to go from here.
    pub onward: AnyView,
}

/// The whole document of a page.
pub(in crate::visitor) fn page(visit: &Visit, page: Page) -> String {
    let head = Head {
        title: format!("{} · {}", page.title, visit.centre.name.get(visit.language())),
        // Without script the page still forgets by itself; twice as late, because it cannot ask first.
        refresh: (!visit.is_open()).then(|| visit.centre.policies.kiosk_idle_seconds.saturating_mul(2)),
        refresh_to: Some(visit.fresh_start()),
        class: screen_class(&visit.choices),
        ..visit.head.clone()
    };
    document(&visit.texts, head, || body(visit, page))
}

/// The classes that set the screen.
fn screen_class(choices: &Choices) -> String {
    let size = match choices.text {
        TextSize::Normal => "normal",
        TextSize::Large => "large",
        TextSize::Largest => "largest",
    };
    if choices.low { format!("{size} low") } else { size.into() }
}

fn body(visit: &Visit, page: Page) -> AnyView {
    let t = &visit.texts;
    let space = if page.sign > 0 { format!(" space-{}", page.sign) } else { String::new() };
    let around = if matches!(visit.step, Step::Look(..)) { " around" } else { "" };
    let name = visit.centre.name.get(visit.language()).to_owned();
    let promise = if visit.demo { common::demo(t) } else { kiosk::free_and_anonymous(t) };
    view! {
        <body
            class=format!("kiosk {}{around}{space}", page.name)
            data-page=page.name
            data-idle=visit.centre.policies.kiosk_idle_seconds.to_string()
            data-start=visit.fresh_start()
            data-live=(!visit.is_open()).then(|| format!("/api/v1/centres/{}/display/live", visit.centre.slug))
        >
            <div class="page" class:held=!visit.is_open()>
                // What is longer than the screen is moved in here, so that the bar covers nothing.
                <div class="pane">
                    <header class="top">
                        <p class="place">{name}</p>
                        {notebook(visit)}
                        <p class="promise" class:demo=visit.demo>{promise}</p>
                    </header>
                    <main>
                        <div class="ask">{page.ask}</div>
                        <div class="answers">{page.answers}</div>
                        <div class="onward">{page.onward}</div>
                    </main>
                </div>
                <footer class="bar">{languages(visit)} {comfort(visit)}</footer>
            </div>
            {(!visit.is_open()).then(|| dialogs(visit))}
        </body>
    }
    .into_any()
}

/// The way to what was kept, from wherever one is.
fn notebook(visit: &Visit) -> Option<AnyView> {
    let kept = visit.choices.notebook.len();
    let address = visit.with(&visit.look_step(Look::Notebook), &visit.choices.without_ticket());
    let words = notebook::pill(&visit.texts, u32::try_from(kept).unwrap_or(u32::MAX));
    (kept > 0).then(|| view! { <a class="pill notebook" href=address>{words}</a> }.into_any())
}

fn languages(visit: &Visit) -> AnyView {
    let links = visit.centre.languages.iter().map(|language| {
        let here = (language == visit.language()).then_some("true");
        let address = visit.step.address(visit.centre, language, &visit.choices);
        view! {
            <li>
                <a class="pill" href=address lang=language.code().to_owned() dir=direction(language) aria-current=here>
                    {capitalised(own_name(language))}
                </a>
            </li>
        }
    });
    view! { <nav aria-label=common::language_switch(&visit.texts)><ul class="languages">{links.collect_view()}</ul></nav> }
        .into_any()
}

fn comfort(visit: &Visit) -> AnyView {
    let t = &visit.texts;
    // A browser of one's own has its own ways to show things larger.
    let screen = (!visit.is_open()).then(|| screen(visit));
    view! {
        <nav class="comfort" aria-label=kiosk::screen_comfort(t)>
            <button type="button" class="pill tool listen" data-listen data-stop=kiosk::stop_listening(t) hidden=true>
                {kiosk::listen(t)}
            </button>
            {screen}
        </nav>
    }
    .into_any()
}

fn screen(visit: &Visit) -> AnyView {
    let t = &visit.texts;
    let text = visit.choices.text.next();
    let size = visit.with(&visit.step, &Choices { text, ..visit.choices.clone() });
    let size_name = if text == TextSize::Normal { kiosk::normal_size(t) } else { kiosk::bigger(t) };
    let height = visit.with(&visit.step, &Choices { low: !visit.choices.low, ..visit.choices.clone() });
    let height_name = if visit.choices.low { kiosk::higher(t) } else { kiosk::lower(t) };
    view! {
        <a class="pill tool size" href=size>{size_name}</a>
        <a class="pill tool height" href=height>{height_name}</a>
    }
    .into_any()
}

/// Shown by the script: the words are here, so that none is in the script.
fn dialogs(visit: &Visit) -> AnyView {
    let t = &visit.texts;
    view! {
        <dialog id="idle" aria-labelledby="idle-title">
            <h2 id="idle-title">{kiosk::still_there(t)}</h2>
            <p>{kiosk::still_there_hint(t)}</p>
            <p class="countdown" aria-hidden="true"><output></output></p>
            <form method="dialog">
                <button class="button solid" value="stay">{kiosk::still_here(t)}</button>
                <button class="button plain" value="leave">{kiosk::back_to_start(t)}</button>
            </form>
        </dialog>
        {offline(visit.centre, visit)}
    }
    .into_any()
}

/// Every language at once: who stands there now may not be who chose the language.
fn offline(centre: &Centre, visit: &Visit) -> AnyView {
    let others = centre.languages.iter().filter(|l| *l != visit.language());
    let said = std::iter::once(visit.language()).chain(others).map(|language| {
        let t = crate::texts::Texts::of(language);
        view! {
            <div lang=t.language().code().to_owned() dir=t.direction()>
                <h2>{kiosk::offline(&t)}</h2>
                <p data-not-done="" hidden=true><strong>{kiosk::offline_not_done(&t)}</strong></p>
                <p>{kiosk::offline_hint(&t)}</p>
            </div>
        }
    });
    view! { <dialog id="offline" aria-label=kiosk::offline(&visit.texts)>{said.collect_view()}</dialog> }.into_any()
}
