//! A whole centre from a file.

use domain::staff::DeviceKind;
use services::{
    Actor, Problem,
    import::{FirstPasswords, ImportError},
};

use crate::world::{centre_file, on_each};

#[tokio::test]
async fn a_file_is_imported_and_again_keeps_every_identifier() {
    on_each(async |w| {
        let file = format!("{}\n[[devices]]\nkind = \"kiosk\"\nname = \"Door\"\n", centre_file("new", "one"));
        let first = w.parvis.import_centre(&file, FirstPasswords::Generated).await.unwrap();
        let centre = w.parvis.centre("new").unwrap();
        assert_eq!((centre.id, centre.network), (first.centre, w.here.network));
        assert_eq!((first.accounts.len(), first.devices.len()), (8, 1));
        let (account, password) = &first.accounts[1];
        let session = w.sign_in(&account.login, password).await.unwrap();
        assert!(session.staff.must_change_password);
        assert_eq!(session.staff.abilities.needs.len(), 3, "every need of the named spaces");
        let (device, secret) = &first.devices[0];
        assert_eq!(device.kind, DeviceKind::Kiosk);
        assert!(matches!(w.parvis.actor_of_device(secret).await.unwrap(), Actor::Device(_)));

        let changed = file.replace("Un CV ?", "Un CV, une lettre ?");
        let again = w.parvis.import_centre(&changed, FirstPasswords::Generated).await.unwrap();
        assert_eq!((again.centre, again.accounts.len(), again.devices.len()), (first.centre, 0, 0));
        let renewed = w.parvis.centre("new").unwrap();
        assert_eq!(
            renewed.needs.iter().map(|n| n.id).collect::<Vec<_>>(),
            centre.needs.iter().map(|n| n.id).collect::<Vec<_>>()
        );
        assert_ne!(renewed.needs[1].question, centre.needs[1].question);
        assert_eq!(renewed.desks, centre.desks);
        assert!(w.sign_in(&account.login, password).await.is_ok(), "passwords stay");
        w
    })
    .await;
}

#[tokio::test]
async fn a_file_with_mistakes_changes_nothing_and_each_is_said() {
    on_each(async |w| {
        let wrong = centre_file("here", "one")
            .replace("Europe/Paris", "Europe/Nowhere")
            .replace("space = \"A\"", "space = \"Z\"")
            .replace("here.host", "near.host");
        let Err(ImportError::Mistakes(mistakes)) = w.parvis.import_centre(&wrong, FirstPasswords::Generated).await
        else {
            panic!("imported")
        };
        let fields: Vec<&str> = mistakes.iter().map(|m| m.field.as_str()).collect();
        assert_eq!(fields, ["centre.time_zone", "desks.space", "staff.login"]);
        assert!(mistakes.iter().all(|m| m.line > 1 && !m.what.is_empty()), "{mistakes:?}");
        assert_eq!(*w.parvis.centre("here").unwrap(), *w.here);
        let endless = centre_file("here", "one").replacen("fr = \"", &format!("fr = \"{}", "long ".repeat(500)), 2);
        let Err(ImportError::Mistakes(mistakes)) = w.parvis.import_centre(&endless, FirstPasswords::Generated).await
        else {
            panic!("imported")
        };
        assert!(mistakes.len() == 2 && mistakes.iter().all(|m| m.line > 1 && m.what.contains("at most 2000")));
        let Err(ImportError::Mistakes(mistakes)) = w.parvis.import_centre("[centre", FirstPasswords::Generated).await
        else {
            panic!("imported")
        };
        assert_eq!(mistakes.len(), 1);
        assert!(matches!(w.parvis.centre("nowhere"), Err(Problem::Unknown(_))));
        w
    })
    .await;
}
