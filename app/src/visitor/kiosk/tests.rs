#![allow(clippy::unwrap_used)]

use chrono::{Duration, NaiveTime};
use domain::{
    centre::{Accommodation, OpeningHours, Period, SpecialDay},
    day::{
        Break, Expected, FollowToken, Message, Missing, Outlook, Prospect, Reason, Remedy, SuspendReason, ToldBreak,
        WayOut,
    },
    view::{Board, FollowState, NeedState},
};

use super::*;
use crate::{
    texts::{common, kiosk as say, words},
    visitor::{home::Screen, sample},
};

const LANGUAGES: [&str; 3] = ["fr", "en", "ar"];

fn centre() -> Centre {
    let hours = |from, to| Period { from: at(from), to: at(to) };
    let day = vec![hours(9, 12), hours(14, 18)];
    let week = std::array::from_fn(|weekday| if weekday < 5 { day.clone() } else { Vec::new() });
    Centre {
        talk_languages: ["fr", "en", "ar", "prs"].map(|l| l.parse().unwrap()).into(),
        hours: OpeningHours { week, special: Vec::new() },
        ..sample::centre()
    }
}

fn at(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

fn board(centre: &Centre) -> Board {
    let needs = centre.needs.iter().map(|n| NeedState { id: n.id, waiting: 2, ahead: 2, on_duty: true, closed: None });
    Board { needs: needs.collect(), ..sample::board(Vec::new()) }
}

fn visit<'a>(centre: &'a Centre, language: &str, step: Step, choices: &[(&str, &str)]) -> Visit<'a> {
    Visit {
        centre,
        texts: Texts::of(&language.parse().unwrap()),
        choices: Choices::read(choices.iter().copied()),
        step,
        now: sample::now(),
        time: CentreTime::new(3600),
        head: Head::default(),
        demo: false,
    }
}

fn token() -> FollowToken {
    "0123456789abcdef0123456789abcdef".parse().unwrap()
}

fn possible() -> Outlook {
    Outlook { prospect: Prospect::Now, ahead: 2, ways_out: Vec::new() }
}

/// Nobody speaks Dari; somebody who translates, an interpreter or the welcome would help.
fn nobody_speaks() -> Outlook {
    let way = |remedy, ahead| WayOut { remedy, prospect: Prospect::Now, ahead };
    let ways_out = vec![way(Remedy::Accompanied, 3), way(Remedy::Interpreter, 2), way(Remedy::Welcome, 0)];
    Outlook {
        prospect: Prospect::Nobody { missing: Missing::Language { language: "prs".parse().unwrap() } },
        ahead: 0,
        ways_out,
    }
}

fn ready_page(centre: &Centre, language: &str, choices: &[(&str, &str)], outlook: &Outlook) -> String {
    let question = Question::of(centre, Some("cv")).unwrap();
    let known = Ready { board: &board(centre), outlook, question, key: "the-key" };
    ready(&visit(centre, language, Step::Ready(Some("cv".into())), choices), &known)
}

fn ticket_page(centre: &Centre, language: &str, state: FollowState, printing: Printing) -> String {
    let (token, follow) = (token(), sample::follow(state));
    let visit = visit(centre, language, Step::Ticket(token.clone()), &[]);
    let follow_address = "https://parvis.example/t/0123456789abcdef0123456789abcdef".into();
    let space = Some(&centre.spaces[2]);
    ticket(&visit, &Taken { token: &token, follow: &follow, space, follow_address, printing, key: "the-key" })
}

