//! The visitor's own dossier: for whoever receives the visitor, signed, read again by the next partner.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    TicketId,
    catalogue::{Entries, EntryId, Notebook, Source},
    day::{Advice, Command, Request},
};
use services::{
    Problem, TakeTicketForm,
    catalogue::import::{Input, Progress},
};

use crate::world::{World, on_each};

fn entry(code: &str) -> EntryId {
    EntryId::new(Source::Starter, code)
}

async fn with_starter(w: &World) {
    w.parvis.import_catalogue(Input::Starter, Arc::new(Progress::default())).await.unwrap();
    w.parvis.reload_catalogue().await.unwrap();
    w.open_day().await;
}

/// The first counsellor calls the visitor, who comes.
async fn talk_with(w: &World, ticket: TicketId) {
    assert_eq!(w.next("c1", 0).await, Some(ticket));
    w.act("c1", Command::Arrive { ticket }).await.unwrap();
}

#[tokio::test]
async fn what_was_kept_and_advised_is_handed_out_signed_and_read_again() {
    on_each(async |w| {
        with_starter(&w).await;
        let kept = Entries::default().with(entry("baker")).with(entry("no-such-thing"));
        let notebook = Notebook { kept, profile: "100-0-50-20-10-0".parse().ok() };
        let form = TakeTicketForm { request: Request { notebook, ..w.request("cv") }, slip: None };
        let taken = w.take_with(&w.kiosk(), form, None).await.unwrap();
        w.sit("c1", 0).await;
        talk_with(&w, taken.id).await;
        w.act("c1", Command::GiveAdvice { ticket: taken.id, advice: [Advice::WriteCv].into() }).await.unwrap();
        let entries = Entries::default().with(entry("gardener"));
        w.act("c1", Command::Recommend { ticket: taken.id, entries }).await.unwrap();

        let dossier = w.parvis.dossier(&w.actor("c1"), taken.id).await.unwrap();
        assert_eq!(dossier.steps, [Advice::WriteCv]);
        assert_eq!(dossier.sheet.kept.iter().map(|(id, _)| id).collect::<Vec<_>>(), [&entry("baker")], "what is known");
        assert_eq!(dossier.sheet.recommended[0].0, entry("gardener"));
        for other in ["c2", "manager"] {
            assert!(matches!(w.parvis.dossier(&w.actor(other), taken.id).await, Err(Problem::NotAllowed)), "{other}");
        }
        assert!(w.parvis.dossier(&w.kiosk(), taken.id).await.is_err());

        let sheet = services::catalogue::Sheet { steps: vec![(Advice::WriteCv, "Write a CV".into())], ..dossier.sheet };
        let carried = format!("https://parvis.example/i/x/fr/look/notebook#{}", w.parvis.signed(&sheet));
        let (next, here) = (w.actor("c2"), w.here.clone());
        assert_eq!(w.parvis.take_in_dossier(&next, &here, &carried), Ok(sheet.clone()));
        assert!(w.parvis.take_in_dossier(&w.kiosk(), &here, &carried).is_err(), "a kiosk reads nobody's dossier");
        let changed = carried.replace('#', "#A");
        let unsigned = carried.rsplit_once('.').unwrap().0.to_owned();
        let cut = carried[..carried.len() - 3].to_owned();
        for wrong in [changed, unsigned, cut, String::new(), "#.".into(), format!("#{}.", sheet.folded())] {
            let refused = Problem::Invalid { field: "dossier", code: "unknown_dossier" };
            assert_eq!(w.parvis.take_in_dossier(&next, &here, &wrong), Err(refused), "{wrong}");
        }
        w
    })
    .await;
}

#[tokio::test]
async fn nothing_of_it_is_left_when_the_talk_is_over() {
    on_each(async |w| {
        with_starter(&w).await;
        let notebook = Notebook { kept: Entries::default().with(entry("baker")), profile: None };
        let form = TakeTicketForm { request: Request { notebook, ..w.request("cv") }, slip: None };
        let taken = w.take_with(&w.kiosk(), form, None).await.unwrap();
        w.sit("c1", 0).await;
        talk_with(&w, taken.id).await;
        w.act("c1", Command::GiveAdvice { ticket: taken.id, advice: BTreeSet::from([Advice::WriteCv]) }).await.unwrap();
        let finish = Command::Finish { ticket: taken.id, outcome: domain::day::Outcome::Answered, further: None };
        w.act("c1", finish).await.unwrap();
        let dossier = w.parvis.dossier(&w.actor("host"), taken.id).await.unwrap();
        assert!(dossier.sheet.kept.is_empty());
        w
    })
    .await;
}
