//! Everything that a web config says, ready for use.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hyper::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS, X_XSS_PROTECTION,
};
use rustls::ServerConfig;
use serde_saphyr::Spanned;

use crate::error::Error;
use crate::web_config::document::{Document, Headers};
use crate::web_config::fault::Fault;
use crate::web_config::rate::Rate;
use crate::web_config::stamp::Stamps;
use crate::web_config::tls;
use crate::web_config::token::Token;
use crate::web_config::users::Users;

/// Who may ask for what, and over which protocol.
#[derive(Debug, Default)]
pub(super) struct Policy {
    pub(super) tls: Option<Arc<ServerConfig>>,
    pub(super) users: Users,
    pub(super) token: Option<Token>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) rate: Option<Rate>,
}

/// Reads the files that a config names, and notes which they are.
pub(super) struct Reader<'a> {
    folder: &'a Path,
    stamps: Stamps,
}

impl Reader<'_> {
    /// The bytes of the file that `key` names.
    pub(super) fn read(&mut self, key: &str, file: &Spanned<String>) -> Result<Vec<u8>, Fault> {
        let path = self.folder.join(&file.value);
        self.stamps.note(path.clone());
        fs::read(&path).map_err(|error| {
            let message = format!("`{key}`: can not read {}: {error}", path.display());
            Fault::at(file, message)
        })
    }
}

impl Policy {
    /// Reads a web config and the files that it names; the stamps are of all that
    /// were read, whatever came of it.
    pub(super) fn read(path: &Path) -> (Stamps, Result<Self, Error>) {
        let mut reader = Reader {
            folder: path.parent().unwrap_or(Path::new("")),
            stamps: Stamps::default(),
        };
        reader.stamps.note(PathBuf::from(path));
        let text = fs::read_to_string(path)
            .map_err(|error| Fault::of_file(format!("can not be read: {error}")));
        let policy = text.and_then(|text| Self::of(Document::read(&text)?, &mut reader));
        let policy = policy.map_err(|fault| fault.in_file(path));
        (reader.stamps, policy)
    }

    fn of(document: Document, reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let tls = document.tls_server_config.as_ref();
        let tls = tls.map(|section| tls::build(section, reader)).transpose()?;
        let rate = document.rate_limit.as_ref();
        let rate = rate.map(|limit| Rate::of(&limit.value)).transpose()?;
        let headers = document
            .http_server_config
            .and_then(|config| config.headers);
        let headers = headers.map(headers_of).transpose()?;
        Ok(Self {
            tls: tls.flatten(),
            users: Users::of(document.basic_auth_users.unwrap_or_default())?,
            token: token(document.bearer_token, document.bearer_token_file, reader)?,
            headers: headers.unwrap_or_default(),
            rate: rate.flatten(),
        })
    }

    /// True where a client must say who it is.
    pub(super) fn asks_for_credentials(&self) -> bool {
        self.token.is_some() || !self.users.is_empty()
    }
}

fn token(
    inline: Option<Spanned<String>>,
    file: Option<Spanned<String>>,
    reader: &mut Reader<'_>,
) -> Result<Option<Token>, Fault> {
    let (place, text) = match (inline, file) {
        (Some(_), Some(file)) => {
            let message = "both `bearer_token` and `bearer_token_file` are given; leave one out";
            return Err(Fault::at(&file, message));
        }
        (Some(text), None) => (text.clone(), text.value),
        (None, Some(file)) => {
            let bytes = reader.read("bearer_token_file", &file)?;
            let text = String::from_utf8(bytes).map_err(|_| {
                Fault::at(&file, "`bearer_token_file` names a file that is not text")
            })?;
            (file, text)
        }
        (None, None) => return Ok(None),
    };
    let text = text.trim();
    if text.is_empty() {
        let message = "the bearer token is empty, so that anybody would have it; set one";
        return Err(Fault::at(&place, message));
    }
    let token = Token::new(text);
    let token = token.ok_or_else(|| Fault::of_file("the system has no random numbers"))?;
    Ok(Some(token))
}

fn headers_of(headers: Headers) -> Result<Vec<(HeaderName, HeaderValue)>, Fault> {
    let any: &[&str] = &[];
    let known = [
        (
            CONTENT_SECURITY_POLICY,
            headers.content_security_policy,
            any,
        ),
        (
            X_FRAME_OPTIONS,
            headers.x_frame_options,
            &["deny", "sameorigin"],
        ),
        (
            X_CONTENT_TYPE_OPTIONS,
            headers.x_content_type_options,
            &["nosniff"],
        ),
        (X_XSS_PROTECTION, headers.x_xss_protection, any),
        (
            STRICT_TRANSPORT_SECURITY,
            headers.strict_transport_security,
            any,
        ),
    ];
    let given = known
        .into_iter()
        .filter_map(|(name, value, allowed)| Some((name, value?, allowed)));
    let mut read = Vec::new();
    for (name, value, allowed) in given.filter(|(_, value, _)| !value.value.is_empty()) {
        let is_allowed = |text: &&str| text.eq_ignore_ascii_case(&value.value);
        if !allowed.is_empty() && !allowed.iter().any(is_allowed) {
            let message = format!("the header `{name}` can be set to {}", allowed.join(" or "));
            return Err(Fault::at(&value, message));
        }
        let text = HeaderValue::from_str(&value.value).map_err(|_| {
            Fault::at(
                &value,
                format!("the header `{name}` can not have this value"),
            )
        })?;
        read.push((name, text));
    }
    Ok(read)
}
