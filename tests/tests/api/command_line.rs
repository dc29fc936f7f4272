//! `parvis` on the command line.

use std::{os::unix::fs::PermissionsExt, process::Output};

use journeys::{Server, program};
use storage::testing;
use tempfile::TempDir;

fn text(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[track_caller]
fn does(arguments: &[&str]) -> (String, String) {
    let output = program::run(arguments);
    let (out, err) = text(&output);
    assert!(output.status.success(), "{arguments:?}: {err}");
    (out, err)
}

#[track_caller]
fn refuses(arguments: &[&str], with: &str) {
    let output = program::run(arguments);
    let (_, err) = text(&output);
    assert!(!output.status.success(), "{arguments:?} should be refused");
    assert!(err.contains(with), "{arguments:?}: {err}");
}

#[test]
fn a_centre_is_loaded_and_its_accounts_and_devices_are_kept() {
    let folder = TempDir::new().unwrap();
    let database = format!("sqlite:{}", folder.path().join("new/parvis.db").display());
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/centre.toml");
    let (out, _) = does(&["admin", "import", "--database", &database, file]);
    assert!(out.contains("petit") && out.contains("counsellor1"), "{out}");
    let (secret, _) = does(&[
        "admin",
        "device",
        "add",
        "--database",
        &database,
        "--centre",
        "petit",
        "--kind",
        "kiosk",
        "--name",
        "Seconde borne",
    ]);
    assert_eq!(secret.len(), 64, "{secret}");
    let add = ["admin", "device", "add", "--database", &database, "--centre", "petit", "--kind", "display"];
    for name in ["Écran d’appel", "Écran d’appel 2"] {
        let (_, said) = does(&add);
        assert!(said.contains(name), "{said}");
    }
    let (list, _) = does(&["admin", "device", "list", "--database", &database, "--centre", "petit"]);
    let line = list.lines().find(|l| l.contains("Seconde borne")).unwrap();
    does(&["admin", "device", "revoke", "--database", &database, line.split_whitespace().next().unwrap()]);
    let (list, _) = does(&["admin", "device", "list", "--database", &database, "--centre", "petit"]);
    assert!(list.lines().any(|l| l.contains("Seconde borne") && l.contains("revoked")), "{list}");
    let (password, _) = does(&["admin", "password", "--database", &database, "host"]);
    assert!(password.len() >= 8, "{password}");
    does(&[
        "admin",
        "staff",
        "add",
        "--database",
        &database,
        "nouveau",
        "--name",
        "Nouveau",
        "--role",
        "counsellor",
        "--centre",
        "petit",
        "--organisation",
        "Agence de l’emploi",
    ]);
    let (list, _) = does(&["admin", "staff", "list", "--database", &database, "--centre", "petit"]);
    assert!(list.contains("nouveau"), "{list}");
    refuses(&["admin", "password", "--database", &database, "nobody"], "no such");
    refuses(&["admin", "device", "list", "--database", &database, "--centre", "elsewhere"], "no such centre");
}

#[test]
fn a_configuration_that_is_not_meant_is_an_error() {
    refuses(&["serve", "--listen", "0.0.0.0:0"], "--public-url");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = ["serve", "--listen", &taken.local_addr().unwrap().to_string(), "--database"];
    refuses(&[&listen[..], &["mysql:x"]].concat(), "sqlite:");
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "no folder").unwrap();
    let inside = format!("sqlite:{}/parvis.db", file.display());
    refuses(&[&listen[..], &[&inside]].concat(), &format!("--database {inside}"));
    let good = format!("sqlite:{}/parvis.db", folder.path().display());
    refuses(&[&listen[..], &[&good]].concat(), "give another address");
    refuses(&["serve", "--listen", "nowhere"], "--listen");
    refuses(&["serve", "--trafic"], "--traffic");
    let mut command = std::process::Command::new(program::program());
    let output =
        command.args(["admin", "device", "list", "--centre", "x"]).env("PARVIS_DATABSE", "x").output().unwrap();
    let (_, err) = text(&output);
    assert!(!output.status.success() && err.contains("PARVIS_DATABASE"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_knows_no_visitor_of_today() {
    let server = Server::start(testing::sqlite().await).await;
    let body = serde_json::json!({ "need": "cv", "language": "fr" });
    let ticket = server.device("kiosk").post_json(&server.path("tickets"), body).await.is(201).clone();
    let folder = TempDir::new().unwrap();
    let (without, with) = (folder.path().join("without.db"), folder.path().join("with.db"));
    let (without, with) = (without.to_str().unwrap(), with.to_str().unwrap());
    does(&["backup", "--database", &server.database, without]);
    does(&["backup", "--database", &server.database, "--with-day", with]);
    refuses(&["backup", "--database", &server.database, without], "exists");
    let needles = [ticket["follow"].as_str().unwrap(), ticket["id"].as_str().unwrap()];
    let holds = |file: &str| {
        let bytes = std::fs::read(file).unwrap();
        needles.iter().any(|n| bytes.windows(n.len()).any(|w| w == n.as_bytes()))
    };
    assert!(holds(with), "the log was asked for by name");
    assert!(!holds(without));
    refuses(&["restore", "--database", &server.database, with], "--replace");
    refuses(&["restore", "--database", &server.database, "--replace", with], "in use");

    let database = server.database.clone();
    let mut server = server;
    server.stop().await;
    // What is no copy leaves what is there: a letter, another program's database, half a copy.
    let letter = folder.path().join("letter");
    std::fs::write(&letter, "Dear colleague").unwrap();
    let half = folder.path().join("half.db");
    let whole = std::fs::read(with).unwrap();
    std::fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    for (file, why) in [(&letter, "not a SQLite database"), (&half, "cut short")] {
        refuses(&["restore", "--database", &database, "--replace", file.to_str().unwrap()], why);
    }
    does(&["restore", "--database", &database, "--replace", with]);
    server.run().await;
    let again = server.staff("host").await.get(&server.path("tickets")).await;
    assert_eq!(again.is(200)[0]["number"], ticket["number"]);
    server.finish().await;
}

#[test]
fn postgres_is_backed_up_with_its_own_tool() {
    refuses(&["backup", "--database", "postgres://u@127.0.0.1:1/parvis", "x.dump"], "pg_dump");
    refuses(&["backup", "--database", "postgres://u@127.0.0.1:1/parvis", "x.dump"], "--exclude-table-data=day_log");
}

/// Whatever the umask says, and also what an older version left open: nobody else reads a database or a copy of one.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_and_its_copies_are_for_their_owner_alone() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name);
    let database = format!("sqlite:{}", file("parvis.db").display());
    let centre = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/centre.toml");
    let loosely = |arguments: &[&str]| {
        let line = ["-c", "umask 0000; exec \"$0\" \"$@\""];
        let mut shell = std::process::Command::new("sh");
        let done = shell.args(line).arg(program::program()).args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let private = |name: &str| {
        let mode = std::fs::metadata(file(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(format!("{mode:o}"), "600", "{name}");
    };
    loosely(&["admin", "import", "--database", &database, centre]);
    private("parvis.db");
    std::fs::set_permissions(file("parvis.db"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let server = program::Program::serve(&database, &[]);
    server.api().until_ready().await;
    for name in ["parvis.db", "parvis.db-wal", "parvis.db-shm"] {
        private(name);
    }
    for (name, more) in [("copy.db", None), ("with-day.db", Some("--with-day"))] {
        let to = file(name).display().to_string();
        loosely(&["backup", "--database", &database].into_iter().chain(more).chain([to.as_str()]).collect::<Vec<_>>());
        private(name);
    }
    server.stop().await;
}
