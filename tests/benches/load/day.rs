//! Busy days, made as fast as they honestly can.

use journeys::Installation;
use tokio::task::JoinSet;

use crate::http::{Connection, bearer, request};

const CLIENTS: usize = 32;

/// Has people take tickets for these needs by turns; gives their follow tokens in the order of their numbers.
pub async fn people_wait(centre: &Installation, address: &str, people: usize, needs: &[&str]) -> Vec<String> {
    let host = centre.host(address).await;
    let mut clients = JoinSet::new();
    for n in 0..CLIENTS {
        let share = people / CLIENTS + usize::from(n < people % CLIENTS);
        let need = needs[n % needs.len()];
        let body = format!("{{\"need\":\"{need}\",\"language\":\"fr\"}}");
        let take = request("POST", &centre.path("tickets"), &bearer(&host), &body);
        let address = address.to_owned();
        clients.spawn(async move {
            let mut client = Connection::open(&address).await;
            let mut tickets = Vec::with_capacity(share);
            for _ in 0..share {
                let ticket = client.expect(&take, 201).await.json();
                let text = |field: &str| ticket[field].as_str().unwrap().to_owned();
                tickets.push((text("number"), text("follow")));
            }
            tickets
        });
    }
    let mut tickets: Vec<(String, String)> = clients.join_all().await.into_iter().flatten().collect();
    tickets.sort_unstable_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
    tickets.into_iter().map(|(_, token)| token).collect()
}
