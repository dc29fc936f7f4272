//! Releases of career information that staff upload in Settings: a plain form. Its files go to a temporary folder a piece
//! at a time, are imported from there, and are removed whatever comes of it.

use std::{
    path::{Component, Path},
    time::Duration,
};

use axum::{
    Router,
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Query, Request, State,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use domain::{Language, catalogue::Source};
use serde::Deserialize;
use services::catalogue::import::{CodeColumn, Input};
use tempfile::TempDir;
use tokio::{fs::File, io::AsyncWriteExt};
use tower_http::timeout::TimeoutLayer;

use crate::{
    extract::{Caller, Params},
    problem::ApiProblem,
    state::AppState,
};

/// Bytes of all files at most: ESCO in every language is about this large.
const MOST: usize = 1024 * 1024 * 1024;
/// Files at most.
const FILES: usize = 200;
/// Bytes of a field of the form that is no file.
const FIELD: usize = 300;
/// How long the files may take to arrive.
const PATIENCE: Duration = Duration::from_mins(30);

/// The one route where large bodies are expected. It has its own limits.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/{lang}/settings/import", post(upload))
        .layer(DefaultBodyLimit::max(MOST))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
}

#[derive(Deserialize)]
struct Of {
    centre: String,
}

/// Why an upload was not taken: the word that the page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Zip,
    Nothing,
    OneFile,
    Columns,
    Broken,
    TooLarge,
    Full,
    Running,
}

impl Told {
    fn word(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Nothing => "nothing",
            Self::OneFile => "one_file",
            Self::Columns => "columns",
            Self::Broken => "broken",
            Self::TooLarge => "too_large",
            Self::Full => "full",
            Self::Running => "running",
        }
    }
}

impl From<MultipartError> for Told {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Broken }
    }
}

impl From<std::io::Error> for Told {
    fn from(error: std::io::Error) -> Self {
        tracing::warn!(%error, "an uploaded file could not be kept");
        Self::Full
    }
}

/// Who may not is told before a byte is read; who may goes back to the page, which says how it goes on.
async fn upload(
    State(state): State<AppState>,
    Params(language): Params<Language>,
    Query(of): Query<Of>,
    Caller(actor): Caller,
    request: Request,
) -> Result<Response, ApiProblem> {
    let centre = state.parvis.centre(&of.centre)?;
    let page = format!("/{language}/settings?section=library&view=import&centre={}", centre.slug);
    let back = |told: Option<Told>| {
        let told = told.map(|told| format!("&told={}", told.word())).unwrap_or_default();
        Ok(Redirect::to(&format!("{page}{told}")).into_response())
    };
    let Some(turn) = state.parvis.import_turn(&actor, centre.id)? else { return back(Some(Told::Running)) };
    let Ok(form) = Multipart::from_request(request, &state).await else { return back(Some(Told::Broken)) };
    match arrived(form).await {
        Ok((input, folder)) => {
            turn.begin(input, folder);
            back(None)
        }
        Err(told) => back(Some(told)),
    }
}

/// The fields of the form that are no files.
#[derive(Default)]
struct Fields {
    what: String,
    from: String,
    from_column: String,
    to: String,
    to_column: String,
    relation: String,
}

impl Fields {
    fn named(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "what" => &mut self.what,
            "from" => &mut self.from,
            "from_column" => &mut self.from_column,
            "to" => &mut self.to,
            "to_column" => &mut self.to_column,
            "relation" => &mut self.relation,
            _ => return None,
        })
    }
}

/// Keeps the files in a folder of their own; what is to be imported from it.
async fn arrived(mut form: Multipart) -> Result<(Input, TempDir), Told> {
    let folder = tempfile::tempdir()?;
    let (mut fields, mut names) = (Fields::default(), Vec::new());
    while let Some(mut field) = form.next_field().await? {
        if field.name() == Some("files") {
            // A browser sends an empty part where no file was chosen.
            let Some(name) = field.file_name().and_then(file_name) else { continue };
            if names.len() == FILES {
                return Err(Told::TooLarge);
            }
            keep(&mut field, &folder.path().join(&name)).await?;
            if !names.contains(&name) {
                names.push(name);
            }
        } else if let Some(place) = field.name().map(str::to_owned).and_then(|name| fields.named(&name)) {
            *place = text(&mut field).await?;
        }
    }
    Ok((input(&fields, folder.path(), &names)?, folder))
}

