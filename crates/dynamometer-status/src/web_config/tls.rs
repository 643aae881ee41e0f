//! The TLS section: certificates, keys, versions, suites.

use std::sync::Arc;

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use rustls::{CipherSuite, NamedGroup, RootCertStore, ServerConfig, SupportedProtocolVersion};
use serde_saphyr::Spanned;

use crate::web_config::client::{ClientAuth, Verifier};
use crate::web_config::document::TlsServerConfig;
use crate::web_config::fault::Fault;
use crate::web_config::policy::Reader;

/// The curves of [`CurveID`](https://pkg.go.dev/crypto/tls#CurveID) that we have.
const CURVES: [(&str, NamedGroup); 3] = [
    ("X25519", NamedGroup::X25519),
    ("CurveP256", NamedGroup::secp256r1),
    ("CurveP384", NamedGroup::secp384r1),
];

/// Builds what serves TLS; `None` where the section is empty.
pub(super) fn build(
    section: &Spanned<TlsServerConfig>,
    reader: &mut Reader<'_>,
) -> Result<Option<Arc<ServerConfig>>, Fault> {
    let config = &section.value;
    if config.is_empty() {
        return Ok(None);
    }
    let provider = Arc::new(provider(config)?);
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&versions(config)?)
        .map_err(|error| {
            let message = format!("no version of TLS is left that both sides could speak: {error}");
            Fault::at(section, message)
        })?;
    let builder = match verifier(section, reader, &provider)? {
        Some(verifier) => builder.with_client_cert_verifier(Arc::new(verifier)),
        None => builder.with_no_client_auth(),
    };
    let (chain, certificate) = certificates(section, reader)?;
    let key = private_key(section, reader)?;
    let mut server = builder.with_single_cert(chain, key).map_err(|error| {
        let message = match error {
            rustls::Error::InconsistentKeys(_) => {
                "the certificate and the key do not belong together; \
                 name the key that this certificate was made for"
                    .to_owned()
            }
            error => format!("the certificate and the key can not be used: {error}"),
        };
        Fault::at(certificate, message)
    })?;
    server.ignore_client_order = config.prefer_server_cipher_suites.unwrap_or(true);
    server.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(Arc::new(server)))
}

impl TlsServerConfig {
    fn is_empty(&self) -> bool {
        let texts = [
            &self.cert,
            &self.key,
            &self.client_ca,
            &self.cert_file,
            &self.key_file,
            &self.client_ca_file,
            &self.client_auth_type,
            &self.min_version,
            &self.max_version,
        ];
        let is_given = texts.iter().any(|text| text.is_some())
            || self.client_allowed_sans.is_some()
            || self.cipher_suites.is_some()
            || self.prefer_server_cipher_suites.is_some()
            || self.curve_preferences.is_some();
        !is_given
    }
}

fn provider(config: &TlsServerConfig) -> Result<CryptoProvider, Fault> {
    let mut provider = ring::default_provider();
    if let Some(names) = config
        .cipher_suites
        .as_deref()
        .filter(|names| !names.is_empty())
    {
        let known = provider.cipher_suites.clone();
        // As in Go, the list is of TLS 1.2; the suites of 1.3 are always on.
        provider
            .cipher_suites
            .retain(|suite| suite.tls13().is_some());
        for name in names {
            let is_called =
                |suite: CipherSuite| name_of(suite).is_some_and(|known| known == name.value);
            let Some(suite) = known.iter().find(|suite| is_called(suite.suite())) else {
                let known = known.iter().filter_map(|suite| name_of(suite.suite()));
                return Err(unknown("cipher_suites", name, known));
            };
            if !provider.cipher_suites.contains(suite) {
                provider.cipher_suites.push(*suite);
            }
        }
    }
    if let Some(names) = config
        .curve_preferences
        .as_deref()
        .filter(|names| !names.is_empty())
    {
        let known = std::mem::take(&mut provider.kx_groups);
        for name in names {
            let group = CURVES.iter().find(|(known, _)| *known == name.value);
            let group =
                group.and_then(|(_, group)| known.iter().find(|known| known.name() == *group));
            let Some(group) = group else {
                let known = CURVES.iter().map(|(name, _)| (*name).to_owned());
                return Err(unknown("curve_preferences", name, known));
            };
            provider.kx_groups.push(*group);
        }
    }
    Ok(provider)
}

