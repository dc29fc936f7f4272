//! The first column: who waits for this desk, who waits for others, who is set aside.

use domain::{
    TicketId,
    day::{Claim, Command, Flag, Stage},
    view::{Crowd, DeskView, LineItem},
};
use leptos::prelude::*;

use super::{
    DeskState,
    state::{Moment, Open},
    words,
};
use crate::{
    components::{Number, Sign, spaced},
    staff::parts::{Action, Weight},
    texts::{crowd, desk, duration, list as one_line, minutes, use_texts},
};

/// Which list a row stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Mine,
    Others,
    Parked,
}

impl List {
    fn of(self, view: &DeskView) -> &[LineItem] {
        match self {
            Self::Mine => &view.for_me,
            Self::Others => &view.for_others,
            Self::Parked => &view.parked,
        }
    }
}

/// The row that shows its details.
#[derive(Clone, Copy)]
struct Chosen(RwSignal<Option<TicketId>>);

#[component]
pub(super) fn Line() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    provide_context(Chosen(RwSignal::new(None)));
    let all = move |list: List| state.view.with(|v| list.of(v).iter().map(|l| l.party).collect::<Crowd>());
    let said = move |list: List| crowd(&state.t(), all(list));
    let has_place = Memo::new(move |_| state.mine.with(Option::is_some));
    let mine = move || {
        has_place.get().then(|| {
            view! {
                <h2>{move || desk::for_me(&state.t(), said(List::Mine))}</h2>
                <Rows list=List::Mine nobody=desk::nobody_for_me(&state.t()) />
            }
            .into_any()
        })
    };
    let parked = move || {
        (all(List::Parked).numbers > 0).then(|| {
            view! {
                <h2>{move || desk::parked(&state.t(), said(List::Parked))}</h2>
                <Rows list=List::Parked nobody=String::new() />
            }
            .into_any()
        })
    };
    view! {
        <section class="line" aria-label=desk::line(&t)>
            {mine}
            {parked}
            <h2>{move || desk::for_others(&state.t(), said(List::Others))}</h2>
            <Rows list=List::Others nobody=desk::nobody_for_others(&t) />
        </section>
    }
    .into_any()
}

#[component]
fn Rows(list: List, nobody: String) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let ids = Memo::new(move |_| state.view.with(|v| list.of(v).iter().map(|l| l.id).collect::<Vec<_>>()));
    let empty = move || ids.with(Vec::is_empty).then(|| view! { <p class="nobody">{nobody.clone()}</p> }.into_any());
    view! {
        {empty}
        <ul class="rows">
            <For each=move || ids.get() key=|id| *id children=move |id| view! { <Row id list ids /> } />
        </ul>
    }
    .into_any()
}

#[component]
fn Row(id: TicketId, list: List, ids: Memo<Vec<TicketId>>) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let chosen = expect_context::<Chosen>().0;
    let item = Memo::new(move |_| state.view.with(|v| list.of(v).iter().find(|l| l.id == id).cloned()));
    let first = Memo::new(move |_| list == List::Mine && ids.with(|ids| ids.first() == Some(&id)));
    let late = move || item.with(|i| i.as_ref().is_some_and(|i| i.flags.contains(&Flag::Late)));
    let open = Memo::new(move |_| chosen.get() == Some(id));
    let day_open = Memo::new(move |_| state.is_day_open());
    let head = move || item.get().map(|line| view! { <Head line first list /> }.into_any());
    let more = move || {
        let line = item.get()?;
        let details = open.get().then(|| view! { <Details line=line.clone() list /> }.into_any());
        let offer = (line.offered && list == List::Mine && day_open.get()).then(|| view! { <Offer id /> }.into_any());
        let why = (first.get() || open.get()).then(|| why(state, &line, list, first.get())).flatten();
        Some(view! { {why.map(|w| view! { <p class="why">{w}</p> }.into_any())}{details}{offer} }.into_any())
    };
    view! {
        <li class="row" class:first=first class:late=late class:other=list == List::Others class:open=open>
            <button
                type="button" class="row-head" aria-expanded=move || open.get().to_string()
                on:click=move |_| chosen.update(|c| *c = if *c == Some(id) { None } else { Some(id) })
            >
                {head}
            </button>
            {more}
        </li>
    }
    .into_any()
}

