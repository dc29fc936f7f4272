//! Busy days, made as fast as they honestly can.

use journeys::Installation;
use tokio::task::JoinSet;

use crate::http::{Connection, bearer, request};

const CLIENTS: usize = 32;

/// Has people take tickets for two spaces by turns; gives their follow tokens.
pub async fn people_wait(centre: &Installation, address: &str, people: usize) -> Vec<String> {
    let mut clients = JoinSet::new();
    for n in 0..CLIENTS {
        let share = people / CLIENTS + usize::from(n < people % CLIENTS);
        let need = if n % 2 == 0 { "cv" } else { "jobs" };
        let body = format!("{{\"need\":\"{need}\",\"language\":\"fr\"}}");
        let take = request("POST", &centre.path("tickets"), &bearer(&centre.secrets["kiosk"]), &body);
        let address = address.to_owned();
        clients.spawn(async move {
            let mut client = Connection::open(&address).await;
            let mut tokens = Vec::with_capacity(share);
            for _ in 0..share {
                let ticket = client.expect(&take, 201).await.json();
                tokens.push(ticket["follow"].as_str().unwrap().to_owned());
            }
            tokens
        });
    }
    clients.join_all().await.into_iter().flatten().collect()
}