/// Every page in one language.
fn pages(centre: &Centre, language: &str) -> Vec<(&'static str, String)> {
    let board = board(centre);
    let cv = Question::of(centre, Some("cv")).unwrap();
    let on = |step, choices| visit(centre, language, step, choices);
    let need = || Some("cv".to_owned());
    let detail = |what| details(&on(Step::Details(need(), what), &[("talk", "prs")]), cv, what);
    let outlook = possible();
    let at_welcome = Ready { board: &board, outlook: &outlook, question: Question::Welcome, key: "the-key" };
    let notice_of = |what| notice(&on(Step::Start, &[]), what);
    vec![
        ("start", start(&on(Step::Start, &[]), &board)),
        ("space", space(&on(Step::Space(centre.spaces[2].letter), &[]), &board, &centre.spaces[2])),
        ("talk", talk(&on(Step::Talk(need()), &[]), cv)),
        ("interpreter", talk(&on(Step::Talk(need()), &[("how", "interpreter")]), cv)),
        ("party", detail(Detail::Party)),
        ("for-whom", detail(Detail::ForWhom)),
        ("needs", detail(Detail::Needs)),
        ("ready", ready_page(centre, language, &[("talk", "prs"), ("party", "3")], &possible())),
        ("otherwise", ready_page(centre, language, &[("talk", "prs"), ("party", "3")], &nobody_speaks())),
        ("welcome", ready(&on(Step::Ready(None), &[("talk", "fr")]), &at_welcome)),
        ("ticket", ticket_page(centre, language, FollowState::Waiting { ahead: 4 }, Printing::OnItsWay)),
        ("taken-back", taken_back(&on(Step::Start, &[]), "C042".parse().unwrap())),
        ("planned", planned(&on(Step::Planned, &[]))),
        ("where", where_planned(&on(Step::PlannedWhere(Expected::Workshop), &[]), Expected::Workshop, "the-key")),
        ("told", told(&on(Step::PlannedTold(Expected::Workshop, None), &[]), None)),
        ("slip", slip(&on(Step::Slip, &[]), true)),
        ("need-closed", notice_of(Notice::NeedClosed(cv, Reason::Full))),
        ("closed", notice_of(Notice::Closed)),
        ("alarm", notice_of(Notice::Suspended(SuspendReason::FireAlarm))),
        ("exhausted", notice_of(Notice::NumbersExhausted)),
        ("not-saved", notice_of(Notice::NotSaved(cv, "the-key"))),
        ("failed", notice_of(Notice::Failed)),
        ("stopped", notice_of(Notice::Stopped)),
        ("too-many", notice_of(Notice::TooMany)),
        ("already-called", notice_of(Notice::AlreadyCalled)),
        ("no-such-page", notice_of(Notice::NoSuchPage)),
    ]
}

#[test]
fn every_page_is_whole_in_every_language() {
    let centre = centre();
    for language in LANGUAGES {
        let dir = if language == "ar" { "rtl" } else { "ltr" };
        for (name, html) in pages(&centre, language) {
            let told = format!("{name} in {language}: {html}");
            assert!(html.contains(&format!("<html lang=\"{language}\" dir=\"{dir}\"")), "{told}");
            assert_eq!(html.matches("<h1").count(), 1, "{told}");
            assert_eq!(html.matches("<main").count(), 1, "{told}");
            // One language is the present one, and one size of a party.
            let present = if name == "party" { 2 } else { 1 };
            assert_eq!(html.matches("aria-current=\"true\"").count(), present, "{told}");
            assert!(!html.contains("style="), "the content security policy allows no inline style: {told}");
            assert!(!html.contains("{n}") && !html.contains("{time}") && !html.contains("{when}"), "{told}");
            for other in LANGUAGES {
                assert!(html.contains(&format!("lang=\"{other}\"")), "the way to {other}: {told}");
            }
        }
    }
}

#[test]
fn without_script_a_page_still_forgets_by_itself() {
    let centre = centre();
    for (name, html) in pages(&centre, "ar") {
        let refresh = "<noscript><meta http-equiv=\"refresh\" content=\"120;url=/k/valmont/fr\"></noscript>";
        assert!(html.contains(refresh), "{name}: {html}");
    }
}

