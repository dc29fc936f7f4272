//! Printers that take no bytes.

use std::time::{Duration, Instant};

use journeys::{Installation, paper::DevicePrinter, program::Program};
use serde_json::json;
use storage::testing;
use tokio::net::TcpListener;

/// Receipts for each printer.
const RECEIPTS: usize = 50;

fn threads(process: u32) -> usize {
    std::fs::read_dir(format!("/proc/{process}/task")).unwrap().count()
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "how long it really takes")]
async fn printers_that_hang_take_neither_threads_nor_sign_in_nor_the_end() {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    let device = DevicePrinter::hung();
    // A printer that answers the call and then nothing.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let network = format!("tcp://{}", listener.local_addr().unwrap());
    let program = Program::serve(&centre.database, &["--printer-path", &device.path]);
    let api = program.api();
    api.until_ready().await;
    api.signed_in("coordinator").await.post(&centre.path("day/open")).await.is(204);
    let admin = api.signed_in("admin").await;
    let devices = admin.get(&centre.path("devices")).await.is(200).clone();
    let of = |kind: &str| devices.as_array().unwrap().iter().find(|d| d["kind"] == kind).unwrap()["id"].clone();
    let (kiosk, printer) = (of("kiosk"), of("printer"));
    let path = |id: &serde_json::Value| centre.path(&format!("devices/{}", id.as_str().unwrap()));
    admin.put_json(&path(&kiosk), json!({ "name": "Borne", "printer": printer })).await.is(200);
    let before = threads(program.id());
    let at_kiosk = centre.device(&api, "kiosk");
    for connection in [device.path.as_str(), &network] {
        admin.put_json(&path(&printer), json!({ "name": "Imprimante", "connection": connection })).await.is(200);
        for n in 0..RECEIPTS {
            let key = format!("{connection}-{n}");
            let taken = json!({ "need": "cv", "language": "fr" });
            at_kiosk.with_key(&key).post_json(&centre.path("tickets"), taken).await.is(201);
        }
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    // Signing in takes threads of its own at most: they are there before, or come by their number of cores.
    let asked = Instant::now();
    api.signed_in("host").await.get(&centre.path("devices")).await.is(200);
    assert!(asked.elapsed() < Duration::from_secs(2), "sign-in: {:?}", asked.elapsed());
    let after = threads(program.id());
    assert!(after <= before + 12, "threads: {before} → {after}");
    let asked = Instant::now();
    let log = program.stop().await;
    let took = asked.elapsed();
    eprintln!("threads {before} → {after}, stopped after {took:?}");
    assert!(took < Duration::from_secs(10), "{took:?}: {log}");
    centre.finish().await;
}
