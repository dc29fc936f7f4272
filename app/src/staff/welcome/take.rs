//! A ticket for a visitor who prefers to be helped, or who calls by telephone.

use std::collections::BTreeSet;

use domain::{
    Language,
    catalogue::Notebook,
    centre::Accommodation,
    day::{Channel, ForWhom, PartySize, Question, Request, TalkLanguage},
};
use leptos::prelude::*;

use super::{
    WelcomeState,
    api::{Given, take_ticket},
};
use crate::{
    components::{Number, Sign, sign_class},
    staff::parts::{Action, Panel, Weight},
    texts::{desk, language_name, use_texts, welcome, words},
};

/// How somebody wishes to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Speaks,
    Accompanied,
    Interpreter,
}

/// What was chosen so far.
#[derive(Clone, Copy)]
struct Form {
    /// None before one was chosen; the welcome is a choice like any other.
    question: RwSignal<Option<Question>>,
    language: RwSignal<Language>,
    how: RwSignal<How>,
    party: RwSignal<u8>,
    for_whom: RwSignal<ForWhom>,
    channel: RwSignal<Channel>,
    accommodations: RwSignal<BTreeSet<Accommodation>>,
    slip: RwSignal<String>,
}

impl Form {
    fn new(language: Language) -> Self {
        Self {
            question: RwSignal::new(None),
            language: RwSignal::new(language),
            how: RwSignal::new(How::Speaks),
            party: RwSignal::new(1),
            for_whom: RwSignal::new(ForWhom::Me),
            channel: RwSignal::new(Channel::Here),
            accommodations: RwSignal::new(BTreeSet::new()),
            slip: RwSignal::new(String::new()),
        }
    }

    /// The request; its paper and phone page are in the visitor's language where the screens speak it.
    fn request(self, question: Question, screens: &[Language]) -> Request {
        let spoken = self.language.get_untracked();
        let first = screens.first().cloned().unwrap_or_else(Language::french);
        Request {
            need: question.need(),
            language: screens.iter().find(|l| **l == spoken).cloned().unwrap_or(first),
            talk: match self.how.get_untracked() {
                How::Speaks => TalkLanguage::Speaks(spoken),
                How::Accompanied => TalkLanguage::Accompanied(spoken),
                How::Interpreter => TalkLanguage::NeedsInterpreter(spoken),
            },
            party: PartySize::try_from(self.party.get_untracked()).unwrap_or_default(),
            for_whom: self.for_whom.get_untracked(),
            channel: self.channel.get_untracked(),
            accommodations: self.accommodations.get_untracked(),
            notebook: Notebook::default(),
        }
    }
}

#[component]
pub(super) fn Take() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let form = Form::new(state.centre(domain::centre::Centre::language));
    state.given.set(None);
    let take = Callback::new(move |()| {
        let Some(question) = form.question.get_untracked() else { return };
        let centre = state.acts.centre();
        let request = form.request(question, &state.centre(|c| c.languages.clone()));
        let slip = Some(form.slip.get_untracked()).filter(|s| !s.trim().is_empty());
        state.acts.run_then(
            move |key| take_ticket(centre, request.clone(), slip.clone(), key),
            move |given| {
                state.given.try_set(Some(given));
                state.reload();
            },
        );
    });
    let body = move || match state.given.get() {
        Some(given) => view! { <Taken given /> }.into_any(),
        None => view! { <Choices form /><TakeNow take form /> }.into_any(),
    };
    view! { <Panel title=welcome::take(&t) close=state.close_panel()>{body}</Panel> }.into_any()
}

#[component]
fn TakeNow(take: Callback<()>, form: Form) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let open = Memo::new(move |_| state.is_day_open());
    let chosen = move || form.question.with(Option::is_some);
    let ready = Signal::derive(move || open.get() && chosen());
    let hint = Signal::derive(move || match (open.get(), chosen()) {
        (false, _) => welcome::take_not_now(&state.t()),
        (true, false) => welcome::take_choose(&state.t()),
        (true, true) => String::new(),
    });
    view! {
        <div class="panel-foot"><Action label=welcome::take_now(&t) act=take weight=Weight::Main ready=ready hint=hint /></div>
    }
    .into_any()
}

