//! Paper, from the kiosk's form to what comes out of the printer.

use std::{
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use journeys::{
    Api, Server,
    events::Events,
    everywhere,
    paper::{DevicePrinter, Paper, Printer, Roll},
    program,
};
use reqwest::{Method, StatusCode, redirect::Policy};
use serde_json::{Value, json};
use storage::testing;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
};

/// How long a test waits for what has to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// The kiosk prints on the centre's printer, which is reached in this way.
pub async fn kiosk_prints(server: &Server, connection: &str, paper: &str) {
    // To which address or file the server writes is the administrator's to say.
    let admin = server.staff("admin").await;
    let devices = admin.get(&server.path("devices")).await.is(200).clone();
    let of = |kind: &str| devices.as_array().unwrap().iter().find(|d| d["kind"] == kind).unwrap()["id"].clone();
    let (kiosk, printer) = (of("kiosk"), of("printer"));
    let path = |id: &Value| server.path(&format!("devices/{}", id.as_str().unwrap()));
    let changed = json!({ "name": "Imprimante", "connection": connection, "paper": paper });
    admin.put_json(&path(&printer), changed).await.is(200);
    admin.put_json(&path(&kiosk), json!({ "name": "Borne", "printer": printer })).await.is(200);
}

/// A ticket taken by the kiosk's own form; gives the path of its page.
async fn take(server: &Server, language: &str) -> String {
    let client = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let answer = client
        .post(format!("{}/k/petit/{language}/take", server.url))
        .header("cookie", format!("parvis_device={}", server.secrets["kiosk"]))
        .header("origin", &server.url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("need=cv&talk=fr&party=2")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", answer.text().await.unwrap());
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// The ticket's page as the kiosk shows it now.
async fn page(server: &Server, path: &str) -> String {
    let request = server.api().request(Method::GET, path);
    let request = request.header("cookie", format!("parvis_device={}", server.secrets["kiosk"]));
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.unwrap()
}

/// That the page says this before long.
async fn comes_to_say(server: &Server, path: &str, sentence: &str) {
    let says = async {
        while !page(server, path).await.contains(sentence) {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, says).await.unwrap_or_else(|_| panic!("the page does not say: {sentence}"));
}

fn says_everything(paper: &Paper, path: &str) {
    let text = paper.text();
    for part in [
        "Petite Cité",
        "C 001",
        "Je cherche du travail",
        "mon CV",
        "17 janvier",
        "10 h",
        "avant vous",
        "Où attendre",
        "à droite",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(paper.cuts, 1);
    let token = path.split('?').next().unwrap().rsplit('/').next().unwrap();
    assert_eq!(paper.codes.len(), 1, "{:?}", paper.codes);
    assert!(
        paper.codes[0].starts_with("http") && paper.codes[0].ends_with(&format!("/t/{token}")),
        "{:?}",
        paper.codes
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_printer_gets_the_whole_receipt_on_both_papers() {
    let server = Server::on_sqlite().await;
    let mut printer = Printer::on(Roll::There).await;
    kiosk_prints(&server, &format!("tcp://{}", printer.address), "80").await;
    let path = take(&server, "fr").await;
    let wide = printer.receipt().await;
    says_everything(&wide, &path);
    assert!(wide.pictures.is_empty(), "accents are the printer's own characters");
    assert!(wide.lines.iter().all(|l| l.chars().count() <= 48), "{:?}", wide.lines);

    kiosk_prints(&server, &format!("tcp://{}", printer.address), "58").await;
    take(&server, "en").await;
    let narrow = printer.receipt().await;
    assert!(narrow.text().contains("C 002") && narrow.text().contains("1 number before you"), "{}", narrow.text());
    assert!(narrow.lines.iter().all(|l| l.chars().count() <= 32), "{:?}", narrow.lines);
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn arabic_is_printed_as_pictures_as_wide_as_the_paper() {
    let server = Server::on_sqlite().await;
    let mut printer = Printer::on(Roll::There).await;
    kiosk_prints(&server, &format!("tcp://{}", printer.address), "58").await;
    take(&server, "ar").await;
    let paper = printer.receipt().await;
    assert!(paper.text().contains("C 001"), "the number stays in the printer's own characters: {}", paper.text());
    assert!(paper.pictures.len() >= 4, "{:?}", paper.pictures);
    for picture in &paper.pictures {
        assert_eq!(picture.width, 384);
        assert!(picture.height < 200 && picture.black > 200, "{picture:?}: are the print fonts in the bundle?");
    }
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_in_trouble_takes_no_ticket_away_and_is_told_to_staff() {
    let server = Server::on_sqlite().await;
    let nobody = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let mut empty = Printer::on(Roll::Out).await;
    let sentence = "L’imprimante ne répond pas. Retenez votre numéro.";
    for address in [nobody, empty.address.clone()] {
        kiosk_prints(&server, &format!("tcp://{address}"), "80").await;
        let path = take(&server, "fr").await;
        comes_to_say(&server, &path, sentence).await;
        let mut welcome = Events::open(&server.staff("host").await, "/live/welcome").await;
        welcome.until(|e| e.data["printers_down"].as_array().is_some_and(|p| p.len() == 1)).await;
    }
    assert!(empty.is_blank(), "nothing that would come out long after its visitor left");

    let mut printer = Printer::on(Roll::There).await;
    kiosk_prints(&server, &format!("tcp://{}", printer.address), "80").await;
    take(&server, "fr").await;
    assert!(printer.receipt().await.text().contains("C 003"), "both tickets were given");
    let mut welcome = Events::open(&server.staff("host").await, "/live/welcome").await;
    welcome.until(|e| e.data["printers_down"].as_array().is_some_and(Vec::is_empty)).await;
    server.finish().await;
}

/// A ticket taken by the kiosk with the HTTP API; gives what is answered.
async fn take_by_api(server: &Server, key: &str) -> Value {
    let body = json!({ "need": "cv", "language": "fr" });
    let kiosk = server.device("kiosk");
    kiosk.with_key(key).post_json(&server.path("tickets"), body).await.is(201).clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_printer_prints_both_in_order_and_is_not_called_broken() {
    let server = Server::on_sqlite().await;
    let mut printer = Printer::slow(Duration::from_secs(2)).await;
    kiosk_prints(&server, &format!("tcp://{}", printer.address), "80").await;
    let mut welcome = Events::open(&server.staff("host").await, "/live/welcome").await;
    let first = take(&server, "fr").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let second = take(&server, "fr").await;
    assert!(printer.receipt().await.text().contains("C 001"));
    assert!(printer.receipt().await.text().contains("C 002"));
    for path in [first, second] {
        assert!(page(&server, &path).await.contains("Votre ticket s’imprime."), "both are on their way");
    }
    // What comes after the receipts is after any alert.
    take(&server, "fr").await;
    welcome
        .until(|e| {
            assert!(e.data["printers_down"].as_array().is_none_or(Vec::is_empty), "{:?}", e.data["printers_down"]);
            e.data.to_string().contains("C003")
        })
        .await;
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosks_ticket_by_the_api_prints_as_its_page_does() {
    let server = Server::on_sqlite().await;
    let mut printer = Printer::on(Roll::There).await;
    kiosk_prints(&server, &format!("tcp://{}", printer.address), "80").await;
    let taken = take_by_api(&server, "one").await;
    assert_eq!(taken["receipt"], "on_its_way");
    let again = take_by_api(&server, "one").await;
    assert_eq!((&again["number"], &again["receipt"]), (&taken["number"], &taken["receipt"]));
    let by_page = take(&server, "fr").await;
    let (by_api, by_page) = (printer.receipt().await, (printer.receipt().await, by_page));
    says_everything(&by_api, taken["follow"].as_str().unwrap());
    assert!(by_page.0.text().contains("C 002"), "the same key prints once: {}", by_page.0.text());
    let without_number =
        |paper: &Paper| paper.text().replace("C 002", "C 001").replace("Au plus 1 numéro", "Aucun numéro");
    assert_eq!(without_number(&by_page.0), without_number(&by_api));

    // Where the kiosk's browser prints, only its page can; who is no kiosk has no paper.
    let admin = server.staff("admin").await;
    let devices = admin.get(&server.path("devices")).await.is(200).clone();
    let kiosk = devices.as_array().unwrap().iter().find(|d| d["kind"] == "kiosk").unwrap()["id"].clone();
    let path = server.path(&format!("devices/{}", kiosk.as_str().unwrap()));
    let changed = json!({ "name": "Borne", "connection": "browser" });
    admin.put_json(&path, changed).await.is(200);
    assert_eq!(take_by_api(&server, "two").await["receipt"], "by_browser");
    let body = json!({ "need": "cv", "language": "fr" });
    let by_host = server.staff("host").await.post_json(&server.path("tickets"), body).await.is(201).clone();
    assert_eq!(by_host["receipt"], "none");
    assert!(printer.is_blank());
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn number_1000_is_one_line_on_both_papers() {
    let server = Server::on_sqlite().await;
    let coordinator = server.staff("coordinator").await;
    let mut policies = coordinator.get(&server.path("policies")).await.is(200).clone();
    policies["first_number"] = 1000.into();
    coordinator.put_json(&server.path("policies"), policies).await.is(204);
    let mut printer = Printer::on(Roll::There).await;
    for (paper, number) in [("58", "C 1000"), ("80", "C 1001")] {
        kiosk_prints(&server, &format!("tcp://{}", printer.address), paper).await;
        take(&server, "fr").await;
        let lines = printer.receipt().await.lines;
        assert!(lines.iter().any(|line| line == number), "{lines:?}");
    }
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_file_is_printed_on() {
    let mut printer = DevicePrinter::on();
    let folder = tempfile::tempdir().unwrap();
    // As udev names a printer.
    let link = folder.path().join("printer");
    std::os::unix::fs::symlink(&printer.path, &link).unwrap();
    let link = link.to_str().unwrap();
    let server = Server::start_with(testing::sqlite().await, &["--printer-path", link]).await;
    kiosk_prints(&server, link, "80").await;
    let path = take(&server, "fr").await;
    says_everything(&printer.receipt("C 001").await, &path);
    server.finish().await;
}

/// The printer of the small centre.
async fn printer_of(admin: &Api, server: &Server) -> Value {
    let devices = admin.get(&server.path("devices")).await.is(200).clone();
    devices.as_array().unwrap().iter().find(|d| d["kind"] == "printer").unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_has_the_server_write_and_connect_only_where_it_was_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("backup.sh");
    std::fs::write(&script, "#!/bin/sh\n").unwrap();
    let allowed = ["--printer-path", "/dev/null", "--printer-network", "192.0.2.0/24"];
    let server = Server::start_with(testing::sqlite().await, &allowed).await;
    let admin = server.staff("admin").await;
    let printer = printer_of(&admin, &server).await;
    let path = server.path(&format!("devices/{}", printer["id"].as_str().unwrap()));
    let to = |connection: &str| json!({ "name": "Imprimante", "connection": connection });
    for (attack, why) in [
        (script.to_str().unwrap(), "a script"),
        ("/etc/passwd", "accounts"),
        ("/dev/../dev/null", "another name of what is allowed"),
        ("/proc/self/mem", "itself"),
        ("tcp://127.0.0.1:22", "another service of the machine"),
        ("tcp://192.0.2.10:22", "another service in the network"),
        ("tcp://198.51.100.1:9100", "another network"),
        ("tcp://169.254.169.254:9100", "a cloud's own"),
        ("tcp://0.0.0.0:9100", "another name of this machine"),
        ("tcp://[::ffff:198.51.100.1]:9100", "another network, in other words"),
        ("tcp://evil.example:9100", "a name that leads anywhere"),
    ] {
        let refused = admin.put_json(&path, to(attack)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        assert_eq!(refused.json["type"], "urn:parvis:problem:printer_not_allowed", "{why}");
        assert_eq!(refused.json["errors"][0]["pointer"], "/connection");
        assert!(refused.json["detail"].as_str().unwrap().contains("--printer-path"), "{why}");
    }
    // Who runs the centre and is no administrator chooses none of them, allowed or not.
    let coordinator = server.staff("coordinator").await;
    coordinator.put_json(&path, to("/dev/null")).await.is(403);
    coordinator.put_json(&path, to("agent")).await.is(200);
    for fine in ["/dev/null", "tcp://192.0.2.10:9100", "tcp://127.0.0.1:9100", "agent"] {
        admin.put_json(&path, to(fine)).await.is(200);
    }
    assert_eq!(std::fs::read_to_string(&script).unwrap(), "#!/bin/sh\n");
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_of_before_that_is_not_allowed_stands_idle_and_staff_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("backup.sh");
    std::fs::write(&script, "#!/bin/sh\n").unwrap();
    let script = script.to_str().unwrap();
    let mut server = Server::start_with(testing::sqlite().await, &["--printer-path", script]).await;
    // Allowed then: it is no device, so nothing is written nevertheless.
    kiosk_prints(&server, script, "80").await;
    let page = take(&server, "fr").await;
    comes_to_say(&server, &page, "L’imprimante ne répond pas. Retenez votre numéro.").await;

    server.stop().await;
    server.set_options(&[]);
    server.run().await;
    let refused = |e: &journeys::events::Event| e.data["printers_refused"].as_array().map(Vec::len);
    let mut welcome = Events::open(&server.staff("host").await, "/live/welcome").await;
    welcome.until(|e| refused(e) == Some(1)).await;
    let page = take(&server, "fr").await;
    comes_to_say(&server, &page, "L’imprimante ne répond pas. Retenez votre numéro.").await;
    // Its name and paper can still be changed; and once it prints in another way, all is well.
    let admin = server.staff("admin").await;
    let printer = printer_of(&admin, &server).await;
    let path = server.path(&format!("devices/{}", printer["id"].as_str().unwrap()));
    admin.put_json(&path, json!({ "name": "Encore", "connection": script })).await.is(200);
    admin.put_json(&path, json!({ "name": "Encore", "connection": "agent" })).await.is(200);
    welcome.until(|e| refused(e) == Some(0)).await;
    assert_eq!(std::fs::read_to_string(script).unwrap(), "#!/bin/sh\n");
    server.finish().await;
}

/// `parvis print-agent`, as it runs beside a printer.
fn agent(url: &str, secret: &str, to: &str) -> Child {
    Command::new(program::program())
        .args(["print-agent", "--server", url, "--to", to])
        .env("PARVIS_PRINTER_SECRET", secret)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the agent starts")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_prints_where_the_server_cannot_and_goes_on_after_a_restart() {
    let mut server = Server::start(testing::sqlite().await).await;
    kiosk_prints(&server, "agent", "80").await;
    let mut printer = Printer::on(Roll::There).await;
    let at_printer = agent(&server.url, &server.secrets["printer"], &format!("tcp://{}", printer.address));
    let path = take(&server, "fr").await;
    says_everything(&printer.receipt().await, &path);

    // The server is upgraded while the agent waits for the next receipt.
    let address = server.url.trim_start_matches("http://").to_owned();
    server.stop().await;
    server.run_at(&address).await;
    take(&server, "fr").await;
    assert!(printer.receipt().await.text().contains("C 002"));
    drop(at_printer);
    // It did not say that it ends: nobody hears of it for a while.
    server.clock.pass(Duration::from_secs(51));

    let mut device = DevicePrinter::on();
    let _at_device = agent(&server.url, &server.secrets["printer"], &device.path);
    take(&server, "fr").await;
    let paper = device.receipt("C 003").await;
    assert!(!paper.text().contains("C 002"), "what the first agent fetched comes no second time: {}", paper.text());
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_an_agent_has_is_given_to_nobody_else() {
    let server = Server::on_sqlite().await;
    kiosk_prints(&server, "agent", "80").await;
    let printer = server.device("printer");
    let next = || async {
        let answer = printer.request(Method::GET, "/api/v1/printer/jobs/next").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let job = answer.headers()["x-job"].to_str().unwrap().to_owned();
        (job, Paper::read(&answer.bytes().await.unwrap()).text())
    };
    let path = take(&server, "fr").await;
    let (first, text) = next().await;
    assert!(text.contains("C 001"), "{text}");
    // The confirmation is lost on the way: the agent asks for the next one.
    take(&server, "fr").await;
    let (second, text) = next().await;
    assert!(text.contains("C 002") && first != second, "{text}");
    comes_to_say(&server, &path, "L’imprimante ne répond pas. Retenez votre numéro.").await;
    // It comes late.
    let told = json!({ "state": "printed" });
    printer.post_json(&format!("/api/v1/printer/jobs/{first}"), told).await.is(204);
    assert!(!page(&server, &path).await.contains("ne répond pas"));
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_agent_with_the_same_secret_gets_nothing_and_staff_are_told() {
    everywhere(async |server| {
        kiosk_prints(&server, "agent", "80").await;
        let printer = server.device("printer");
        let next = |agent: &'static str| {
            printer.request(Method::GET, "/api/v1/printer/jobs/next").header("x-agent", agent).send()
        };
        take(&server, "fr").await;
        let first = next("first").await.unwrap();
        assert_eq!(first.status(), StatusCode::OK);
        take(&server, "fr").await;
        let second = next("second").await.unwrap();
        assert_eq!(second.status(), StatusCode::CONFLICT);
        assert_eq!(second.json::<Value>().await.unwrap()["type"], "urn:parvis:problem:printer_has_agent");
        let mut welcome = Events::open(&server.staff("host").await, "/live/welcome").await;
        let doubled = |e: &journeys::events::Event| e.data["printers_doubled"].as_array().map(Vec::len);
        welcome.until(|e| doubled(e) == Some(1)).await;
        // The receipt is still the first one's, whose word of the last one was lost.
        let again = next("first").await.unwrap();
        assert!(Paper::read(&again.bytes().await.unwrap()).text().contains("C 002"));
        // The first goes away while it waits: the second has the printer at once.
        let waits = tokio::time::timeout(Duration::from_millis(500), next("first")).await;
        assert!(waits.is_err());
        tokio::time::sleep(Duration::from_millis(300)).await;
        take(&server, "fr").await;
        let taken_over = next("second").await.unwrap();
        assert!(Paper::read(&taken_over.bytes().await.unwrap()).text().contains("C 003"));
        // It is told for two minutes after it was last refused.
        server.clock.pass(Duration::from_secs(115));
        tokio::time::sleep(Duration::from_millis(1200)).await;
        server.clock.pass(Duration::from_secs(10));
        welcome.until(|e| doubled(e) == Some(0)).await;
    })
    .await;
}

/// A line to the server on which the first word about a receipt gets lost, and the answer to the second.
async fn line_that_loses(server: &Server) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let behind = server.url.trim_start_matches("http://").to_owned();
    tokio::spawn(async move {
        let words = Arc::new(AtomicU32::new(0));
        while let Ok((near, _)) = listener.accept().await {
            tokio::spawn(carry(near, TcpStream::connect(behind.clone()).await.unwrap(), Arc::clone(&words)));
        }
    });
    url
}

async fn carry(mut near: TcpStream, mut far: TcpStream, words: Arc<AtomicU32>) -> std::io::Result<()> {
    let (mut asked, mut answered) = (vec![0; 65536], vec![0; 65536]);
    let mut lost = false;
    loop {
        tokio::select! {
            read = near.read(&mut asked) => {
                let bytes = &asked[..read?];
                let word = if bytes.starts_with(b"POST") { words.fetch_add(1, Ordering::SeqCst) + 1 } else { 0 };
                lost = word == 2;
                if bytes.is_empty() || word == 1 {
                    return Ok(());
                }
                far.write_all(bytes).await?;
            }
            read = far.read(&mut answered) => {
                let bytes = &answered[..read?];
                if bytes.is_empty() || lost {
                    return Ok(());
                }
                near.write_all(bytes).await?;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_printed_once_though_the_agents_word_of_it_is_lost() {
    let server = Server::on_sqlite().await;
    kiosk_prints(&server, "agent", "80").await;
    let mut printer = Printer::on(Roll::There).await;
    let line = line_that_loses(&server).await;
    let _agent = agent(&line, &server.secrets["printer"], &format!("tcp://{}", printer.address));
    take(&server, "fr").await;
    assert!(printer.receipt().await.text().contains("C 001"));
    take(&server, "fr").await;
    let text = printer.receipt().await.text();
    assert!(text.contains("C 002"), "once: {text}");
    server.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_with_a_wrong_secret_says_so_and_ends() {
    let server = Server::on_sqlite().await;
    for secret in ["0".repeat(64), server.secrets["kiosk"].clone()] {
        let ended = agent(&server.url, &secret, "tcp://127.0.0.1:9").wait_with_output();
        let ended = tokio::time::timeout(PATIENCE, ended).await.expect("it ends").unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!ended.status.success() && said.contains("secret"), "{said}");
    }
    server.finish().await;
}
