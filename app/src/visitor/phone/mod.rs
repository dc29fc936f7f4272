//! The page that a visitor's phone follows a ticket by.
//!
//! Every state is in the page from the start, in the visitor's language; the one that is true is not hidden. A small
//! script then only shows another and fills in what can change, so no text is in it.

#[cfg(test)]
mod tests;

use domain::{
    Instant, Language,
    centre::Centre,
    day::{Channel, Message, Outlook, Prospect, ReadyMessage, Remedy, SuspendReason, WayOut},
    view::{DayState, FollowState, FollowStep, FollowView},
};
use leptos::prelude::*;

use super::{Head, document, forms, long, outlook};
use crate::{
    components::{Exit, Number, Sign, sign_class, spaced},
    texts::{CentreTime, ISOLATES, Texts, common, own_name, phone, screen_languages, use_texts, words},
};

/// What the page is made from.
#[derive(Clone, Copy, Debug)]
pub struct PhoneData<'a> {
    /// The centre.
    pub centre: &'a Centre,
    /// The ticket as its holder sees it.
    pub view: &'a FollowView,
    /// The follow token: only this page's addresses hold it.
    pub token: &'a str,
    /// The language of the page; none = the one that the ticket was taken in.
    pub language: Option<&'a Language>,
    /// The centre's clock.
    pub time: CentreTime,
    /// Now.
    pub now: Instant,
    /// Why what the visitor wished for did not happen: a sentence in the page's language.
    pub trouble: Option<&'a str>,
}

/// Seconds after which a phone without script fetches the page again.
const REFRESH_SECONDS: u32 = 15;

/// How many people before the visitor are drawn.
const MOST_DOTS: u32 = 8;

/// The page of one ticket.
pub fn page(data: &PhoneData, head: Head) -> String {
    let language = data.language.unwrap_or(&data.view.language);
    let t = Texts::of(language);
    let head = Head { title: phone::title(&t, spaced(data.view.number)), refresh: Some(REFRESH_SECONDS), ..head };
    document(&t, head, || body(data))
}

/// The page of a link whose day is over, or that never was one: in every language, because nothing is kept of whose it was.
pub fn gone_page(language: &Language, head: Head) -> String {
    let t = Texts::of(language);
    let head = Head { title: phone::gone(&t), script: None, refresh: None, ..head };
    let others = screen_languages().into_iter().filter(|l| l != t.language()).map(|language| {
        let t = Texts::of(&language);
        view! {
            <section class="again" lang=language.code().to_owned() dir=t.direction()>
                <h2>{phone::gone(&t)}</h2>
                <p>{phone::gone_why(&t)}" "{phone::gone_help(&t)}</p>
            </section>
        }
    });
    let body =
        || view! { <body class="phone space-0"><main>{gone(true)}{others.collect_view()}</main></body> }.into_any();
    document(&t, head, body)
}

fn body(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let view = data.view;
    let follow = format!("/api/v1/follow/{}", data.token);
    let is = state_name(&view.state);
    view! {
        <body
            class=format!("phone {}", sign_class(view.sign))
            data-is=is
            data-halt=halt_name(view.day)
            data-live=format!("{follow}/live")
            data-words=follow
            data-zone=data.centre.time_zone.clone()
            data-language=t.language().code().to_owned()
            data-clock=plain(&common::clock(&t, "{hour}", "{minute}"))
            data-full-hour=plain(&common::clock_full_hour(&t, "{hour}"))
        >
            {halts(data)}
            {offline(data)}
            {header(data)}
            // What a screen reader hears when the state changes; what is seen is below.
            <p class="unseen" role="status" data-status=""></p>
            <main>
                {data.trouble.map(|sentence| view! { <p class="card trouble" role="alert">{sentence.to_owned()}</p> })}
                <p class="card trouble" role="alert" data-failed="refused" hidden=true>{phone::failed(&t)}</p>
                <p class="card trouble" role="alert" data-failed="late" hidden=true>{phone::not_done(&t)}</p>
                {states(data)}
                {on_break(data)}
                {message(data)}
                {gone(false)}
            </main>
            {actions(data)}
            {languages(data)}
        </body>
    }
    .into_any()
}

