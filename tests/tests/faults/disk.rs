//! A disk that is full, a file that cannot be written: refused in words, and working again by itself.

use journeys::{Api, Installation, Reply, program::Program};
use reqwest::Method;
use serde_json::json;
use storage::testing::{
    self,
    faults::{Immutable, SmallDisk},
};

/// One more ticket by the API.
async fn take(centre: &Installation, api: &Api) -> Reply {
    let body = json!({ "need": "cv", "language": "fr" });
    centre.device(api, "kiosk").post_json(&centre.path("tickets"), body).await
}

/// The last page of the kiosk, sent as its form sends it; gives the page that a visitor reads.
async fn at_the_kiosk(centre: &Installation, api: &Api) -> (u16, String) {
    let cookie = format!("parvis_device={}", centre.secrets["kiosk"]);
    let path = format!("/k/{}/fr/take", centre.centre.slug);
    let form = "need=cv&talk=fr&party=1&key=0123456789abcdef";
    let request = api
        .request(Method::POST, &path)
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html");
    let answer = request.body(form).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Nothing can be stored: it is said to programs and to people, and everything can still be read.
async fn says_so(centre: &Installation, program: &Program, status: u16, code: &str) {
    let api = program.api();
    take(centre, &api).await.is_problem(status, code);
    let (status, page) = at_the_kiosk(centre, &api).await;
    assert_eq!(status, 503, "{page}");
    assert!(page.contains("<html lang=\"fr\"") && !page.contains("urn:parvis"), "in words: {page}");
    assert_eq!(
        centre.device(&api, "kiosk").get(&centre.path("display")).await.is(200)["state"]["is"],
        "open",
        "reading goes on"
    );
    assert_eq!(api.request(Method::GET, "/healthz").send().await.unwrap().status(), 200);
    assert_eq!(api.request(Method::GET, "/readyz").send().await.unwrap().status(), 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_and_the_day_goes_on_once_there_is_room() {
    let Some(disk) = SmallDisk::mount("6m") else {
        eprintln!("a full disk is NOT tested here: it takes root, to mount a small one");
        return;
    };
    let centre = Installation::by_hand(testing::sqlite_in(disk.path()).await).await;
    let program = centre.serve().await;
    let api = program.api();
    take(&centre, &api).await.is(201);
    let ballast = disk.fill();
    // What the write-ahead log has room for is still kept.
    let mut taken = 1;
    while take(&centre, &api).await.status == 201 {
        taken += 1;
    }
    says_so(&centre, &program, 507, "storage_full").await;

    std::fs::remove_file(ballast).unwrap();
    taken += 1;
    let next = take(&centre, &api).await;
    assert_eq!(next.is(201)["number"], format!("C{taken:03}"), "no number was lost");
    assert_eq!(next.json["ahead"], taken - 1, "nobody is there twice");
    program.stop().await;
    centre.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_written_is_said_and_works_again_without_a_restart() {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    let program = centre.serve().await;
    let api = program.api();
    take(&centre, &api).await.is(201);
    let Some(guard) = Immutable::make(&centre.home().folder().unwrap()) else {
        eprintln!("a read-only file is NOT tested here: it takes root and chattr +i");
        return;
    };
    // The open file fails first, then the file that cannot be opened for writing.
    assert!(take(&centre, &api).await.status.is_server_error());
    says_so(&centre, &program, 503, "storage_read_only").await;
    drop(guard);
    assert_eq!(take(&centre, &api).await.is(201)["number"], "C002");
    program.stop().await;
    centre.finish().await;
}
