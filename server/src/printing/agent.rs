//! `parvis print-agent`: stands near a printer that the server cannot reach, and holds the printer's secret.

use std::{future::Future, time::Duration};

use reqwest::{Client, StatusCode};
use services::secrets::{Secrets, SystemSecrets};

use super::{
    Printing,
    jobs::{AGENT, JOB, PrintResult},
    transport::{Destination, Port},
};

/// How long the agent waits after an error before it asks again.
const PAUSE: Duration = Duration::from_secs(3);
/// How often the agent says how a receipt came out, until it is heard.
const TELLINGS: u32 = 5;
/// Longer than the server keeps a question open.
const PATIENCE: Duration = Duration::from_secs(40);

/// Why an agent cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The server does not know the secret.
    #[error("the server does not know this printer's secret, or it was revoked: make a new one in the settings")]
    UnknownSecret,
    /// The HTTP client could not be made.
    #[error("no HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

/// Fetches receipts and prints them until `stop` ends. A server out of reach is asked again and again.
///
/// # Errors
/// [`AgentError::UnknownSecret`]; everything else is waited out.
pub async fn run(
    server: &str,
    secret: &str,
    to: &Destination,
    stop: impl Future<Output = ()>,
) -> Result<(), AgentError> {
    let client = Client::builder().timeout(PATIENCE).build()?;
    let jobs = format!("{}/api/v1/printer/jobs", server.trim_end_matches('/'));
    let agent = Agent { client, jobs, secret, name: SystemSecrets.new_id().to_string(), port: Port::new(to.clone()) };
    tokio::pin!(stop);
    loop {
        let turn = tokio::select! {
            () = &mut stop => return Ok(()),
            turn = agent.turn() => turn,
        };
        if let Err(error) = turn {
            if let Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) = error.status() {
                return Err(AgentError::UnknownSecret);
            }
            if error.status() == Some(StatusCode::CONFLICT) {
                tracing::warn!("another agent has this printer: trying again until it has ended");
            } else {
                tracing::warn!(error = %error.without_url(), "the server does not answer: trying again");
            }
            tokio::select! {
                () = &mut stop => return Ok(()),
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }
}

struct Agent<'a> {
    client: Client,
    jobs: String,
    secret: &'a str,
    /// Which of several agents with this secret it is.
    name: String,
    port: Port,
}

impl Agent<'_> {
    /// Waits for one receipt, prints it and says how it came out.
    async fn turn(&self) -> Result<(), reqwest::Error> {
        let asked = self.client.get(format!("{}/next", self.jobs)).bearer_auth(self.secret).header(AGENT, &self.name);
        let asked = asked.send().await?;
        let answer = asked.error_for_status()?;
        let job = answer.headers().get(JOB).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let Some(job) = job.filter(|_| answer.status() == StatusCode::OK) else { return Ok(()) };
        let state = self.port.print(answer.bytes().await?.as_ref().into()).await;
        tracing::debug!(?state, "a receipt");
        self.tell(&job, state).await
    }

    /// Says how a receipt came out, again where nobody heard it: it is on paper, and comes no second time.
    async fn tell(&self, job: &str, state: Printing) -> Result<(), reqwest::Error> {
        let mut left = TELLINGS;
        loop {
            let told = self.client.post(format!("{}/{job}", self.jobs)).bearer_auth(self.secret);
            left -= 1;
            match told.json(&PrintResult { state }).send().await {
                Err(_) if left > 0 => tokio::time::sleep(PAUSE).await,
                answer => return answer?.error_for_status().map(drop),
            }
        }
    }
}