/// The name that Go and IANA have for a suite.
fn name_of(suite: CipherSuite) -> Option<String> {
    Some(suite.as_str()?.replacen("TLS13_", "TLS_", 1))
}

fn unknown(key: &str, name: &Spanned<String>, known: impl Iterator<Item = String>) -> Fault {
    let known: Vec<_> = known.collect();
    let message = format!(
        "`{key}`: {:?} is not one that this server has; it has {}",
        name.value,
        known.join(", ")
    );
    Fault::at(name, message)
}

fn versions(config: &TlsServerConfig) -> Result<Vec<&'static SupportedProtocolVersion>, Fault> {
    let least = version("min_version", config.min_version.as_ref(), 2)?;
    let most = version("max_version", config.max_version.as_ref(), 3)?;
    let mut versions = vec![];
    for (minor, version) in [(3, &TLS13), (2, &TLS12)] {
        if (least..=most).contains(&minor) {
            versions.push(version);
        }
    }
    match &config.max_version {
        Some(max) if versions.is_empty() => {
            Err(Fault::at(max, "`max_version` is below `min_version`"))
        }
        _ => Ok(versions),
    }
}

/// The minor number of TLS 1.x.
fn version(key: &str, name: Option<&Spanned<String>>, default: u8) -> Result<u8, Fault> {
    let Some(name) = name else {
        return Ok(default);
    };
    match name.value.as_str() {
        "TLS12" => Ok(2),
        "TLS13" => Ok(3),
        "TLS10" | "TLS11" => {
            let message = format!(
                "`{key}`: {} is broken and not spoken here; set it to TLS12 or TLS13",
                name.value
            );
            Err(Fault::at(name, message))
        }
        other => {
            let message = format!("`{key}`: {other:?} is not a version; set it to TLS12 or TLS13");
            Err(Fault::at(name, message))
        }
    }
}

fn verifier(
    section: &Spanned<TlsServerConfig>,
    reader: &mut Reader<'_>,
    provider: &Arc<CryptoProvider>,
) -> Result<Option<Verifier>, Fault> {
    let config = &section.value;
    let name = config.client_auth_type.as_ref();
    let auth = ClientAuth::of_name(name.map_or("", |name| &name.value)).ok_or_else(|| {
        let message = "`client_auth_type` is none of NoClientCert, RequestClientCert, \
             RequireAnyClientCert, VerifyClientCertIfGiven, RequireAndVerifyClientCert";
        name.map_or_else(
            || Fault::at(section, message),
            |name| Fault::at(name, message),
        )
    })?;
    if let Some(names) = config
        .client_allowed_sans
        .as_ref()
        .filter(|_| !auth.is_mandatory())
    {
        let message = "`client_allowed_sans` needs `client_auth_type` to be RequireAndVerifyClientCert \
             or RequireAnyClientCert: with others a client need not show a certificate";
        return Err(Fault::at(names, message));
    }
    let ca = one_of(
        "client_ca",
        config.client_ca.as_ref(),
        config.client_ca_file.as_ref(),
    )?;
    let mut authorities = RootCertStore::empty();
    if let Some(ca) = &ca {
        if auth == ClientAuth::None {
            let message = "a client CA is named, but `client_auth_type` asks for no certificates; \
                 set it to RequireAndVerifyClientCert";
            return Err(Fault::at(ca.place(), message));
        }
        for certificate in read_certificates("client_ca", ca, reader)? {
            let added = authorities.add(certificate);
            added.map_err(|error| {
                let message = format!("a certificate of the client CA can not be used: {error}");
                Fault::at(ca.place(), message)
            })?;
        }
    } else if auth.verifies() {
        let message = "`client_auth_type` verifies certificates, but no CA is named to verify them; \
             set `client_ca_file`";
        return Err(name.map_or_else(
            || Fault::at(section, message),
            |name| Fault::at(name, message),
        ));
    }
    if auth == ClientAuth::None {
        return Ok(None);
    }
    let names = config.client_allowed_sans.as_ref();
    let names = names.map_or_else(Vec::new, |names| names.value.clone());
    let verifier = Verifier::new(auth, authorities, names, Arc::clone(provider));
    verifier
        .map(Some)
        .map_err(|error| Fault::at(section, error))
}