#[test]
fn a_language_keeps_the_step_and_what_was_chosen() {
    let centre = centre();
    let choices = [("text", "large"), ("talk", "prs"), ("party", "3"), ("access", "quiet")];
    let html = ready_page(&centre, "fr", &choices, &possible());
    let address = "/k/valmont/ar/need/cv/ready?text=large&amp;talk=prs&amp;party=3&amp;access=quiet";
    assert!(html.contains(&format!("href=\"{address}\"")), "{html}");
}

#[test]
fn a_tile_says_how_it_stands() {
    let centre = centre();
    let t = Texts::of(&"en".parse().unwrap());
    let mut board = board(&centre);
    board.spaces[0].ahead = 0;
    board.spaces[3].closed = Some(Reason::Event);
    let html = start(&visit(&centre, "en", Step::Start, &[]), &board);
    for words in [say::at_most(&t, 0_u32), say::at_most(&t, 4_u32), say::no_more_tickets(&t), say::no_talks_now(&t)] {
        assert_eq!(html.matches(&format!(">{words}<")).count(), 1, "{words}: {html}");
    }
}

#[test]
fn the_message_to_everybody_is_on_the_first_page() {
    let centre = centre();
    let message = Message::Words("Reunião às 15 h".into());
    let board = Board { message: Some(message.clone()), ..board(&centre) };
    let html = start(&visit(&centre, "en", Step::Start, &[]), &board);
    let said = words::message(&Texts::of(&Language::english()), &message);
    assert!(html.contains(&format!("<p dir=\"auto\" class=\"note\">{said}")), "{html}");
}

#[test]
fn taking_a_ticket_is_a_plain_form_with_its_key() {
    let centre = centre();
    let choices = [("low", "yes"), ("how", "accompanied"), ("talk", "prs"), ("for", "my_child"), ("access", "quiet")];
    let html = ready_page(&centre, "en", &choices, &possible());
    let form = html.split("<form method=\"post\" action=\"/k/valmont/en/take\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    for (name, value) in choices.into_iter().chain([("need", "cv"), ("key", "the-key")]) {
        assert!(form.contains(&format!("name=\"{name}\" value=\"{value}\"")), "{name}: {form}");
    }
}

#[test]
fn the_truth_is_the_title_before_the_ticket() {
    let centre = centre();
    let t = Texts::of(&Language::english());
    let title = |outlook: &Outlook| {
        let html = ready_page(&centre, "en", &[("talk", "prs")], outlook);
        let title = html.split("<h1 tabindex=\"-1\">").nth(1).unwrap().split("</h1>").next().unwrap().to_owned();
        (title, html)
    };
    let (said, html) = title(&possible());
    assert_eq!(said, say::before_you(&t, 2_u32));
    assert!(html.contains(&say::on_duty(&t)) && html.contains(&say::we_speak(&t, "Dari")), "{html}");
    assert!(html.contains("class=\"take\""), "{html}");

    let (said, html) = title(&nobody_speaks());
    assert_eq!(said, say::nobody_speaks(&t, "Dari"));
    for untrue in [say::on_duty(&t), say::we_speak(&t, "Dari"), say::before_you(&t, 0_u32)] {
        assert!(!html.contains(&untrue), "{untrue}: {html}");
    }
    let at = |hour| sample::now() + Duration::hours(hour);
    let from = Outlook { prospect: Prospect::From { at: at(3) }, ahead: 1, ways_out: Vec::new() };
    let (said, html) = title(&from);
    assert_eq!(said, say::possible_from(&t, "14:42"));
    assert!(html.contains(&say::back_at(&t, "14:42")), "{html}");
}

