//! PostgreSQL is stopped and started under the running program.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use journeys::{Api, Installation, Reply};
use serde_json::json;
use storage::testing;

/// Longer than the program needs to notice that its server is there again.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn a_database_server_that_stops_is_said_and_the_day_goes_on_once_it_runs() {
    if std::env::var_os(testing::POSTGRES).is_none() {
        return;
    }
    let mut cluster = Cluster::start();
    let home = testing::postgres_on(&cluster.url).await;
    let centre = Installation::by_hand(home).await;
    let program = centre.serve().await;
    let api = program.api();
    assert_eq!(take(&centre, &api).await.is(201)["number"], "C001");

    cluster.tell("stop --mode=fast");
    take(&centre, &api).await.is_problem(503, "storage_unreachable");
    let board = api.get(&centre.path("board")).await;
    assert_eq!(board.is(200)["state"]["is"], "open", "what is known is shown");
    cluster.tell("start --wait");

    let again = async {
        loop {
            let reply = take(&centre, &api).await;
            if reply.status == 201 {
                return reply;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let again = tokio::time::timeout(PATIENCE, again).await.expect("it works again by itself");
    assert_eq!((&again.json["number"], &again.json["ahead"]), (&json!("C002"), &json!(1)), "nothing is there twice");
    program.stop().await;
    centre.finish().await;
}

async fn take(centre: &Installation, api: &Api) -> Reply {
    let body = json!({ "need": "cv", "language": "fr" });
    centre.device(api, "kiosk").post_json(&centre.path("tickets"), body).await
}

/// A PostgreSQL of this test's own, which nobody else misses.
struct Cluster {
    url: String,
    shell: Child,
    orders: Option<ChildStdin>,
    said: BufReader<ChildStdout>,
}

impl Cluster {
    fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/with-postgres.sh");
        let obey = "echo $PARVIS_TEST_POSTGRES; while read -r order; do \
            (cd / && $PARVIS_TEST_POSTGRES_CTL $order >/dev/null 2>&1 </dev/null); echo $?; done";
        let mut shell = Command::new(script)
            .args(["sh", "-c", obey])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the script runs");
        let orders = shell.stdin.take();
        let said = BufReader::new(shell.stdout.take().unwrap());
        let mut cluster = Self { url: String::new(), shell, orders, said };
        cluster.url = cluster.line();
        cluster
    }
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("the script answers");
        line.trim().to_owned()
    }
    /// Has `pg_ctl` do something, and waits until it has.
    fn tell(&mut self, order: &str) {
        writeln!(self.orders.as_ref().unwrap(), "{order}").unwrap();
        assert_eq!(self.line(), "0", "pg_ctl {order}");
    }
}

impl Drop for Cluster {
    /// Without orders the script ends, and takes its cluster with it.
    fn drop(&mut self) {
        self.orders = None;
        let _ = self.shell.wait();
    }
}
