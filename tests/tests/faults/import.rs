//! An import that is killed in the middle.

use std::{path::Path, process::Stdio, time::Duration};

use journeys::program::{program, run};
use storage::{catalogue, testing};

/// A catalogue of so many entries of one kind.
fn file(folder: &Path, name: &str, entries: usize) -> String {
    let rows = (0..entries).map(|n| format!("occupation,{name}{n},fr,Métier {name} {n}\n")).collect::<String>();
    let path = folder.join(format!("{name}.csv"));
    std::fs::write(&path, format!("kind,code,lang,title\n{rows}")).unwrap();
    path.to_string_lossy().into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_leaves_the_old_release_and_the_next_one_removes_its_rest() {
    for home in testing::databases().await {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (file(folder.path(), "old", 3), file(folder.path(), "new", 4_000));
        let first = run(&["import", "catalogue", &old, "--database", &home.url]);
        assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));

        let mut killed = std::process::Command::new(program())
            .args(["import", "catalogue", &new, "--database", &home.url])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while home.count("catalogue_record").await < 200 {
            assert!(killed.try_wait().unwrap().is_none(), "it is still running");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        killed.kill().unwrap();
        killed.wait().unwrap();
        let written = home.count("catalogue_record").await;
        assert!(written < 4_000, "{written}: in the middle");
        let current = catalogue::current(&home.database).await.unwrap();
        assert_eq!(catalogue::records(&home.database, current[0].id).await.unwrap().len(), 3, "the old one is in use");

        let early = run(&["import", "catalogue", &new, "--database", &home.url]);
        let said = String::from_utf8_lossy(&early.stderr).into_owned();
        assert!(!early.status.success() && said.contains("another import"), "it may still be running: {said}");
        // Two minutes later nobody can mean that any more.
        home.run("UPDATE catalogue_release SET imported_at = imported_at - 180000000 WHERE state = 'loading'")
            .await
            .unwrap();
        let again = run(&["import", "catalogue", &new, "--database", &home.url]);
        let said = String::from_utf8_lossy(&again.stdout).into_owned();
        assert!(again.status.success() && said.contains("4000 new, 0 changed, 3 gone"), "{said}");
        assert_eq!(home.count("catalogue_record").await, 4_003, "nothing is left of the killed one");
        assert_eq!(home.count("catalogue_release").await, 2);
        home.finish().await;
    }
}
