//! Devices: enrolled by a code, revoked at once, told of when they fail.

use std::time::Duration;

use domain::{
    staff::{Arrow, Connection, DeviceKind},
    view::Alert,
};
use services::{Actor, EnrolForm, Problem, Source, What};

use crate::world::on_each;

fn form(code: &str, kind: DeviceKind) -> EnrolForm {
    EnrolForm { code: code.into(), kind, name: " At the door ".into(), arrow: Arrow::Left, printer: None }
}

#[tokio::test]
async fn a_device_shows_a_code_and_staff_type_it() {
    on_each(async |w| {
        let (coordinator, here) = (w.actor("coordinator"), w.here.id);
        let waiting = w.parvis.start_enrolment(Source::UNKNOWN).await.unwrap();
        assert_eq!(waiting.code.len(), 6);
        assert_eq!(w.parvis.actor_of_device(&waiting.secret).await.unwrap(), Actor::Anyone);
        let typed = format!("{}-{}", &waiting.code[..3].to_lowercase(), &waiting.code[3..]);
        let unknown = Err(Problem::Unknown(What::EnrolmentCode));
        assert_eq!(w.parvis.enrol(&coordinator, here, form("000000", DeviceKind::Kiosk)).await, unknown);
        assert_eq!(
            w.parvis.enrol(&w.actor("host"), here, form(&typed, DeviceKind::Kiosk)).await,
            Err(Problem::NotAllowed)
        );
        let device = w.parvis.enrol(&coordinator, here, form(&typed, DeviceKind::Kiosk)).await.unwrap();
        assert_eq!(device.name, "At the door");
        for _ in 0..2 {
            let actor = w.parvis.actor_of_device(&waiting.secret).await.unwrap();
            assert!(matches!(actor, Actor::Device(ref d) if **d == device), "{actor:?}");
        }
        assert_eq!(w.parvis.enrol(&coordinator, here, form(&typed, DeviceKind::Kiosk)).await, unknown, "once");

        let late = w.parvis.start_enrolment(Source::UNKNOWN).await.unwrap();
        w.clock.pass(Duration::from_secs(600));
        assert_eq!(w.parvis.enrol(&coordinator, here, form(&late.code, DeviceKind::Display)).await, unknown);

        assert_eq!(w.parvis.revoke_device(&w.actor("near.coordinator"), device.id).await, Err(Problem::NotAllowed));
        w.parvis.revoke_device(&coordinator, device.id).await.unwrap();
        assert_eq!(w.parvis.actor_of_bearer(waiting.secret.reveal()).await.unwrap(), Actor::Anyone);
        let again = w.parvis.save_device(&coordinator, domain::staff::Device { active: true, ..device }).await;
        assert_eq!(again, Err(Problem::Unknown(What::Device)), "it stays revoked");
        assert_eq!(w.parvis.actor_of_bearer(waiting.secret.reveal()).await.unwrap(), Actor::Anyone);
        w
    })
    .await;
}

#[tokio::test]
async fn a_kiosk_prints_on_a_printer_of_its_centre_and_staff_hear_of_trouble() {
    on_each(async |w| {
        let (coordinator, here) = (w.actor("coordinator"), w.here.id);
        let (kiosk, secret) = w.parvis.add_device(here, DeviceKind::Kiosk, "kiosk").await.unwrap();
        assert!(matches!(w.parvis.actor_of_bearer(secret.reveal()).await.unwrap(), Actor::Device(_)));
        let (printer, _) = w.parvis.add_device(here, DeviceKind::Printer, "printer").await.unwrap();
        let (elsewhere, _) = w.parvis.add_device(w.near.id, DeviceKind::Printer, "printer").await.unwrap();
        let with = |printer| domain::staff::Device { printer, ..kiosk.clone() };
        let unknown = Err(Problem::Invalid { field: "printer", code: "unknown_printer" });
        assert_eq!(w.parvis.save_device(&coordinator, with(Some(elsewhere.id))).await, unknown);
        assert_eq!(w.parvis.save_device(&coordinator, with(Some(kiosk.id))).await, unknown);
        assert_eq!(w.parvis.save_device(&coordinator, with(Some(printer.id))).await.unwrap().printer, Some(printer.id));

        // to what the server writes, only an administrator says
        let file = domain::staff::Device { connection: Connection::File("/dev/usb/lp0".into()), ..printer.clone() };
        assert_eq!(w.parvis.save_device(&coordinator, file.clone()).await, Err(Problem::NotAllowed));
        w.parvis.save_device(&w.actor("admin"), file.clone()).await.unwrap();
        let renamed = domain::staff::Device { name: "Renamed".into(), ..file };
        assert_eq!(w.parvis.save_device(&coordinator, renamed).await.unwrap().name, "Renamed");
        assert_eq!(w.parvis.devices(&w.actor("host"), here).await.unwrap().len(), 2);

        let before = w.board().await.version;
        w.parvis.printer_works(here, printer.id, false);
        w.parvis.printer_works(here, printer.id, false);
        let told = w.parvis.troubles(&w.actor("host"), here).await.unwrap();
        assert_eq!(told, [Alert::Printer { device: printer.id }]);
        assert!(w.board().await.version > before, "screens hear of it");
        w.parvis.printer_works(here, printer.id, true);
        assert_eq!(w.parvis.troubles(&w.actor("host"), here).await.unwrap(), []);
        w
    })
    .await;
}
