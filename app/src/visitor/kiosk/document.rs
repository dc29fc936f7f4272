//! The document around a page of the kiosk.

use leptos::prelude::*;

use crate::texts::Texts;

/// Addresses of the files that the pages of a kiosk load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The style sheet.
    pub stylesheet: String,
    /// The script, without which the page works too.
    pub script: String,
}

/// What a document says of itself.
pub struct Document<'a> {
    /// Language and direction.
    pub texts: &'a Texts,
    /// Title of the window.
    pub title: String,
    /// What it loads.
    pub files: &'a Files,
    /// The nonce of the content security policy.
    pub nonce: &'a str,
    /// More of the head, if any.
    pub head: Option<AnyView>,
    /// How the screen is set, for the style sheet: `large`, `large low`…
    pub class: String,
}

impl Document<'_> {
    /// The whole document as text, around what `body` makes.
    pub fn render(self, body: impl FnOnce() -> AnyView) -> String {
        Owner::new().with(|| {
            let code = self.texts.language().code().to_owned();
            let direction = self.texts.direction();
            let nonce = self.nonce.to_owned();
            view! {
                <!DOCTYPE html>
                <html lang=code dir=direction class=self.class>
                    <head>
                        <meta charset="utf-8" />
                        <meta name="viewport" content="width=device-width, initial-scale=1" />
                        <meta name="referrer" content="no-referrer" />
                        <meta name="robots" content="noindex" />
                        <title>{self.title}</title>
                        <link rel="stylesheet" href=self.files.stylesheet.clone() />
                        <script src=self.files.script.clone() nonce=nonce defer=true></script>
                        {self.head}
                    </head>
                    {body()}
                </html>
            }
            .to_html()
        })
    }
}
