//! What browsers load and receipts are printed with: the files of dist/, embedded in a release build.
//!
//! Pages know an asset by its logical name (`staff.css`); its address holds its content's hash, so
//! browsers may keep it for ever. A debug build reads dist/ when it starts, and works without it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, RANGE, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use serde::Deserialize;

/// Where assets are served.
const URL: &str = "/assets/";

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

#[derive(RustEmbed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Dist;

/// One file with its compressed copies.
struct Asset {
    logical: String,
    /// Its path under [`URL`] and in dist/.
    path: String,
    served: bool,
    identity: Bytes,
    br: Option<Bytes>,
    gz: Option<Bytes>,
}

#[derive(Default)]
struct Assets {
    all: Vec<Asset>,
    by_logical: HashMap<String, usize>,
    by_path: HashMap<String, usize>,
}

#[derive(Deserialize)]
struct Manifest {
    assets: HashMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    served: bool,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets::load(&embedded));

/// The content of a file of dist/.
fn embedded(path: &str) -> Option<Bytes> {
    Dist::get(path).map(|file| match file.data {
        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
    })
}

impl Assets {
    fn load(read: &dyn Fn(&str) -> Option<Bytes>) -> Self {
        let manifest = read("manifest.json").and_then(|text| serde_json::from_slice::<Manifest>(&text).ok());
        let Some(manifest) = manifest else {
            tracing::warn!("this build holds no assets: pages come without style and script");
            return Self::default();
        };
        let mut assets = Self::default();
        for (logical, entry) in manifest.assets {
            if let Some(identity) = read(&entry.path) {
                let br = read(&format!("{}.br", entry.path));
                let gz = read(&format!("{}.gz", entry.path));
                assets.add(Asset { logical, path: entry.path, served: entry.served, identity, br, gz });
            }
        }
        assets
    }

    fn add(&mut self, asset: Asset) {
        let place = self.all.len();
        self.by_logical.insert(asset.logical.clone(), place);
        if asset.served {
            self.by_path.insert(asset.path.clone(), place);
        }
        self.all.push(asset);
    }

    /// A digest of the program's version and of every file: their names hold their contents' hashes.
    fn build(&self) -> String {
        let mut paths: Vec<&str> = self.all.iter().map(|asset| asset.path.as_str()).collect();
        paths.sort_unstable();
        let mut hasher = DefaultHasher::new();
        (env!("CARGO_PKG_VERSION"), paths).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    fn logical(&self, logical: &str) -> Option<&Asset> {
        self.by_logical.get(logical).and_then(|place| self.all.get(*place))
    }

    fn served(&self, path: &str) -> Option<&Asset> {
        self.by_path.get(path).and_then(|place| self.all.get(*place))
    }
}

/// The address of an asset, such as `/assets/staff.0123456789abcdef.css` for `staff.css`.
///
/// A name that the bundle does not hold gives `/assets/NAME`, which answers 404.
pub fn url(logical: &str) -> &'static str {
    // Each name is kept once: names come from the code, so there are few.
    static URLS: LazyLock<Mutex<HashMap<String, &'static str>>> = LazyLock::new(Mutex::default);
    let mut urls = URLS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(url) = urls.get(logical) {
        return url;
    }
    let path = ASSETS.logical(logical).map_or(logical, |asset| &asset.path);
    let url: &'static str = format!("{URL}{path}").leak();
    urls.insert(logical.to_owned(), url);
    url
}

/// Names this build of the server: a page that another one made is loaded again.
pub fn build() -> &'static str {
    static BUILD: LazyLock<String> = LazyLock::new(|| ASSETS.build());
    &BUILD
}

/// The content of an asset, among them those that only the server reads (`print-fonts/…`).
pub fn bytes(logical: &str) -> Option<&'static [u8]> {
    ASSETS.logical(logical).map(|asset| asset.identity.as_ref())
}

/// Serves the assets under `/assets/`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{*path}", get(serve))
}

async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    ASSETS.served(&path).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |asset| answer(asset, &headers))
}

fn answer(asset: &Asset, headers: &HeaderMap) -> Response {
    let content_type = HeaderValue::from_static(content_type(&asset.path));
    let common = [(CONTENT_TYPE, content_type), (CACHE_CONTROL, FOREVER), (VARY, ACCEPT_ENCODING.into())];
    if asset.br.is_none() && asset.gz.is_none() {
        return (common, whole_or_part(&asset.identity, headers)).into_response();
    }
    let (encoding, body) = negotiate(asset, headers);
    let encoding = encoding.map(|name| [(CONTENT_ENCODING, HeaderValue::from_static(name))]);
    (common, encoding.map_or_else(HeaderMap::new, HeaderMap::from_iter), body).into_response()
}

/// The smallest copy that the browser takes.
fn negotiate(asset: &Asset, headers: &HeaderMap) -> (Option<&'static str>, Bytes) {
    let accepted = headers.get_all(ACCEPT_ENCODING);
    let accepts = |name| accepted.iter().filter_map(|value| value.to_str().ok()).any(|list| accepts(list, name));
    match (&asset.br, &asset.gz) {
        (Some(br), _) if accepts("br") => (Some("br"), br.clone()),
        (_, Some(gz)) if accepts("gzip") => (Some("gzip"), gz.clone()),
        _ => (None, asset.identity.clone()),
    }
}