fn header(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let view = data.view;
    view! {
        <header>
            <p class="label">
                <Sign sign=view.sign letter=Some(view.number.letter.get()) />
                {phone::your_number(&t)}
            </p>
            <p class="hero"><Number of=view.number /></p>
            <p class="centre">{data.centre.name.get(t.language()).to_owned()}</p>
        </header>
    }
    .into_any()
}

/// A part of the page that is true in some states only.
fn when(data: &PhoneData, states: &'static str, class: &'static str, content: AnyView) -> AnyView {
    let hidden = !states.split(' ').any(|s| s == state_name(&data.view.state));
    view! { <section class=class data-when=states hidden=hidden>{content}</section> }.into_any()
}

fn states(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let far = data.view.channel != Channel::Here;
    let said = |drawing: Drawing, title: String, text: String| {
        view! { {drawing.show()}<h1>{title}</h1><p>{text}</p> }.into_any()
    };
    let no_show = if far { phone::no_show_far(&t) } else { phone::no_show_here(&t) };
    let left = view! {
        {Drawing::Door.show()}
        <h1>{phone::left(&t)}</h1>
        <p data-undo="" hidden=!can_come_back(data)>{phone::left_undo(&t)}</p>
        <p>{phone::left_after(&t)}</p>
    };
    [
        when(data, "called", "called", called(data)),
        when(data, "waiting", "waiting", waiting(data)),
        when(data, "in_talk", "calm", in_talk(data)),
        when(data, "parked", "calm", parked(data)),
        when(data, "left", "calm", left.into_any()),
        when(data, "no_show", "calm", said(Drawing::Bell, phone::no_show(&t), no_show)),
        when(data, "over", "calm", said(Drawing::Stop, phone::over(&t), phone::over_help(&t))),
        when(data, "finished", "calm", said(Drawing::Done, phone::finished(&t), phone::finished_thanks(&t))),
    ]
    .collect_view()
    .into_any()
}

fn waiting(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let ahead = match data.view.state {
        FollowState::Waiting { ahead } => ahead,
        _ => 0,
    };
    let keep_open = match data.view.channel {
        Channel::Here => phone::keep_open(&t),
        Channel::Phone => phone::keep_open_by_phone(&t),
        Channel::Video => phone::keep_open_by_video(&t),
    };
    view! {
        <div class="counted" data-counted="" hidden=outlook::is_alone(data.view)>
            <h1 data-slot="ahead" data-form=forms(|n| phone::ahead(&t, n))>{phone::ahead(&t, ahead)}</h1>
            {line(data, ahead)}
            <p class="soft">{phone::waiting(&t)}</p>
        </div>
        {alone(data)}
        <div class="card">
            <p><strong>{phone::keep_open_title(&t)}</strong></p>
            <p class="soft">{keep_open}</p>
            <noscript><p class="soft">{phone::refreshes(&t)}</p></noscript>
            <p class="soft">{phone::anonymous(&t)}</p>
        </div>
    }
    .into_any()
}

/// That nobody can receive them yet, what is missing, and what they can change.
fn alone(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let (missing, ways) = match &data.view.outlook {
        Some(Outlook { prospect: Prospect::Nobody { missing }, ways_out, .. }) => (Some(missing), ways_out.as_slice()),
        _ => (None, [].as_slice()),
    };
    let title = missing.map_or_else(|| phone::alone(&t), |m| outlook::nobody(&t, data.view.need.is_some(), m));
    let ways: Vec<_> = ways.iter().filter_map(|way| helps(data, way)).collect();
    let ways = (!ways.is_empty()).then(|| view! { <p>{phone::alone_say(&t)}</p> {ways} });
    view! {
        <div class="card alone" data-alone="" hidden=!outlook::is_alone(data.view)>
            <h1>{title}</h1>
            <p>{phone::alone_help(&t)}</p>
            {ways}
        </div>
    }
    .into_any()
}

