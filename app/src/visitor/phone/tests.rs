#![allow(clippy::unwrap_used)]
use chrono::Duration;
use domain::day::Missing;

use super::*;
use crate::{texts::kiosk, visitor::sample};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

fn rendered(view: &FollowView, language: &str, trouble: Option<&str>) -> String {
    let language: Language = language.parse().unwrap();
    let centre = sample::centre();
    let data = PhoneData {
        centre: &centre,
        view,
        token: TOKEN,
        language: Some(&language),
        time: CentreTime::new(3600),
        now: sample::now(),
        trouble,
    };
    page(&data, Head { style: "/phone.css".into(), script: Some("/phone.js".into()), ..Head::default() })
}

/// The opening tag of the element that holds `text`.
fn tag<'a>(html: &'a str, text: &str) -> &'a str {
    let at = html.find(text).unwrap_or_else(|| panic!("“{text}” is missing in {html}"));
    let open = html[..at].rfind('<').unwrap();
    &html[open..at]
}

/// The opening tag of the part of the page for some states.
fn part<'a>(html: &'a str, states: &str) -> &'a str {
    let at = html
        .find(&format!("<section data-when=\"{states}\""))
        .unwrap_or_else(|| panic!("no part for {states}: {html}"));
    &html[at..=at + html[at..].find('>').unwrap()]
}

fn every_state() -> Vec<(FollowState, &'static str)> {
    let later = sample::now() + Duration::minutes(10);
    vec![
        (FollowState::Waiting { ahead: 3 }, "waiting"),
        (FollowState::Called { desk: "4".into(), at: sample::now() }, "called"),
        (FollowState::InTalk { desk: "4".into() }, "in_talk"),
        (FollowState::Parked { until: later }, "parked"),
        (FollowState::Left { undo_until: later }, "left"),
        (FollowState::NoShow, "no_show"),
        (FollowState::Over, "over"),
        (FollowState::Finished, "finished"),
    ]
}

#[test]
fn each_state_shows_its_own_part_only() {
    for (state, name) in every_state() {
        let html = rendered(&sample::follow(state), "fr", None);
        assert!(html.contains(&format!("data-is=\"{name}\"")), "{name}");
        for (_, other) in every_state() {
            assert_eq!(part(&html, other).contains(" hidden"), other != name, "{other} while {name}");
        }
        assert!(part(&html, "gone").contains(" hidden"), "gone while {name}");
    }
}

#[test]
fn states_are_named_as_on_the_wire() {
    for (state, name) in every_state() {
        let wire = serde_json::to_value(FollowStep::from(&state)).unwrap();
        assert_eq!(wire["is"], name);
    }
    for reason in [SuspendReason::FireAlarm, SuspendReason::PowerCut, SuspendReason::Interruption, SuspendReason::Other]
    {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason_name(reason));
    }
    for message in ReadyMessage::ALL {
        assert_eq!(serde_json::to_value(message).unwrap(), ready_name(message));
    }
}

#[test]
fn numbers_ahead_are_counted_in_real_grammar() {
    let said = |ahead, language| rendered(&sample::follow(FollowState::Waiting { ahead }), language, None);
    assert!(said(0, "fr").contains(">Aucun numéro avant vous</h1>"));
    assert!(said(1, "fr").contains(">Au plus 1 numéro avant vous</h1>"));
    assert!(said(2, "en").contains(">At most 2 numbers before you</h1>"));
    assert!(said(2, "ar").contains(">رقمان قبلكم على الأكثر</h1>"));
    assert!(said(11, "ar").contains(">11 رقمًا قبلكم على الأكثر</h1>"));
}

#[test]
fn the_line_is_drawn_up_to_eight() {
    let html = rendered(&sample::follow(FollowState::Waiting { ahead: 3 }), "fr", None);
    assert_eq!(html.matches("<i data-dot=").count(), 8);
    assert_eq!(html.matches("hidden></i>").count(), 5);
    assert!(tag(&html, "…").contains("hidden"));
}

#[test]
fn a_call_says_where_and_by_which_channel() {
    let called = FollowState::Called { desk: "4".into(), at: sample::now() };
    let here = rendered(&sample::follow(called.clone()), "fr", None);
    assert!(here.contains(">Bureau 4</span>") && here.contains("Venez maintenant"));
    let word = FollowState::Called { desk: "Box 2".into(), at: sample::now() };
    assert!(rendered(&sample::follow(word), "fr", None).contains(">Box 2</span>"));
    let nameless = FollowState::Called { desk: String::new(), at: sample::now() };
    assert!(rendered(&sample::follow(nameless), "fr", None).contains(">Accueil</span>"));
    let mut by_phone = sample::follow(called);
    by_phone.channel = Channel::Phone;
    let html = rendered(&by_phone, "en", None);
    assert!(html.contains("takes you on the telephone") && !html.contains("Please come now"));
    assert!(!html.contains("big screen too"), "nobody is sent to a screen that does not call them");
}