/// Sign, number, need, wait.
#[component]
fn Head(line: LineItem, first: Memo<bool>, list: List) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let since = line.since;
    let waited = Memo::new(move |_| minutes(state.now.seconds_since(since)));
    // How many people first: of a long question the end is cut.
    let what = one_line(words::party(&state.t(), line.party).into_iter().chain([state.need(line.need)]));
    let time = match (list, line.stage) {
        (List::Parked, Stage::Parked { until, .. }) => state.time(until).into_any(),
        _ => (move || {
            let long = duration(&state.t(), waited.get() * 60);
            if first.get() {
                return long.into_any();
            }
            view! {
                <span aria-hidden="true">{waited.get().to_string()}</span>
                <span class="unseen">{long}</span>
            }
            .into_any()
        })
        .into_any(),
    };
    view! {
        <Sign sign=line.sign letter=None />
        <b><Number of=line.number /></b>
        <span class="row-need">{what}</span>
        <span class="row-time">{time}</span>
    }
    .into_any()
}

/// Why a row stands where it stands, or what staff should know of it.
fn why(state: DeskState, line: &LineItem, list: List, is_first: bool) -> Option<String> {
    let t = state.t();
    let kept = matches!(line.stage, Stage::Waiting { claim: Claim::KeptFor(_), .. });
    let sentences: Vec<String> = [
        line.priority.map(|p| words::priority(&t, p)),
        line.flags.contains(&Flag::Late).then(|| desk::late(&t)),
        (line.flags.contains(&Flag::NobodyAble) && list == List::Others).then(|| desk::nobody_able_other(&t)),
        (kept && list == List::Mine).then(|| desk::kept_for_me(&t)),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (sentences.is_empty(), is_first) {
        (true, true) => Some(desk::first_because_order(&t)),
        (true, false) => None,
        (false, _) => Some(sentences.join(" ")),
    }
}

/// What a row tells and offers when it is chosen.
#[component]
fn Details(line: LineItem, list: List) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let id = line.id;
    let facts =
        words::facts(&t, &line).into_iter().map(|f| view! { <li class="chip">{f}</li> }.into_any()).collect_view();
    let number = spaced(line.number);
    let open = Memo::new(move |_| state.is_day_open());
    let is_free = move || state.moment.get() == Some(Moment::Free);
    let call_words = desk::call_this(&t, number);
    let call_number = move || {
        (list != List::Others && is_free() && open.get()).then(|| {
            let call = state.at_place(move |place| Command::CallTicket { place, ticket: id });
            view! { <Action label=call_words.clone() act=call key=None weight=Weight::Quiet /> }.into_any()
        })
    };
    let resume = move || {
        (list == List::Parked && open.get()).then(|| {
            let resume = Callback::new(move |()| state.send(Command::Resume { ticket: id }));
            view! { <Action label=desk::resume(&state.t()) act=resume key=None weight=Weight::Quiet /> }.into_any()
        })
    };
    let correct = move || {
        open.get().then(|| {
            let act = state.toggle(Open::Need(id));
            view! { <Action label=desk::correct_need(&state.t()) act key=None weight=Weight::Quiet /> }.into_any()
        })
    };
    view! {
        <div class="row-more">
            <ul class="facts small">{facts}</ul>
            <div class="row-acts">
                {call_number}
                {resume}
                {correct}
            </div>
        </div>
    }
    .into_any()
}

/// A hand-over that waits for an answer.
#[component]
fn Offer(id: TicketId) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let accept = state.at_place(move |place| Command::Accept { ticket: id, place });
    view! {
        <div class="row-acts offer">
            <span class="offer-word">{desk::offered(&t)}</span>
            <Action label=desk::accept(&t) act=accept key=None weight=Weight::Quiet />
            <Action label=desk::refuse(&t) act=state.toggle(Open::Refuse(id)) key=None weight=Weight::Quiet />
        </div>
    }
    .into_any()
}