/// What the holder can change alone, and how it then stands; for the rest there is the welcome.
fn helps(data: &PhoneData, way: &WayOut) -> Option<AnyView> {
    let t = use_texts();
    let action = match way.remedy {
        Remedy::Accompanied => "accompanied",
        Remedy::Interpreter => "interpreter",
        Remedy::WithoutAccommodations | Remedy::Welcome => return None,
    };
    let (sentence, brings) = (outlook::remedy(&t, way.remedy), outlook::brings(&t, data.time, way));
    let form = view! {
        <form method="post" action=address(data, action)>
            <button type="submit"><strong>{sentence}</strong> <span class="soft">{brings}</span></button>
        </form>
    };
    Some(form.into_any())
}

/// The line as a picture: a dot for each before, then the own sign.
fn line(data: &PhoneData, ahead: u32) -> AnyView {
    let dots = (1..=MOST_DOTS).rev().map(|n| view! { <i data-dot=n.to_string() hidden=ahead < n></i> });
    view! {
        <p class="line" aria-hidden="true">
            <b data-more="" hidden=ahead <= MOST_DOTS>"…"</b>
            {dots.collect_view()}
            <Sign sign=data.view.sign letter=Some(data.view.number.letter.get()) />
        </p>
    }
    .into_any()
}

fn called(data: &PhoneData) -> AnyView {
    let t = use_texts();
    match data.view.channel {
        Channel::Here => view! {
            <h1>{phone::called(&t)}</h1>
            <p class="desk">{desk(data)}</p>
            <p>{phone::called_here(&t)}</p>
        }
        .into_any(),
        Channel::Phone => {
            view! { {Drawing::Phone.show()}<h1>{phone::called(&t)}</h1><p>{phone::called_by_phone(&t)}</p> }.into_any()
        }
        Channel::Video => {
            view! { {Drawing::Video.show()}<h1>{phone::called(&t)}</h1><p>{phone::called_by_video(&t)}</p> }.into_any()
        }
    }
}

fn in_talk(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let desk = (data.view.channel == Channel::Here).then(|| view! { <p class="desk">{desk(data)}</p> });
    view! { {Drawing::Talk.show()}<h1>{phone::in_talk(&t)}</h1>{desk}<p class="soft">{phone::in_talk_next(&t)}</p> }
        .into_any()
}

fn desk(data: &PhoneData) -> AnyView {
    let t = use_texts();
    // Shortened as on the wire, so that the first line of the stream changes nothing.
    let name = match FollowStep::from(&data.view.state) {
        FollowStep::Called { desk, .. } | FollowStep::InTalk { desk, .. } => desk,
        _ => String::new(),
    };
    view! {
        <span data-slot="desk" data-long=long(&name) data-form=common::desk_capital(&t, "{desk}") data-none=common::welcome_capital(&t)>
            {words::desk_capital(&t, &name)}
        </span>
    }
    .into_any()
}

fn parked(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let until = match data.view.state {
        FollowState::Parked { until } => until,
        _ => data.now,
    };
    let said = phone::parked_until(&t, data.time.time(&t, until));
    view! {
        {Drawing::Clock.show()}
        <h1>{phone::parked(&t)}</h1>
        <p data-slot="until" data-form=phone::parked_until(&t, "{time}")>{said}</p>
    }
    .into_any()
}

fn gone(shown: bool) -> AnyView {
    let t = use_texts();
    view! {
        <section class="calm" data-when="gone" hidden=!shown>
            {Drawing::Moon.show()}
            <h1>{phone::gone(&t)}</h1>
            <p>{phone::gone_why(&t)}</p>
            <p>{phone::gone_help(&t)}</p>
        </section>
    }
    .into_any()
}

