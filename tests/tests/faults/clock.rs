//! A machine whose clock is wrong: nothing is suspended, ended or destroyed on its word alone.

use journeys::{
    Installation,
    api::{Api, Reply},
    program::Program,
};
use serde_json::json;
use storage::testing;

/// A day behind, a day ahead, more than a year ahead.
const WRONG_BY: [i64; 3] = [-86_400, 86_400, 400 * 86_400];

async fn take(centre: &Installation, api: &Api) -> Reply {
    centre.device(api, "kiosk").post_json(&centre.path("tickets"), json!({ "need": "cv", "language": "fr" })).await
}

async fn state(centre: &Installation, api: &Api) -> String {
    let board = api.get(&centre.path("board")).await;
    board.is(200)["state"]["is"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_on_another_date_keeps_the_day_until_staff_say_what_it_is() {
    let centre = Installation::by_hand(testing::sqlite().await).await;
    let right = centre.serve().await;
    assert_eq!(take(&centre, &right.api()).await.is(201)["number"], "C001");
    right.stop().await;
    for (n, seconds) in WRONG_BY.into_iter().enumerate() {
        let wrong = Program::serve_wrong_by(&centre.database, seconds);
        let api = wrong.api();
        api.until_ready().await;
        assert_eq!(state(&centre, &api).await, "suspended", "{seconds}");
        take(&centre, &api).await.is_problem(409, "day_suspended");
        let host = api.signed_in("host").await;
        assert_eq!(host.get(&centre.path("tickets")).await.is(200).as_array().unwrap().len(), n + 1, "{seconds}");
        host.post(&centre.path("day/resume")).await.is(204);
        assert_eq!(take(&centre, &api).await.is(201)["number"], format!("C{:03}", n + 2), "{seconds}");
        wrong.stop().await;
    }
    centre.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_nodes_one_whose_clock_is_wrong_goes_by_the_database_s() {
    let Some(home) = testing::postgres().await else { return };
    let centre = Installation::by_hand(home).await;
    let right = centre.serve().await;
    for (n, seconds) in WRONG_BY.into_iter().enumerate() {
        let wrong = Program::serve_wrong_by(&centre.database, seconds);
        wrong.api().until_ready().await;
        for (m, api) in [wrong.api(), right.api()].iter().enumerate() {
            assert_eq!(state(&centre, api).await, "open", "{seconds}");
            assert_eq!(take(&centre, api).await.is(201)["number"], format!("C{:03}", 2 * n + m + 1), "{seconds}");
        }
        wrong.stop().await;
    }
    assert_eq!(state(&centre, &right.api()).await, "open");
    right.stop().await;
    centre.finish().await;
}
