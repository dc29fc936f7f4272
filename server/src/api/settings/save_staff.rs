//! `POST /centres/{centre}/staff`

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use domain::{
    Language, OrganisationId, StaffId,
    staff::{Abilities, Role, Staff},
};
use serde::{Deserialize, Serialize};
use services::StaffForm;
use utoipa::ToSchema;

use super::super::{
    common::{Answer, Problems},
    model::Name,
};
use crate::{
    extract::{Body, Caller, Params},
    state::AppState,
};

/// What staff fill in for an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct StaffBody {
    /// The account to change; none makes a new one.
    #[serde(default)]
    id: Option<StaffId>,
    /// What is typed at sign-in: 2 to 40 lower-case letters, digits, dots, hyphens.
    #[schema(pattern = "^[A-Za-z0-9._-]{2,40}$")]
    login: String,
    /// Name shown to colleagues.
    name: Name,
    /// The employer.
    #[serde(default)]
    organisation: Option<OrganisationId>,
    /// Roles held.
    #[schema(value_type = Vec<Role>)]
    roles: BTreeSet<Role>,
    /// What the person can do for visitors.
    #[serde(default)]
    abilities: Abilities,
    /// Language of the staff screens.
    language: Language,
    /// Whether single-letter keys work on the desk screen.
    #[serde(default = "yes")]
    letter_keys: bool,
    /// Whether the account can sign in.
    #[serde(default = "yes")]
    active: bool,
}

fn yes() -> bool {
    true
}

/// An account that was saved.
#[derive(Serialize, ToSchema)]
#[schema(as = SavedStaff)]
pub(in crate::api) struct SavedStaffBody {
    /// The account.
    staff: Staff,
    /// The first password of a new account, shown only now.
    #[schema(required = true)]
    first_password: Option<String>,
}

/// Make or change an account
#[utoipa::path(
    post, path = "/centres/{centre}/staff", tag = "settings", operation_id = "save_staff",
    params(("centre" = String, Path, description = "The centre's slug or id")),
    request_body = StaffBody,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = SavedStaffBody, description = "The account as it is now."), Problems)
)]
pub(in crate::api) async fn save_staff(
    State(state): State<AppState>,
    caller: Caller,
    Params(centre): Params<String>,
    Body(body): Body<StaffBody>,
) -> Answer<Json<SavedStaffBody>> {
    let centre = state.parvis.centre(&centre)?;
    let form = StaffForm {
        id: body.id,
        login: body.login,
        name: body.name.0,
        organisation: body.organisation,
        roles: body.roles,
        abilities: body.abilities,
        language: body.language,
        letter_keys: body.letter_keys,
        active: body.active,
    };
    let saved = state.parvis.save_staff(&caller.0, centre.id, form).await?;
    Ok(Json(SavedStaffBody { staff: saved.staff, first_password: saved.first_password }))
}
