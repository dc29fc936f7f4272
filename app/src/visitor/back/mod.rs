//! What a kiosk or a display shows while its server cannot be reached: whole in itself, it asks for the server by itself
//! and goes there as soon as it answers.

use domain::Language;

use crate::texts::{Texts, home, screen_languages};

/// The page, `first` being the language that comes first. It goes to `to`, or, without it, to its own address.
pub fn page(first: &Language, to: Option<&str>) -> String {
    let mut languages = screen_languages().to_vec();
    languages.sort_by_key(|l| l != first);
    // The texts are our own, but not written for HTML.
    let section = |language: &Language| {
        let t = Texts::of(language);
        let (title, lead) = (escaped(&home::back_soon(&t)), escaped(&home::back_soon_lead(&t)));
        format!(
            "<section lang=\"{}\" dir=\"{}\"><h1>{title}</h1><p>{lead}</p></section>",
            language.code(),
            t.direction()
        )
    };
    let t = Texts::of(first);
    include_str!("page.html")
        .replacen("{lang}", first.code(), 1)
        .replacen("{dir}", t.direction(), 1)
        .replacen("{to}", &escaped(to.unwrap_or_default()), 1)
        .replacen("{title}", &escaped(&home::back_soon(&t)), 1)
        .replacen("{sections}", &languages.iter().map(section).collect::<Vec<_>>().join("\n"), 1)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_speaks_every_language_the_own_one_first_and_knows_where_to_go() {
        let html = page(&Language::arabic(), Some("https://parvis.example/k/valmont/ar?a=\"&b"));
        assert!(
            html.contains(
                "<html lang=\"ar\" dir=\"rtl\" data-to=\"https://parvis.example/k/valmont/ar?a=&quot;&amp;b\">"
            )
        );
        let told = |code: &str| html.find(&format!("<section lang=\"{code}\"")).unwrap_or(usize::MAX);
        assert!(told("ar") < told("fr") && told("fr") < told("en") && told("en") < html.len(), "{html}");
    }
}
