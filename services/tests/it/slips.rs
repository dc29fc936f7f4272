//! Priority slips: signed, valid once within some days, no identity.

use std::time::Duration;

use chrono::{TimeZone, Utc};
use domain::{
    SlipId,
    day::{Command, HelpOffered, Refusal},
};
use services::{Problem, TakeTicketForm, Taken};

use crate::world::{World, date, kiosk_of, on_each};

async fn with_slip(w: &World, code: &str) -> Result<Taken, Problem> {
    let form = TakeTicketForm { slip: Some(code.to_owned()), ..w.form("cv") };
    w.parvis.take_ticket(&w.kiosk(), w.here.id, form, None).await
}

async fn close(w: &World) {
    w.act("coordinator", Command::CloseDay { force: true }).await.unwrap();
}

/// Opening time of a day in June.
async fn open_on(w: &World, day: u32) {
    w.wait_until(Utc.with_ymd_and_hms(2026, 6, day, 7, 0, 0).unwrap()).await;
    assert!(w.is_open().await);
}

#[tokio::test]
async fn whoever_could_not_be_seen_goes_first_on_a_later_day_once() {
    on_each(async |w| {
        open_on(&w, 2).await;
        let (host, first, second) = (w.actor("host"), w.take("cv").await, w.take("cv").await);
        let slip = w.parvis.issue_slip(&host, first.id, None).await.unwrap();
        assert_eq!(slip.valid_until, date(2026, 6, 9));
        assert_eq!(slip.code.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4]);
        assert_eq!(w.parvis.issue_slip(&host, first.id, None).await.unwrap(), slip, "printed again");
        assert_eq!(w.parvis.issue_slip(&w.actor("c1"), second.id, None).await, Err(Problem::NotAllowed));
        assert_eq!(w.parvis.issue_slip(&w.actor("c1"), first.id, None).await, Err(Problem::NotAllowed));
        let other = w.parvis.issue_slip(&host, second.id, None).await.unwrap();
        assert_ne!(other.code, slip.code);
        let made_up = HelpOffered::Slip(SlipId(uuid::Uuid::from_u128(1)));
        let third = w.take("cv").await;
        assert_eq!(
            w.act("host", Command::Dismiss { ticket: third.id, with: made_up }).await,
            Err(Problem::NotAllowed),
            "a slip is made here and nowhere else"
        );
        close(&w).await;

        open_on(&w, 3).await;
        let early = w.take("cv").await;
        let typed = slip.code.to_lowercase().replace('-', " ");
        let back = with_slip(&w, &typed).await.unwrap();
        assert_eq!((early.ahead, back.ahead), (0, 0));
        w.sit("c1", 1).await;
        assert_eq!(w.next("c1", 1).await, Some(back.id), "first, although somebody came before");
        assert_eq!(with_slip(&w, &slip.code).await, Err(Refusal::SlipUsed.into()));
        let w = w.restart().await;
        assert_eq!(with_slip(&w, &slip.code).await, Err(Refusal::SlipUsed.into()));
        close(&w).await;

        open_on(&w, 4).await;
        assert_eq!(with_slip(&w, &slip.code).await, Err(Refusal::SlipUsed.into()), "also on another day");
        close(&w).await;

        open_on(&w, 9).await;
        assert!(with_slip(&w, &other.code).await.is_ok(), "the last day");
        w
    })
    .await;
}

#[tokio::test]
async fn what_is_no_slip_is_refused() {
    on_each(async |w| {
        open_on(&w, 2).await;
        let ticket = w.take("cv").await;
        let slip = w.parvis.issue_slip(&w.actor("host"), ticket.id, None).await.unwrap();
        let unknown = Err(Problem::Invalid { field: "slip", code: "unknown_slip" });
        for i in 0..slip.code.len() {
            let mut changed = slip.code.clone().into_bytes();
            if changed[i] == b'-' {
                continue;
            }
            changed[i] = if changed[i] == b'7' { b'8' } else { b'7' };
            let refused = with_slip(&w, &String::from_utf8(changed).unwrap()).await;
            assert_eq!(refused, unknown, "character {i}");
        }
        for wrong in ["", "-", "ÀÀÀÀ-ÀÀÀÀ-ÀÀÀÀ-ÀÀÀÀ", &slip.code[1..], &slip.code.repeat(2), "0000-0000-0000-0000"]
        {
            assert_eq!(with_slip(&w, wrong).await, unknown, "{wrong}");
        }
        let near = w.near.id;
        let open = Command::OpenDay { closes: None };
        w.parvis.act(&w.actor("near.host"), near, open, None).await.ok();
        let mut form = TakeTicketForm { slip: Some(slip.code.clone()), ..w.form("cv") };
        form.request.need = None;
        let elsewhere = w.parvis.take_ticket(&kiosk_of(near), near, form, None).await;
        assert_eq!(elsewhere, unknown, "a slip is its own centre's");
        close(&w).await;
        w.clock.pass(Duration::from_secs(8 * 24 * 3600));
        w.parvis.pulse().await;
        assert_eq!(with_slip(&w, &slip.code).await, Err(Problem::Invalid { field: "slip", code: "expired_slip" }));
        w
    })
    .await;
}
