//! `parvis print-agent`: stands near a printer that the server cannot reach, and holds the printer's secret.

use std::{future::Future, path::PathBuf, str::FromStr, time::Duration};

use reqwest::{Client, StatusCode};

use super::{
    Printing,
    jobs::{JOB, Result as Outcome},
    transport,
};

/// How long the agent waits after an error before it asks again.
const PAUSE: Duration = Duration::from_secs(3);
/// Longer than the server keeps a question open.
const PATIENCE: Duration = Duration::from_secs(40);

/// The agent's printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// `tcp://HOST:PORT`.
    Tcp(String),
    /// A device file.
    File(PathBuf),
}

/// What is written is no printer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is neither tcp://HOST:PORT nor the path of a device file")]
pub struct NotADestination(String);

impl FromStr for Destination {
    type Err = NotADestination;
    fn from_str(text: &str) -> Result<Self, NotADestination> {
        match text.strip_prefix("tcp://") {
            Some(address) if address.contains(':') => Ok(Self::Tcp(address.to_owned())),
            None if !text.is_empty() && !text.contains("://") => Ok(Self::File(text.into())),
            _ => Err(NotADestination(text.to_owned())),
        }
    }
}

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
    let agent = Agent { client, jobs: format!("{}/api/v1/printer/jobs", server.trim_end_matches('/')), secret, to };
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
            tracing::warn!(error = %error.without_url(), "the server does not answer: trying again");
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
    to: &'a Destination,
}

impl Agent<'_> {
    /// Waits for one receipt, prints it and says how it came out.
    async fn turn(&self) -> Result<(), reqwest::Error> {
        let asked = self.client.get(format!("{}/next", self.jobs)).bearer_auth(self.secret).send().await?;
        let answer = asked.error_for_status()?;
        let job = answer.headers().get(JOB).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let Some(job) = job.filter(|_| answer.status() == StatusCode::OK) else { return Ok(()) };
        let bytes = answer.bytes().await?;
        let state = self.print(&bytes).await;
        tracing::info!(?state, "a receipt");
        let told = self.client.post(format!("{}/{job}", self.jobs)).bearer_auth(self.secret);
        told.json(&Outcome { state }).send().await?.error_for_status()?;
        Ok(())
    }

    async fn print(&self, bytes: &[u8]) -> Printing {
        match self.to {
            Destination::Tcp(address) => transport::to_tcp(address, bytes).await,
            Destination::File(path) => transport::to_file(path.clone(), bytes.into()).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_an_address_or_a_file() {
        assert_eq!("tcp://printer:9100".parse(), Ok(Destination::Tcp("printer:9100".into())));
        assert_eq!("/dev/usb/lp0".parse(), Ok(Destination::File("/dev/usb/lp0".into())));
        for wrong in ["", "tcp://printer", "http://printer:9100"] {
            assert!(wrong.parse::<Destination>().is_err());
        }
    }
}
