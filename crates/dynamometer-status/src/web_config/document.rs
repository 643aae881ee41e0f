//! The keys of a web config.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::web_config::fault::Fault;

/// All of it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) tls_server_config: Option<Spanned<TlsServerConfig>>,
    pub(super) http_server_config: Option<HttpServerConfig>,
    pub(super) basic_auth_users: Option<BTreeMap<String, Spanned<String>>>,
    pub(super) rate_limit: Option<Spanned<RateLimit>>,
    /// Ours: what a client shows instead of a user and a password.
    pub(super) bearer_token: Option<Spanned<String>>,
    /// Ours: a file with the token, and blanks around it.
    pub(super) bearer_token_file: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TlsServerConfig {
    pub(super) cert: Option<Spanned<String>>,
    pub(super) key: Option<Spanned<String>>,
    pub(super) client_ca: Option<Spanned<String>>,
    pub(super) cert_file: Option<Spanned<String>>,
    pub(super) key_file: Option<Spanned<String>>,
    pub(super) client_ca_file: Option<Spanned<String>>,
    pub(super) client_auth_type: Option<Spanned<String>>,
    pub(super) client_allowed_sans: Option<Spanned<Vec<String>>>,
    pub(super) min_version: Option<Spanned<String>>,
    pub(super) max_version: Option<Spanned<String>>,
    pub(super) cipher_suites: Option<Vec<Spanned<String>>>,
    pub(super) prefer_server_cipher_suites: Option<bool>,
    pub(super) curve_preferences: Option<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HttpServerConfig {
    #[serde(rename = "http2")]
    #[expect(
        dead_code,
        reason = "known, checked, and without effect: we speak HTTP/1.1"
    )]
    http2: Option<bool>,
    pub(super) headers: Option<Headers>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Headers {
    #[serde(rename = "Content-Security-Policy")]
    pub(super) content_security_policy: Option<Spanned<String>>,
    #[serde(rename = "X-Frame-Options")]
    pub(super) x_frame_options: Option<Spanned<String>>,
    #[serde(rename = "X-Content-Type-Options")]
    pub(super) x_content_type_options: Option<Spanned<String>>,
    #[serde(rename = "X-XSS-Protection")]
    pub(super) x_xss_protection: Option<Spanned<String>>,
    #[serde(rename = "Strict-Transport-Security")]
    pub(super) strict_transport_security: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateLimit {
    pub(super) interval: Option<Spanned<String>>,
    pub(super) burst: Option<u32>,
}

impl Document {
    /// Reads the file's text; an empty one says nothing.
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let document: Result<Option<Self>, _> = serde_saphyr::from_str(text);
        let document = document.map_err(|error| Fault::of_yaml(&error, text))?;
        Ok(document.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Text of the pieces that mean something, in any order.
    fn garbage() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "tls_server_config",
            "rate_limit",
            "basic_auth_users",
            "cert",
            ":",
            " ",
            "\n",
            "  ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&a",
            "*a",
            "<<",
            "'",
            "\"",
            "|",
            "!x",
            "1",
            "true",
            "~",
            "\u{e9}",
            "\t",
            "#",
            "---",
        ]);
        prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in garbage(), other in "\\PC{0,80}") {
            for text in [text, other] {
                if let Err(fault) = Document::read(&text) {
                    prop_assert!(fault.to_string().contains(": "));
                }
            }
        }
    }
}