#[test]
fn every_way_out_is_a_sentence_with_its_own_count_and_none_is_chosen_already() {
    let centre = centre();
    let t = Texts::of(&Language::english());
    let html = ready_page(&centre, "en", &[("talk", "prs"), ("party", "3")], &nobody_speaks());
    let ways = [
        (say::accompanied(&t), "need/cv/ready?how=accompanied&amp;talk=prs&amp;party=3", 3_u32),
        (say::interpreter(&t), "need/cv/ready?how=interpreter&amp;talk=prs&amp;party=3", 2),
        (say::welcome_first(&t), "welcome/ready?how=interpreter&amp;talk=prs&amp;party=3", 0),
    ];
    for (sentence, address, ahead) in ways {
        let way = html.split(&format!("href=\"/k/valmont/en/{address}\"")).nth(1);
        let way = way.unwrap_or_else(|| panic!("no {address}: {html}")).split("</a>").next().unwrap();
        assert!(way.contains(&sentence) && way.contains(&say::at_most(&t, ahead)), "{way}");
    }
    assert!(html.contains(&say::take_number_anyway(&t)), "{html}");
    assert!(!html.contains("button solid") || html.find("button solid") > html.find("<dialog"), "{html}");
}

#[test]
fn what_was_assumed_is_on_the_last_page_and_changes_by_one_touch() {
    let centre = centre();
    let t = Texts::of(&Language::english());
    let html = ready_page(&centre, "en", &[("talk", "fr")], &possible());
    for (detail, assumed) in
        [("party", common::people(&t, 1_u32)), ("for", say::for_me(&t)), ("access", say::nothing_special(&t))]
    {
        let link = html.split(&format!("href=\"/k/valmont/en/need/cv/details/{detail}?talk=fr\"")).nth(1).unwrap();
        assert!(link.split("</a>").next().unwrap().contains(&assumed), "{detail}: {html}");
    }
    let html = ready_page(&centre, "en", &[("talk", "fr"), ("party", "3"), ("access", "quiet")], &possible());
    assert!(html.contains(&common::people(&t, 3_u32)) && html.contains(&say::need_quiet(&t)), "{html}");
}

#[test]
fn near_closing_hour_a_talk_is_no_longer_promised() {
    let centre = centre();
    let t = Texts::of(&Language::english());
    let cv = Question::of(&centre, Some("cv")).unwrap();
    let page = |minutes| {
        let board = Board { closes: Some(sample::now() + Duration::minutes(minutes)), ..board(&centre) };
        let known = Ready { board: &board, outlook: &possible(), question: cv, key: "k" };
        ready(&visit(&centre, "en", Step::Ready(Some("cv".into())), &[("talk", "fr")]), &known)
    };
    let tomorrow = say::talk_unlikely_hint(&t, say::when_tomorrow(&t, "9:00"));
    assert!(!page(31).contains(&tomorrow));
    assert!(page(30).contains(&tomorrow), "{}", page(30));
}

#[test]
fn the_language_of_the_talk_is_asked_by_its_own_name() {
    let centre = centre();
    let cv = Question::of(&centre, Some("cv")).unwrap();
    let html = talk(&visit(&centre, "en", Step::Talk(Some("cv".into())), &[]), cv);
    assert!(html.contains("<bdi lang=\"prs\" dir=\"rtl\">دری</bdi>"), "{html}");
    assert!(html.contains("href=\"/k/valmont/en/need/cv/ready?talk=prs\""), "{html}");
    assert!(!html.contains("talk=zh"), "nobody here speaks it");
    let html = talk(&visit(&centre, "en", Step::Talk(Some("cv".into())), &[("how", "interpreter")]), cv);
    assert!(html.contains("?how=interpreter&amp;talk=zh\""), "{html}");
}

#[test]
fn whoever_would_rather_be_helped_is_asked_only_the_language() {
    let centre = centre();
    let html = talk(&visit(&centre, "en", Step::Talk(None), &[]), Question::Welcome);
    assert!(html.contains("href=\"/k/valmont/en/welcome/ready?talk=prs\""), "{html}");
}