/// Whether a list such as `gzip, br;q=0` takes an encoding.
fn accepts(list: &str, name: &str) -> bool {
    list.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|encoding| encoding.eq_ignore_ascii_case(name));
        let refused = parts.filter_map(|part| part.strip_prefix("q=")).any(|q| q.parse() == Ok(0.0_f32));
        named && !refused
    })
}

/// Sounds are asked for in parts: some browsers play nothing otherwise.
fn whole_or_part(bytes: &Bytes, headers: &HeaderMap) -> Response {
    let whole = || ([(ACCEPT_RANGES, HeaderValue::from_static("bytes"))], bytes.clone()).into_response();
    let Some(asked) = headers.get(RANGE).and_then(|value| value.to_str().ok()) else {
        return whole();
    };
    let size = bytes.len() as u64;
    let Ok(ranges) = http_range_header::parse_range_header(asked) else {
        return whole();
    };
    let Ok(ranges) = ranges.validate(size) else {
        return (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, format!("bytes */{size}"))]).into_response();
    };
    let [range] = ranges.as_slice() else {
        return whole();
    };
    let (Ok(start), Ok(end)) = (usize::try_from(*range.start()), usize::try_from(*range.end())) else {
        return whole();
    };
    let place = format!("bytes {start}-{end}/{size}");
    (StatusCode::PARTIAL_CONTENT, [(CONTENT_RANGE, place)], Body::from(bytes.slice(start..=end))).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(path: &str) -> Option<Bytes> {
        Some(match path {
            "manifest.json" => Bytes::from_static(
                br#"{"inputs":"x","assets":{
                    "staff.css":{"path":"staff.1.css","served":true,"size":5,"br":2,"gz":3},
                    "call.mp3":{"path":"call.2.mp3","served":true,"size":10},
                    "print-fonts/a.ttf":{"path":"print-fonts/a.3.ttf","served":false,"size":4}}}"#,
            ),
            "staff.1.css" => Bytes::from_static(b"plain"),
            "staff.1.css.br" => Bytes::from_static(b"br"),
            "staff.1.css.gz" => Bytes::from_static(b"gz"),
            "call.2.mp3" => Bytes::from_static(b"0123456789"),
            "print-fonts/a.3.ttf" => Bytes::from_static(b"font"),
            _ => return None,
        })
    }

    async fn ask(path: &str, header: Option<(axum::http::HeaderName, &'static str)>) -> (Response, Bytes) {
        let assets = Assets::load(&read);
        let headers = header.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect();
        let (parts, body) = answer(assets.served(path).unwrap(), &headers).into_parts();
        let bytes = axum::body::to_bytes(body, 1024).await.unwrap();
        (Response::from_parts(parts, Body::empty()), bytes)
    }

    #[tokio::test]
    async fn the_best_accepted_encoding_is_sent() {
        for (accepted, encoding, body) in [
            ("gzip, deflate, br", Some("br"), "br"),
            ("gzip, br;q=0", Some("gzip"), "gz"),
            ("gzip;q=0.5", Some("gzip"), "gz"),
            ("identity", None, "plain"),
        ] {
            let (response, bytes) = ask("staff.1.css", Some((ACCEPT_ENCODING, accepted))).await;
            assert_eq!(response.headers().get(CONTENT_ENCODING).map(|v| v.to_str().unwrap()), encoding);
            assert_eq!(bytes, body, "{accepted}");
            assert_eq!(response.headers()[VARY], "accept-encoding");
            assert_eq!(response.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
            assert_eq!(response.headers()[CACHE_CONTROL], FOREVER);
        }
        let (response, bytes) = ask("staff.1.css", None).await;
        assert_eq!((response.status(), bytes.as_ref()), (StatusCode::OK, b"plain".as_ref()));
    }

    #[tokio::test]
    async fn a_sound_is_sent_in_parts() {
        let (response, bytes) = ask("call.2.mp3", Some((RANGE, "bytes=2-4"))).await;
        assert_eq!((response.status(), bytes.as_ref()), (StatusCode::PARTIAL_CONTENT, b"234".as_ref()));
        assert_eq!(response.headers()[CONTENT_RANGE], "bytes 2-4/10");
        assert_eq!(response.headers()[CONTENT_TYPE], "audio/mpeg");
        let (response, _) = ask("call.2.mp3", Some((RANGE, "bytes=20-"))).await;
        assert_eq!(response.status(), StatusCode::RANGE_NOT_SATISFIABLE);
        let (response, bytes) = ask("call.2.mp3", Some((RANGE, "lines=1-2"))).await;
        assert_eq!((response.status(), bytes.len()), (StatusCode::OK, 10));
    }

    #[test]
    fn what_is_kept_is_read_but_not_served() {
        let assets = Assets::load(&read);
        assert!(assets.logical("print-fonts/a.ttf").is_some());
        assert!(assets.served("print-fonts/a.3.ttf").is_none());
        assert!(assets.served("staff.css").is_none());
    }

    #[test]
    fn another_file_makes_another_build() {
        let whole = Assets::load(&read).build();
        assert_eq!(whole, Assets::load(&read).build());
        assert_ne!(whole, Assets::load(&|path| read(path).filter(|_| path != "call.2.mp3")).build());
    }

    #[test]
    fn without_a_bundle_names_stay_as_they_are() {
        assert!(Assets::load(&|_| None).logical("staff.css").is_none());
        assert_eq!(url("no such name.css"), "/assets/no such name.css");
        assert_eq!(bytes("no such name.css"), None);
    }
}