/// The number, to be read out or handed over.
#[component]
fn Taken(given: Given) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let aloud = match given.channel {
        Channel::Here => welcome::called_on_display(&t),
        Channel::Phone | Channel::Video => welcome::read_out(&t),
    };
    let again = Callback::new(move |()| state.given.set(None));
    let sign = state.centre(|c| c.sign_of(given.number.letter));
    view! {
        <div class=format!("given {}", sign_class(sign)) role="status">
            <p class="given-number"><Number of=given.number /></p>
            <p>{welcome::ahead(&t, given.ahead)}" · "{aloud}</p>
            <div class="row-acts">
                <a class="pill" href=given.print target="_blank" rel="external">{welcome::print(&t)}</a>
                <Action label=welcome::another(&t) act=again weight=Weight::Quiet />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Choices(form: Form) -> impl IntoView {
    let t = use_texts();
    view! {
        <NeedTiles chosen=form.question />
        <div class="take-rest">
            <Talk form />
            <fieldset class="take-set">
                <legend>{welcome::channel(&t)}</legend>
                <div class="ticks">
                    <Choice name="channel" label=welcome::here(&t) value=Channel::Here chosen=form.channel />
                    <Choice name="channel" label=desk::by_phone(&t) value=Channel::Phone chosen=form.channel />
                    <Choice name="channel" label=desk::by_video(&t) value=Channel::Video chosen=form.channel />
                </div>
            </fieldset>
            <fieldset class="take-set">
                <legend>{welcome::party(&t)}</legend>
                <div class="ticks">
                    {(1..=9_u8).map(|n| view! { <Choice name="party" label=n.to_string() value=n chosen=form.party /> }.into_any()).collect_view()}
                </div>
            </fieldset>
            <fieldset class="take-set">
                <legend>{welcome::for_whom(&t)}</legend>
                <div class="ticks">
                    <Choice name="for" label=welcome::for_me(&t) value=ForWhom::Me chosen=form.for_whom />
                    <Choice name="for" label=desk::for_child(&t) value=ForWhom::MyChild chosen=form.for_whom />
                    <Choice name="for" label=desk::for_someone(&t) value=ForWhom::SomeoneIHelp chosen=form.for_whom />
                </div>
            </fieldset>
            <Accommodations chosen=form.accommodations />
            <label class="take-set inline-field">
                {welcome::slip(&t)}
                <input dir="ltr" autocomplete="off" maxlength="40" on:input=move |e| form.slip.set(event_target_value(&e)) />
            </label>
        </div>
    }
    .into_any()
}

/// One of several.
#[component]
fn Choice<T>(name: &'static str, label: String, value: T, chosen: RwSignal<T>) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    view! {
        <label class="tick">
            <input type="radio" name=name prop:checked=move || chosen.get() == value on:change=move |_| chosen.set(value) />
            {label}
        </label>
    }
    .into_any()
}

/// Every need under its space, and the welcome for whoever does not know.
#[component]
fn NeedTiles(chosen: RwSignal<Option<Question>>) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let language = state.language();
    let button = move |question: Question, label: String| {
        let closed = move || question.need().is_some_and(|n| state.view.with(|v| v.closed_needs.contains_key(&n)));
        let now = move || (chosen.get() == Some(question)).then_some("true");
        view! {
            <li>
                <button type="button" class="need" disabled=closed aria-current=now on:click=move |_| chosen.set(Some(question))>{label}</button>
            </li>
        }
        .into_any()
    };
    let groups = state.centre(|c| {
        c.spaces
            .iter()
            .map(|s| {
                let needs = c
                    .needs_of(s.id)
                    .map(|n| button(Question::Need(n.id), n.label.get(&language).to_owned()))
                    .collect_view();
                view! {
                    <section class=format!("needs {}", sign_class(s.sign))>
                        <h3><Sign sign=s.sign letter=Some(s.letter.get()) />{s.name.get(&language).to_owned()}</h3>
                        <ul>{needs}</ul>
                    </section>
                }
                .into_any()
            })
            .collect_view()
    });
    view! {
        <div class="needs-all">
            {groups}
            <section class="needs space-0">
                <h3>{welcome::not_sure(&t)}</h3>
                <ul>{button(Question::Welcome, desk::welcome_need(&t))}</ul>
            </section>
        </div>
    }
    .into_any()
}

/// The language of the talk: asked, never guessed.
#[component]
fn Talk(form: Form) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let now = form.language.get_untracked();
    let options = state.centre(|c| {
        let option = |l: &Language| {
            view! { <option value=l.code().to_owned() selected=*l == now>{language_name(&t, l)}</option> }.into_any()
        };
        c.talk_languages.iter().map(option).collect_view()
    });
    let set = move |e| {
        if let Ok(language) = event_target_value(&e).parse() {
            form.language.set(language);
        }
    };
    view! {
        <fieldset class="take-set">
            <legend>{welcome::talk_language(&t)}</legend>
            <div class="ticks">
                <select aria-label=welcome::talk_language(&t) on:change=set>{options}</select>
                <Choice name="how" label=welcome::speaks(&t) value=How::Speaks chosen=form.how />
                <Choice name="how" label=welcome::accompanied(&t) value=How::Accompanied chosen=form.how />
                <Choice name="how" label=welcome::interpreter(&t) value=How::Interpreter chosen=form.how />
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Accommodations(chosen: RwSignal<BTreeSet<Accommodation>>) -> impl IntoView {
    let t = use_texts();
    let boxes = Accommodation::ALL.map(|a| {
        let change = move |_| {
            chosen.update(|c| {
                if !c.remove(&a) {
                    c.insert(a);
                }
            })
        };
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=move || chosen.with(|c| c.contains(&a)) on:change=change />
                {words::accommodation(&t, a)}
            </label>
        }
        .into_any()
    });
    view! {
        <fieldset class="take-set">
            <legend>{welcome::accommodations(&t)}</legend>
            <div class="ticks">{boxes.into_iter().collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