/// The break that comes soon, or that there is now.
fn on_break(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let told = data.view.told_break;
    let said =
        told.map(|told| common::break_told(&t, data.time.time(&t, told.of.from), data.time.time(&t, told.of.to)));
    let form = common::break_told(&t, "{from}", "{to}");
    view! {
        <section class="card" data-break="" hidden=told.is_none()>
            <p><strong data-form=form>{said}</strong></p>
            <p class="soft">{common::break_keeps(&t)}</p>
        </section>
    }
    .into_any()
}

/// The message to everybody who waits: ready sentences are all in the page, other words are filled in.
fn message(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let said = data.view.message.as_ref();
    let ready = ReadyMessage::ALL.into_iter().map(|m| {
        let hidden = said != Some(&Message::Ready(m));
        view! { <p data-say=ready_name(m) hidden=hidden>{words::ready_message(&t, m)}</p> }
    });
    let own = match said {
        Some(Message::Words(words)) => words.clone(),
        _ => String::new(),
    };
    let hidden = own.is_empty();
    view! {
        <section class="card message" data-message="" hidden=said.is_none()>
            <p><strong>{phone::message(&t)}</strong></p>
            {ready.collect_view()}
            <p data-say="words" dir="auto" hidden=hidden>{own}</p>
        </section>
    }
    .into_any()
}

