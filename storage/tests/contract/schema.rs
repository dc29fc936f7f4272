//! Opening a database.

use domain::NetworkId;
use storage::{Database, StorageError, centres, testing};

use crate::{
    on_each,
    samples::{id, saved_centre},
};

#[tokio::test]
async fn opening_again_keeps_what_is_there() {
    on_each(async |test| {
        let centre = saved_centre(&test.database, "here").await;
        let again = Database::open(&test.url).await.unwrap();
        assert_eq!(centres::by_id(&again, centre.id).await.unwrap(), Some(centre));
        again.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_alone() {
    on_each(async |test| {
        let centre = saved_centre(&test.database, "here").await;
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            VALUES (9999, 'of a later version', TRUE, '', 0)";
        test.run(newer).await.unwrap();
        let refused = Database::open(&test.url).await.unwrap_err();
        assert!(matches!(refused, StorageError::NewerSchema { found: 9999, known: 4.. }), "{refused}");
        assert!(refused.to_string().contains("newer version"));
        assert_eq!(centres::all(&test.database).await.unwrap(), [centre]);
    })
    .await;
}

#[tokio::test]
async fn two_nodes_that_start_at_once_bring_the_schema_up_to_date_once() {
    on_each(async |test| {
        test.run("DROP TABLE pulse").await.unwrap();
        test.run("DROP TABLE used_slip").await.unwrap();
        test.run("DROP TABLE day_log").await.unwrap();
        test.run("DROP TABLE day").await.unwrap();
        test.run("DELETE FROM _sqlx_migrations WHERE version = 3").await.unwrap();
        let (one, other) = tokio::join!(Database::open(&test.url), Database::open(&test.url));
        let (one, other) = (one.unwrap(), other.unwrap());
        one.is_writable().await.unwrap();
        other.is_writable().await.unwrap();
        one.close().await;
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn two_programs_that_make_one_file_at_once_make_it_once() {
    for _ in 0..50 {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("parvis.db").display());
        let (one, other) = tokio::join!(Database::open(&url), Database::open(&url));
        let (one, other) = (one.unwrap(), other.unwrap());
        one.is_writable().await.unwrap();
        other.is_writable().await.unwrap();
        one.close().await;
        other.close().await;
    }
}

#[tokio::test]
async fn addresses_that_are_none() {
    for url in ["", "mysql://h/x", "parvis.db", "sqlite::memory:", "sqlite:x?mode=memory"] {
        let refused = Database::open(url).await.unwrap_err();
        assert!(matches!(refused, StorageError::Address(_)), "{url}: {refused}");
    }
    let refused = Database::open("mysql://me:secret@host/x").await.unwrap_err();
    assert!(!refused.to_string().contains("secret"));
}

#[tokio::test]
async fn the_folder_is_made_for_nobody_else() {
    let home = testing::sqlite().await;
    let folder = home.folder().unwrap().join("data/deep");
    let database = Database::open(&format!("sqlite:{}", folder.join("parvis.db").display())).await.unwrap();
    database.is_writable().await.unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
    database.close().await;
    home.finish().await;
}

#[tokio::test]
async fn a_closed_database_says_so() {
    on_each(async |test| {
        assert!(["SQLite", "PostgreSQL"].contains(&test.database.kind()));
        test.database.is_writable().await.unwrap();
        test.database.close().await;
        assert!(matches!(test.database.is_writable().await, Err(StorageError::Unreachable(_))));
        assert!(matches!(centres::all(&test.database).await, Err(StorageError::Unreachable(_))));
    })
    .await;
}

#[tokio::test]
async fn networks_have_names() {
    on_each(async |test| {
        let (one, other) = (id::<NetworkId>(), id::<NetworkId>());
        let name = |n: &str| domain::Text::from([("fr", n)]);
        centres::save_network(&test.database, one, &name("un")).await.unwrap();
        centres::save_network(&test.database, other, &name("deux")).await.unwrap();
        centres::save_network(&test.database, one, &name("premier")).await.unwrap();
        let all = centres::networks(&test.database).await.unwrap();
        assert_eq!(all, [(one, name("premier")), (other, name("deux"))]);
    })
    .await;
}

/// The two sides of each migration must not drift apart: same files, same tables, same columns in the same order.
#[test]
fn both_schemas_have_the_same_tables_and_columns() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let files = |side: &str| {
        let mut names: Vec<_> = std::fs::read_dir(folder.join(side))
            .unwrap()
            .map(|f| f.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(files("sqlite"), files("postgres"));
    for file in files("sqlite") {
        let columns = |side: &str| {
            let sql = std::fs::read_to_string(folder.join(side).join(&file)).unwrap();
            sql.lines()
                .filter(|l| l.starts_with("CREATE") || l.starts_with("    ") || l.starts_with("INSERT"))
                .map(|l| {
                    l.split_whitespace()
                        .take(if l.starts_with("CREATE") { 12 } else { 1 })
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(columns("sqlite"), columns("postgres"), "{file}");
    }
}

/// A net below the design: a column with such a name would be a place for what must not be kept.
#[test]
fn no_column_could_identify_a_visitor() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite");
    let people = ["staff", "device", "organisation", "network", "centre", "space", "desk", "place"];
    for file in std::fs::read_dir(folder).unwrap() {
        let sql = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for table in sql.split("CREATE TABLE ").skip(1) {
            let name = table.split_whitespace().next().unwrap();
            let body = table.split(") STRICT").next().unwrap();
            for column in body.lines().skip(1).filter_map(|l| l.split_whitespace().next()) {
                let forbidden = ["email", "mail", "ip", "address", "user_agent", "note", "comment", "birth", "ticket"];
                assert!(!forbidden.contains(&column), "{name}.{column}");
                assert!(column != "name" || people.contains(&name), "{name}.{column}");
                assert!(column != "phone" || name == "safeguarding_card", "{name}.{column}");
            }
            let registers = ["staff (id)", "device (id)"];
            let of_days = ["day", "day_log", "statistics_cell", "statistics_duration", "used_slip"].contains(&name);
            assert!(!(of_days && registers.iter().any(|r| body.contains(r))), "{name} refers to people or devices");
        }
    }
}
