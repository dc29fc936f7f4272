//! Paper, from the kiosk's form to what comes out of the printer.

use std::{process::Stdio, time::Duration};

use journeys::{
    Server,
    events::Events,
    paper::{Paper, Printer, Roll},
    program,
};
use reqwest::{Method, StatusCode, redirect::Policy};
use serde_json::{Value, json};
use storage::testing;
use tokio::process::{Child, Command};

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
    assert!(narrow.text().contains("C 002") && narrow.text().contains("1 person before you"), "{}", narrow.text());
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

#[tokio::test(flavor = "multi_thread")]
async fn a_device_file_is_printed_on() {
    let server = Server::on_sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lp0");
    std::fs::write(&file, "").unwrap();
    kiosk_prints(&server, file.to_str().unwrap(), "80").await;
    let path = take(&server, "fr").await;
    says_everything(&written(&file, "C 001").await, &path);
    server.finish().await;
}

/// What a device file got, once this ticket's receipt is whole: it ends with its cut.
async fn written(file: &std::path::Path, number: &str) -> Paper {
    let whole = async {
        loop {
            let bytes = std::fs::read(file).unwrap();
            let cut = bytes.windows(2).rposition(|w| w == [0x1d, b'V']);
            let paper = cut.map(|_| Paper::read(&bytes)).filter(|p| p.text().contains(number));
            if let Some(paper) = paper {
                return paper;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, whole).await.expect("the receipt is written")
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

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lp0");
    std::fs::write(&file, "").unwrap();
    let _at_file = agent(&server.url, &server.secrets["printer"], file.to_str().unwrap());
    take(&server, "fr").await;
    // The first agent may have ended before it could say that C 002 is on paper: then that comes once more.
    written(&file, "C 003").await;
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