#[test]
fn an_assumption_that_was_changed_leads_back_with_everything_else() {
    let centre = centre();
    let cv = Question::of(&centre, Some("cv")).unwrap();
    let choices = [("talk", "fr"), ("party", "3"), ("for", "my_child"), ("access", "quiet")];
    let page = |what| details(&visit(&centre, "en", Step::Details(Some("cv".into()), what), &choices), cv, what);
    let ready = "href=\"/k/valmont/en/need/cv/ready?talk=fr&amp;";
    let html = page(Detail::Party);
    assert!(html.contains(&format!("{ready}party=9&amp;for=my_child&amp;access=quiet\"")), "{html}");
    assert!(html.contains(&format!("{ready}for=my_child&amp;access=quiet\"")), "one again: {html}");
    let html = page(Detail::ForWhom);
    assert!(html.contains(&format!("{ready}party=3&amp;for=someone_i_help&amp;access=quiet\"")), "{html}");
    let html = page(Detail::Needs);
    assert!(html.contains("name=\"access\" value=\"quiet\" checked"), "{html}");
    assert_eq!(html.matches(" checked").count(), 1);
    assert_eq!(html.matches("name=\"access\"").count(), Accommodation::ALL.len(), "none of them hidden: {html}");
}

#[test]
fn the_ticket_says_number_state_and_paper() {
    let centre = centre();
    let t = Texts::of(&Language::english());
    let waiting = || FollowState::Waiting { ahead: 1 };
    let html = ticket_page(&centre, "en", waiting(), Printing::OnItsWay);
    assert!(html.contains("<bdi dir=\"ltr\" class=\"number\">C\u{a0}042</bdi>"), "{html}");
    assert!(html.contains(&say::before_you(&t, 1_u32)) && html.contains(&say::printing(&t)), "{html}");
    assert!(html.contains("action=\"/k/valmont/en/ticket/0123456789abcdef0123456789abcdef/take-back\""), "{html}");
    assert!(ticket_page(&centre, "en", waiting(), Printing::Trouble).contains(&say::printer_trouble(&t)));
    let called =
        ticket_page(&centre, "en", FollowState::Called { desk: "4".into(), at: sample::now() }, Printing::NoPrinter);
    assert!(called.contains(&say::your_turn(&t, words::desk(&t, "4"))), "{called}");
    assert!(!called.contains("take-back"), "a called ticket is not taken back here");
    assert!(ticket_page(&centre, "en", FollowState::Over, Printing::NoPrinter).contains(&say::number_over(&t)));
}

#[test]
fn an_alarm_is_said_in_every_language_at_once() {
    let centre = centre();
    let html = notice(&visit(&centre, "en", Step::Start, &[]), Notice::Suspended(SuspendReason::FireAlarm));
    for language in LANGUAGES {
        let t = Texts::of(&language.parse().unwrap());
        assert!(html.contains(&words::suspension(&t, SuspendReason::FireAlarm)), "{language}: {html}");
    }
    assert!(html.contains("class=\"exit\""), "and in none: {html}");
}

#[test]
fn a_closed_centre_says_when_it_opens() {
    let t = Texts::of(&Language::english());
    // Monday 2 March, 11:42.
    let page = |centre: &Centre, after: Duration| {
        let visit = Visit { now: sample::now() + after, ..visit(centre, "en", Step::Start, &[]) };
        notice(&visit, Notice::Closed)
    };
    let mut centre = centre();
    assert!(page(&centre, Duration::zero()).contains(&say::not_open_now(&t)));
    let opens = |when| say::opens(&t, when);
    assert!(page(&centre, Duration::hours(1)).contains(&opens(say::when_today(&t, "14:00"))));
    assert!(page(&centre, Duration::hours(8)).contains(&opens(say::when_tomorrow(&t, "9:00"))));
    let tuesday = chrono::NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
    centre.hours.special.push(SpecialDay { date: tuesday, periods: Vec::new() });
    let wednesday = crate::texts::date(&t, tuesday.succ_opt().unwrap());
    let html = page(&centre, Duration::hours(8));
    assert!(html.contains(&opens(say::when_on(&t, wednesday, "9:00"))), "{html}");
    assert_eq!(html.matches(&format!(">{}<", say::closed_all_day(&t))).count(), 3, "Tuesday, Saturday, Sunday: {html}");
}

