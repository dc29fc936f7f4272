//! The small centre in a database of its own, which nothing serves yet.

use std::{collections::BTreeMap, sync::Arc};

use domain::centre::Centre;
use services::{
    Options, Parvis,
    clock::{Clock, SystemClock},
    import::{FirstPasswords, Imported},
};
use storage::{Database, testing::TestDatabase};

use crate::{Api, program::Program};

/// The password of every account of the small centre.
pub const PASSWORD: &str = "un mot de passe pour les essais";
/// The small centre, see its file.
const CENTRE: &str = include_str!("../fixtures/centre.toml");

/// The small centre in a database of its own.
pub struct Installation {
    /// The centre as it was imported.
    pub centre: Centre,
    /// Secrets of devices by their kind.
    pub secrets: BTreeMap<&'static str, String>,
    /// The database's address.
    pub database: String,
    home: TestDatabase,
}

impl Installation {
    /// The small centre as it is; `clock` says what time it is while it is imported.
    pub async fn new(home: TestDatabase, clock: Arc<dyn Clock>) -> Self {
        Self::of(home, clock, CENTRE).await
    }

    /// The small centre without opening hours: whatever the time, its day opens and closes by hand only.
    pub async fn by_hand(home: TestDatabase) -> Self {
        Self::with_desks(home, 0).await
    }

    /// As [`by_hand`](Self::by_hand), with as many desks more, named by [`desk`](Self::desk) from 0, and as many
    /// counsellors who can everything: `desk0` and so on.
    pub async fn with_desks(home: TestDatabase, desks: usize) -> Self {
        let mut file = CENTRE.replace("[\"09:00-18:00\"]", "[]");
        file.extend((0..desks).map(|n| {
            format!(
                "[[desks]]\nname = \"{}\"\n[[staff]]\nlogin = \"desk{n}\"\nname = \"{n}\"\norganisation = \"emploi\"\n\
                 roles = [\"counsellor\"]\nspaces = [\"A\", \"C\"]\nlanguages = [\"fr\"]\n",
                Self::desk(n)
            )
        }));
        Self::of(home, Arc::new(SystemClock::default()), &file).await
    }

    /// The name of a desk that [`with_desks`](Self::with_desks) added.
    pub fn desk(n: usize) -> String {
        (20 + n).to_string()
    }

    /// A centre of another file. Every account's password is [`PASSWORD`].
    pub async fn of(home: TestDatabase, clock: Arc<dyn Clock>, file: &str) -> Self {
        // Whoever serves it opens it by its address, and a restored copy must not find it in use here.
        home.database.close().await;
        let (centre, imported) = import(&home.url, clock, file).await;
        let secrets = imported.devices.iter().map(|(d, secret)| (d.kind.code(), secret.reveal().to_owned())).collect();
        Self { centre, secrets, database: home.url.clone(), home }
    }

    /// The only centre of a database that is there already. Its devices' secrets are not known.
    pub async fn existing(home: TestDatabase, clock: Arc<dyn Clock>) -> Self {
        home.database.close().await;
        let parvis = start(&home.url, clock).await;
        let centre = (*parvis.centres().first().cloned().expect("a centre")).clone();
        parvis.stop().await;
        Self { centre, secrets: BTreeMap::new(), database: home.url.clone(), home }
    }

    /// Starts the program on it and opens the day.
    pub async fn serve(&self) -> Program {
        let program = Program::serve(&self.database, &[]);
        let api = program.api();
        api.until_ready().await;
        api.signed_in("coordinator").await.post(&self.path("day/open")).await.is(204);
        program
    }

    /// The kiosk, the display or the printer, as a caller of this server.
    pub fn device(&self, api: &Api, kind: &str) -> Api {
        api.with_token(self.secrets.get(kind).expect("a device of this kind"))
    }
    /// The token of a host at the door: a kiosk that gives thousands of numbers is stopped.
    pub async fn host(&self, address: &str) -> String {
        let host = Api::new(format!("http://{address}"), reqwest::Client::new()).signed_in("host").await;
        host.token().expect("a token").to_owned()
    }
    /// A path below the centre.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/centres/{}/{rest}", self.centre.slug)
    }
    /// The id of a place, by its desk's name and its own.
    pub fn place(&self, desk: &str, place: &str) -> String {
        let desk = self.centre.desks.iter().find(|d| d.name == desk).expect("a desk of this name");
        desk.places.iter().find(|p| p.name == place).expect("a place of this name").id.to_string()
    }
    /// The database's throw-away home.
    pub fn home(&self) -> &TestDatabase {
        &self.home
    }
    /// Throws the database away.
    pub async fn finish(self) {
        self.home.finish().await;
    }
}

/// Imports a centre, as the command line does.
async fn import(url: &str, clock: Arc<dyn Clock>, file: &str) -> (Centre, Imported) {
    let parvis = start(url, clock).await;
    let imported = parvis.import_centre(file, FirstPasswords::All(PASSWORD.to_owned())).await;
    let imported = imported.unwrap_or_else(|e| panic!("the small centre's file: {e}"));
    let centre = (*parvis.centre_by_id(imported.centre).expect("the centre is there")).clone();
    parvis.stop().await;
    (centre, imported)
}

/// What a command line's order works with: no timer.
async fn start(url: &str, clock: Arc<dyn Clock>) -> Parvis {
    let database = Database::open(url).await.expect("the database");
    let options = Options { clock, demo: true, timer: false, ..Options::default() };
    Parvis::start(database, options).await.expect("the centres start")
}
