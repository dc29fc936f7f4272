//! What every handler shares.

use std::{ops::Deref, sync::Arc};

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use services::Parvis;
use tokio::sync::watch;

use crate::{demo, printing::Printers};

/// What every handler shares. Cheap to clone, which happens some times a request.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// What there is to share.
pub struct Shared {
    /// The use cases.
    pub parvis: Parvis,
    /// Where and how this server is reached.
    pub site: Site,
    /// Receipts on their way to paper.
    pub printers: Printers,
    /// The demo's accounts, where it runs.
    pub demo: demo::Accounts,
    /// Settings of the hydrated staff pages.
    pub leptos: LeptosOptions,
    /// Turns true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

/// Where and how this server is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What QR codes and links begin with: scheme, host and port, no slash at the end.
    pub public_url: String,
    /// Whether the demo runs here, with its accounts; screens say so.
    pub demo: bool,
    /// Whether `X-Forwarded-Host` of a proxy is believed.
    pub trusted_proxy: bool,
}

impl Site {
    /// The full address of a path that begins with a slash, for a QR code.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
    /// Whether visitors come by HTTPS: cookies are then `Secure`.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

impl From<Shared> for AppState {
    fn from(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}
impl Deref for AppState {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
impl FromRef<AppState> for Parvis {
    fn from_ref(state: &AppState) -> Self {
        state.parvis.clone()
    }
}
