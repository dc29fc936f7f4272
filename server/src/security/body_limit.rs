//! No body is larger than anything that the server asks for.

use axum::{
    body::{Body, HttpBody},
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::StreamExt;

use super::BODY_LIMIT;
use crate::problem::ApiProblem;

/// How much of a body that is too large is still read, so that its sender gets to read why it was refused.
const READ_ON: usize = 4 * 1024 * 1024;

/// Refuses bodies larger than [`BODY_LIMIT`]: at once if they say so, else where they go beyond it.
pub async fn limit_body(request: Request, next: Next) -> Response {
    let limit = u64::try_from(BODY_LIMIT).unwrap_or(u64::MAX);
    if request.body().size_hint().lower() > limit {
        discard(request.into_body()).await;
        return ApiProblem::too_large().into_response();
    }
    next.run(request.map(|body| Body::new(http_body_util::Limited::new(body, BODY_LIMIT)))).await
}

async fn discard(body: Body) {
    let mut read = 0;
    let mut data = body.into_data_stream();
    while let Some(Ok(bytes)) = data.next().await {
        read += bytes.len();
        if read > READ_ON {
            return;
        }
    }
}