#[test]
fn a_break_is_told_before_it_and_in_it_the_page_says_when_it_is_over() {
    let centre = centre();
    let (from, to) = (sample::now() + Duration::minutes(18), sample::now() + Duration::minutes(138));
    for language in LANGUAGES {
        let t = Texts::of(&language.parse().unwrap());
        let time = |at| CentreTime::new(3600).time(&t, at);
        let told_break = Some(ToldBreak { of: Break { from, to }, begun: false });
        let cv = Question::of(&centre, Some("cv")).unwrap();
        let closes = Some(sample::now() + Duration::minutes(10));
        let visit = visit(&centre, language, Step::Ready(Some("cv".into())), &[("talk", "fr")]);
        let board = Board { told_break, closes, ..board(&centre) };
        let html = ready(&visit, &Ready { board: &board, outlook: &possible(), question: cv, key: "k" });
        assert!(html.contains(&say::break_soon(&t, time(from), time(to))), "{language}: {html}");
        let html = notice(&visit, Notice::Break(to));
        assert!(html.contains(&say::on_break(&t, time(to))), "{language}: {html}");
        assert!(html.contains(&say::on_break_hint(&t, time(to))) && !html.contains("need-closed"), "{html}");
    }
}

#[test]
fn midnight_has_its_name_and_what_follows_it_its_time() {
    let mut centre = centre();
    let t = Texts::of(&Language::french());
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    centre.hours.week[1] = vec![Period { from: at(18), to: at(0) }];
    centre.hours.week[2] = vec![Period { from: at(22), to: at(2) }];
    let html = notice(&visit(&centre, "fr", Step::Start, &[]), Notice::Closed);
    for (from, to) in [("18\u{a0}h", say_midnight(&t)), ("22\u{a0}h", "2\u{a0}h".into())] {
        assert!(html.contains(&say::from_to(&t, from, to)), "{html}");
    }
    // In the night after Wednesday the evening goes on.
    let night = Visit { now: sample::now() + Duration::hours(2 * 24 + 14), ..visit(&centre, "fr", Step::Start, &[]) };
    assert!(notice(&night, Notice::Closed).contains(&say::not_open_now(&t)), "01:42 on Thursday");
}

fn say_midnight(t: &Texts) -> String {
    crate::texts::common::midnight(t)
}

#[test]
fn a_screen_that_is_not_connected_shows_its_code() {
    let centre = centre();
    let html = enrolment(&centre, &Language::french(), "/k/valmont?lang=fr", Some("7K2P9Q"), None, Head::default());
    assert!(html.contains(">7K2P9Q<") && html.contains("http-equiv=\"refresh\""), "{html}");
    let demo = Some(Screen::Kiosk);
    let html = enrolment(&centre, &Language::english(), "/k/valmont?lang=en", None, demo, Head::default());
    assert!(
        html.contains("action=\"/enrolment\"") && html.contains("name=\"to\" value=\"/k/valmont?lang=en\""),
        "{html}"
    );
    assert!(html.contains("action=\"/demo/enter\"") && html.contains("name=\"lang\" value=\"en\""), "{html}");
    let html = enrolment(&centre, &Language::english(), "/d/valmont/en", None, Some(Screen::Display), Head::default());
    assert!(html.contains("name=\"screen\" value=\"display\""), "{html}");
}

#[test]
fn a_kiosk_names_every_accommodation_in_a_visitors_words() {
    for language in LANGUAGES {
        let t = Texts::of(&language.parse().unwrap());
        let names: std::collections::BTreeSet<_> =
            Accommodation::ALL.iter().map(|a| super::details::accommodation_name(&t, *a)).collect();
        assert_eq!(names.len(), Accommodation::ALL.len());
    }
}
