//! What a request shows about who calls, kept for as long as it is streamed to.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::CentreId;
use services::Actor;

use super::{Caller, Enrolled};
use crate::{problem::ApiProblem, state::AppState};

/// What a request shows about who calls: its headers with tokens, and nothing else of it.
#[derive(Clone, Debug)]
pub struct Credentials(HeaderMap);

impl Credentials {
    /// Who shows them, now.
    ///
    /// # Errors
    /// If it cannot be known, or a token is shown that is nobody's.
    pub async fn actor(&self, state: &AppState) -> Result<Actor, ApiProblem> {
        Caller::of(&self.0, state).await.map(|caller| caller.0)
    }

    /// Who of those that they name may see the centre's exact board: the device first, which stands there whoever signs
    /// in on it.
    ///
    /// # Errors
    /// If nobody may, or it cannot be known.
    pub async fn in_sight_of(&self, state: &AppState, centre: CentreId) -> Result<Actor, ApiProblem> {
        let device = Enrolled::of(&self.0, state).await?.actor();
        if state.parvis.may_see_board(&device, centre).is_ok() {
            return Ok(device);
        }
        let caller = self.actor(state).await?;
        state.parvis.may_see_board(&caller, centre)?;
        Ok(caller)
    }
}

impl FromRequestParts<AppState> for Credentials {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Self::Rejection> {
        let mut kept = HeaderMap::new();
        for name in [header::AUTHORIZATION, header::COOKIE] {
            for value in parts.headers.get_all(&name) {
                kept.append(&name, value.clone());
            }
        }
        Ok(Self(kept))
    }
}