fn actions(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let far = data.view.channel != Channel::Here;
    let refused = if far { phone::sound_refused_far(&t) } else { phone::sound_refused(&t) };
    let button = |action: &'static str, states: &'static str, label: String, hidden: bool| {
        let is_now = states.split(' ').any(|s| s == state_name(&data.view.state));
        view! {
            <form method="post" action=address(data, action) data-when=states data-undo=(states == "left").then_some("") hidden=hidden || !is_now>
                <button type="submit">{label}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <footer>
            // Without script there is no sound: the button appears with it.
            <section class="sound" data-when="waiting parked" data-sound="" hidden=true>
                <button type="button" aria-pressed="false" data-on=phone::sound_on(&t)>{phone::sound(&t)}</button>
                <p class="soft" data-awake="" hidden=true>{phone::sound_awake(&t)}</p>
                <p class="soft" data-asleep="" hidden=true>{phone::sound_asleep(&t)}</p>
                <p class="soft" data-refused="" hidden=true>{refused}</p>
            </section>
            {button("more-time", "waiting called", phone::more_time(&t), false)}
            {button("back", "parked", phone::back(&t), false)}
            {button("leave", "waiting called parked", phone::leave(&t), false)}
            {button("come-back", "left", phone::come_back(&t), !can_come_back(data))}
            {button("come-back", "no_show", phone::here_now(&t), false)}
        </footer>
    }
    .into_any()
}

fn address(data: &PhoneData, action: &str) -> String {
    match data.language {
        Some(language) => format!("/t/{}/{action}?lang={language}", data.token),
        None => format!("/t/{}/{action}", data.token),
    }
}

fn can_come_back(data: &PhoneData) -> bool {
    matches!(data.view.state, FollowState::Left { undo_until } if undo_until > data.now)
}

fn languages(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let offered: Vec<Language> =
        data.centre.languages.iter().filter(|l| screen_languages().contains(l)).cloned().collect();
    let links = offered.into_iter().map(|language| {
        let current = (&language == t.language()).then_some("true");
        let address = format!("/t/{}?lang={language}", data.token);
        let name = own_name(&language).to_string();
        view! { <a href=address lang=language.code().to_owned() aria-current=current>{name}</a> }
    });
    view! { <nav aria-label=common::language_switch(&t)>{links.collect_view()}</nav> }.into_any()
}

fn offline(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let form = if data.view.channel == Channel::Here {
        phone::offline_since(&t, "{time}")
    } else {
        phone::offline_since_far(&t, "{time}")
    };
    view! {
        <aside class="offline" role="status" hidden=true>
            <strong>{phone::offline(&t)}</strong>
            <span data-slot="since" data-form=form></span>
        </aside>
    }
    .into_any()
}

/// What to do while everything stands still, in the page's language first and then in the centre's others.
fn halts(data: &PhoneData) -> AnyView {
    let t = use_texts();
    let mut all: Vec<Language> = vec![t.language().clone()];
    all.extend(data.centre.languages.iter().filter(|l| screen_languages().contains(l) && *l != t.language()).cloned());
    let reasons =
        [SuspendReason::FireAlarm, SuspendReason::PowerCut, SuspendReason::Interruption, SuspendReason::Other];
    let one = |reason: SuspendReason| {
        let hidden = data.view.day != DayState::Suspended { reason };
        let said = all.iter().enumerate().map(|(i, language)| {
            let t = Texts::of(language);
            let (code, direction, sentence) =
                (language.code().to_owned(), t.direction(), words::suspension(&t, reason));
            match i {
                0 => view! { <h1 lang=code dir=direction>{sentence}</h1> }.into_any(),
                _ => view! { <p lang=code dir=direction>{sentence}</p> }.into_any(),
            }
        });
        let name = reason_name(reason);
        view! {
            <section class=format!("halt {name}") role="alert" data-halted=name hidden=hidden>
                {(reason == SuspendReason::FireAlarm).then(|| view! { <Exit /> })}
                {said.collect_view()}
            </section>
        }
    };
    reasons.map(one).collect_view().into_any()
}

/// A small picture of a state, for those who read little.
#[derive(Clone, Copy)]
enum Drawing {
    Talk,
    Clock,
    Door,
    Bell,
    Stop,
    Done,
    Moon,
    Phone,
    Video,
}

impl Drawing {
    fn show(self) -> AnyView {
        let path = match self {
            Self::Talk => "M3 4h12v8H8l-3 3v-3H3zM18 9h3v8h-2v3l-3-3h-5v-2",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2",
            Self::Door => "M4 21V3h10v18M2 21h20M11 12h.01M17 12h5M19 9l3 3-3 3",
            Self::Bell => "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
            Self::Stop => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12h8",
            Self::Done => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12l3 3 5-6",
            Self::Moon => "M20 14A8.5 8.5 0 1 1 10 4a7 7 0 0 0 10 10",
            Self::Phone => "M6 3h4l1 5-2 1a11 11 0 0 0 6 6l1-2 5 1v4a2 2 0 0 1-2 2A17 17 0 0 1 4 5a2 2 0 0 1 2-2",
            Self::Video => "M2 6h13v12H2zM15 11l7-4v10l-7-4",
        };
        view! { <svg class="drawing" viewBox="0 0 24 24" aria-hidden="true"><path d=path></path></svg> }.into_any()
    }
}

/// A state as the live stream names it.
fn state_name(state: &FollowState) -> &'static str {
    match state {
        FollowState::Waiting { .. } => "waiting",
        FollowState::Called { .. } => "called",
        FollowState::InTalk { .. } => "in_talk",
        FollowState::Parked { .. } => "parked",
        FollowState::Left { .. } => "left",
        FollowState::NoShow => "no_show",
        FollowState::Over => "over",
        FollowState::Finished => "finished",
    }
}

fn halt_name(day: DayState) -> Option<&'static str> {
    match day {
        DayState::Suspended { reason } => Some(reason_name(reason)),
        DayState::Open | DayState::Closed => None,
    }
}

/// A reason as the live streams name it.
pub(super) fn reason_name(reason: SuspendReason) -> &'static str {
    match reason {
        SuspendReason::FireAlarm => "fire_alarm",
        SuspendReason::PowerCut => "power_cut",
        SuspendReason::Interruption => "interruption",
        SuspendReason::Other => "other",
    }
}

/// A ready message as the live streams name it.
pub(super) fn ready_name(message: ReadyMessage) -> &'static str {
    match message {
        ReadyMessage::LongerThanUsual => "longer_than_usual",
        ReadyMessage::ClosingSoon => "closing_soon",
        ReadyMessage::WorkshopSoon => "workshop_soon",
        ReadyMessage::Quieter => "quieter",
    }
}

/// A text without the marks that isolate a direction: digits and a colon read alike in every text.
pub(super) fn plain(text: &str) -> String {
    text.replace(ISOLATES, "")
}