#[test]
fn leaving_can_be_undone_only_for_a_while() {
    let button = |undo_until| {
        let html = rendered(&sample::follow(FollowState::Left { undo_until }), "fr", None);
        let at = html.find("Je ne voulais pas partir").unwrap();
        let form = html[..at].rfind("<form").unwrap();
        html[form..at].contains(" hidden")
    };
    assert!(!button(sample::now() + Duration::seconds(5)));
    assert!(button(sample::now()));
}

#[test]
fn a_fire_alarm_is_told_in_every_language() {
    let mut view = sample::follow(FollowState::Waiting { ahead: 3 });
    view.day = DayState::Suspended { reason: SuspendReason::FireAlarm };
    let html = rendered(&view, "ar", None);
    assert!(html.contains("data-halt=\"fire_alarm\""));
    let at = html.find("data-halted=\"fire_alarm\"").unwrap();
    let section = &html[at..at + html[at..].find("</section>").unwrap()];
    assert!(!section[..section.find('>').unwrap()].contains("hidden"));
    let places = ["إنذار حريق", "Alarme incendie", "Fire alarm"].map(|words| section.find(words).unwrap());
    assert!(places.is_sorted(), "the reader's language comes first: {places:?}");
}

#[test]
fn words_of_the_centre_are_shown_as_they_are() {
    let mut view = sample::follow(FollowState::Waiting { ahead: 3 });
    view.message = Some(Message::Words("Salle <b>Verte</b>".into()));
    let html = rendered(&view, "fr", None);
    assert!(html.contains("Salle &lt;b&gt;Verte&lt;/b&gt;"));
    view.message = Some(Message::Ready(ReadyMessage::ClosingSoon));
    let html = rendered(&view, "fr", None);
    assert!(!tag(&html, "Le centre ferme bientôt").contains("hidden"));
    assert!(tag(&html, "Merci de parler un peu moins fort").contains("hidden"));
}

#[test]
fn it_works_without_a_script() {
    let html = rendered(&sample::follow(FollowState::Waiting { ahead: 3 }), "en", Some("Too late."));
    assert!(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"15\"></noscript>"));
    for action in ["more-time", "back", "leave", "come-back"] {
        assert!(html.contains(&format!("action=\"/t/{TOKEN}/{action}?lang=en\"")), "{action}");
    }
    assert!(html.contains("Too late."));
    assert!(html.contains(&format!("href=\"/t/{TOKEN}?lang=ar\"")));
}

#[test]
fn a_link_that_is_over_says_so_without_script_or_refresh() {
    let html = gone_page(&Language::english(), Head::default());
    assert!(html.contains("This link no longer exists") && !html.contains("<script") && !html.contains("http-equiv"));
    for language in screen_languages() {
        let t = Texts::of(&language);
        assert!(html.contains(&phone::gone(&t)), "{language}: whose link it was is not known any more");
    }
}

#[test]
fn the_whole_page_is_small() {
    let html = rendered(&sample::follow(FollowState::Waiting { ahead: 60 }), "ar", None);
    assert!(html.len() < 20_000, "{} bytes before compression", html.len());
}

#[test]
fn what_is_missing_is_said_with_what_the_holder_can_change() {
    let t = Texts::of(&Language::english());
    let mut view = sample::follow(FollowState::Waiting { ahead: 0 });
    let way = |remedy, ahead| WayOut { remedy, prospect: Prospect::Now, ahead };
    view.nobody_able = true;
    view.outlook = Some(Outlook {
        prospect: Prospect::Nobody { missing: Missing::Language { language: "so".parse().unwrap() } },
        ahead: 0,
        ways_out: vec![way(Remedy::Accompanied, 3), way(Remedy::Welcome, 0)],
    });
    let html = rendered(&view, "en", None);
    assert!(html.contains(&kiosk::nobody_speaks(&t, "Somali")) && html.contains(&kiosk::at_most(&t, 3_u32)), "{html}");
    assert!(html.contains(&format!("action=\"/t/{TOKEN}/accompanied?lang=en\"")), "{html}");
    assert!(!html.contains("/interpreter"), "what does not help is not offered: {html}");
}