/// The last part of a name, if it can be a file's: nothing leads out of the folder.
fn file_name(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next()?.trim();
    let is_plain = matches!(Path::new(last).components().collect::<Vec<_>>()[..], [Component::Normal(_)]);
    (is_plain && last.len() <= 200 && !last.chars().any(char::is_control)).then(|| last.to_owned())
}

async fn keep(field: &mut Field<'_>, path: &Path) -> Result<(), Told> {
    let mut file = File::create(path).await?;
    let mut is_first = true;
    while let Some(piece) = field.chunk().await? {
        if std::mem::take(&mut is_first) && piece.starts_with(b"PK\x03\x04") {
            return Err(Told::Zip);
        }
        file.write_all(&piece).await?;
    }
    Ok(file.flush().await?)
}

async fn text(field: &mut Field<'_>) -> Result<String, Told> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > FIELD {
            return Err(Told::TooLarge);
        }
    }
    String::from_utf8(bytes).map(|text| text.trim().to_owned()).map_err(|_| Told::Broken)
}

fn input(fields: &Fields, folder: &Path, names: &[String]) -> Result<Input, Told> {
    let only = || match names {
        [one] => Ok(folder.join(one)),
        _ => Err(Told::OneFile),
    };
    if names.is_empty() {
        return Err(Told::Nothing);
    }
    Ok(match fields.what.as_str() {
        "rome" => Input::Rome(folder.into()),
        "esco" => Input::Esco(folder.into()),
        "onet" => Input::Onet(folder.into()),
        "catalogue" => Input::Own(only()?),
        "crosswalk" => {
            let from = column(&fields.from, &fields.from_column)?;
            let to = column(&fields.to, &fields.to_column)?;
            if from.source == to.source {
                return Err(Told::Columns);
            }
            let relation = Some(fields.relation.clone()).filter(|r| !r.is_empty());
            Input::Crosswalk { file: only()?, from, to, relation }
        }
        _ => return Err(Told::Broken),
    })
}

fn column(source: &str, column: &str) -> Result<CodeColumn, Told> {
    let source: Source = source.parse().map_err(|_| Told::Columns)?;
    if column.is_empty() { Err(Told::Columns) } else { Ok(CodeColumn { source, column: column.to_owned() }) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_s_name_leads_nowhere_else() {
        for (given, kept) in [
            ("a.csv", Some("a.csv")),
            ("C:\\Users\\x\\b c.csv", Some("b c.csv")),
            ("../../etc/passwd", Some("passwd")),
            ("", None),
            ("..", None),
            ("x/", None),
            (".", None),
            ("a\0b", None),
        ] {
            assert_eq!(file_name(given).as_deref(), kept, "{given}");
        }
    }

    #[test]
    fn what_is_imported_is_what_the_form_says() {
        let (folder, one) = (Path::new("/tmp/x"), ["a.csv".to_owned()]);
        let two = ["a.csv".to_owned(), "b.csv".to_owned()];
        let form = |what: &str| Fields { what: what.into(), ..Fields::default() };
        assert!(matches!(input(&form("rome"), folder, &two), Ok(Input::Rome(path)) if path == folder));
        assert!(
            matches!(input(&form("catalogue"), folder, &one), Ok(Input::Own(path)) if path == folder.join("a.csv"))
        );
        assert_eq!(input(&form("catalogue"), folder, &two).unwrap_err(), Told::OneFile);
        assert_eq!(input(&form("esco"), folder, &[]).unwrap_err(), Told::Nothing);
        assert_eq!(input(&form("what"), folder, &one).unwrap_err(), Told::Broken);
        let mut crosswalk = Fields { from: "esco".into(), to: "esco".into(), ..form("crosswalk") };
        assert_eq!(input(&crosswalk, folder, &one).unwrap_err(), Told::Columns);
        (crosswalk.from_column, crosswalk.to_column) = ("a".into(), "b".into());
        assert_eq!(
            input(&crosswalk, folder, &one).unwrap_err(),
            Told::Columns,
            "one source is not matched with itself"
        );
        crosswalk.to = "rome".into();
        assert!(matches!(input(&crosswalk, folder, &one), Ok(Input::Crosswalk { relation: None, .. })));
    }
}