/// A text in the config, or in a file that it names.
enum Source<'a> {
    Inline(&'a Spanned<String>),
    File(&'a Spanned<String>),
}

impl<'a> Source<'a> {
    fn place(&self) -> &'a Spanned<String> {
        match self {
            Self::Inline(text) => text,
            Self::File(path) => path,
        }
    }

    fn read(&self, key: &str, reader: &mut Reader<'_>) -> Result<Vec<u8>, Fault> {
        match self {
            Self::Inline(text) => Ok(text.value.clone().into_bytes()),
            Self::File(path) => reader.read(&format!("{key}_file"), path),
        }
    }
}

fn one_of<'a>(
    key: &str,
    inline: Option<&'a Spanned<String>>,
    file: Option<&'a Spanned<String>>,
) -> Result<Option<Source<'a>>, Fault> {
    match (inline, file) {
        (Some(_), Some(file)) => {
            let message = format!("both `{key}` and `{key}_file` are given; leave one out");
            Err(Fault::at(file, message))
        }
        (Some(text), None) => Ok(Some(Source::Inline(text))),
        (None, Some(file)) => Ok(Some(Source::File(file))),
        (None, None) => Ok(None),
    }
}

fn required<'a>(
    key: &str,
    section: &'a Spanned<TlsServerConfig>,
    inline: Option<&'a Spanned<String>>,
    file: Option<&'a Spanned<String>>,
) -> Result<Source<'a>, Fault> {
    one_of(key, inline, file)?.ok_or_else(|| {
        let message = format!("`tls_server_config` needs `{key}_file` or `{key}`");
        Fault::at(section, message)
    })
}

fn certificates<'a>(
    section: &'a Spanned<TlsServerConfig>,
    reader: &mut Reader<'_>,
) -> Result<(Vec<CertificateDer<'static>>, &'a Spanned<String>), Fault> {
    let config = &section.value;
    let source = required(
        "cert",
        section,
        config.cert.as_ref(),
        config.cert_file.as_ref(),
    )?;
    Ok((read_certificates("cert", &source, reader)?, source.place()))
}

fn read_certificates(
    key: &str,
    source: &Source<'_>,
    reader: &mut Reader<'_>,
) -> Result<Vec<CertificateDer<'static>>, Fault> {
    let pem = source.read(key, reader)?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let certificates = certificates.map_err(|error| {
        let message = format!("`{key}` is not a certificate in PEM format: {error}");
        Fault::at(source.place(), message)
    })?;
    if certificates.is_empty() {
        let message = format!("`{key}` holds no certificate in PEM format");
        return Err(Fault::at(source.place(), message));
    }
    Ok(certificates)
}

fn private_key(
    section: &Spanned<TlsServerConfig>,
    reader: &mut Reader<'_>,
) -> Result<PrivateKeyDer<'static>, Fault> {
    let config = &section.value;
    let source = required(
        "key",
        section,
        config.key.as_ref(),
        config.key_file.as_ref(),
    )?;
    let pem = source.read("key", reader)?;
    PrivateKeyDer::from_pem_slice(&pem).map_err(|error| {
        let message = format!("`key` is not a private key in PEM format: {error}");
        Fault::at(source.place(), message)
    })
}
