//! A client that speaks TLS.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use dynamometer_status::StatusServer;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::version::{TLS12, TLS13};
use rustls::{
    CipherSuite, ClientConfig, ClientConnection, NamedGroup, ProtocolVersion, RootCertStore,
    StreamOwned, SupportedProtocolVersion,
};

use crate::authority::Identity;

/// What the client is and whom it trusts.
pub(crate) struct Client {
    roots: RootCertStore,
    versions: Vec<&'static SupportedProtocolVersion>,
    identity: Option<(CertificateDer<'static>, PrivateKeyDer<'static>)>,
}

/// What a server answered, and over what.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) text: String,
    pub(crate) version: ProtocolVersion,
    pub(crate) suite: CipherSuite,
    pub(crate) group: NamedGroup,
}

impl Clone for Client {
    fn clone(&self) -> Self {
        let identity = self.identity.as_ref();
        Self {
            roots: self.roots.clone(),
            versions: self.versions.clone(),
            identity: identity.map(|(certificate, key)| (certificate.clone(), key.clone_key())),
        }
    }
}

impl Client {
    /// A client that trusts the authority with this certificate.
    pub(crate) fn trusting(certificate: &str) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(der(certificate)).unwrap();
        Self {
            roots,
            versions: vec![&TLS12, &TLS13],
            identity: None,
        }
    }

    pub(crate) fn with_identity(mut self, identity: &Identity) -> Self {
        let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).unwrap();
        self.identity = Some((der(&identity.certificate), key));
        self
    }

    pub(crate) fn speaking(mut self, version: &'static SupportedProtocolVersion) -> Self {
        self.versions = vec![version];
        self
    }

    /// Asks for the index, over a new connection.
    pub(crate) fn get(&self, server: &StatusServer) -> io::Result<Reply> {
        self.ask(server, "")
    }

    /// Asks for the index, with more headers.
    pub(crate) fn ask(&self, server: &StatusServer, headers: &str) -> io::Result<Reply> {
        let config = ClientConfig::builder_with_protocol_versions(&self.versions)
            .with_root_certificates(self.roots.clone());
        let config = match &self.identity {
            None => config.with_no_client_auth(),
            Some((certificate, key)) => config
                .with_client_auth_cert(vec![certificate.clone()], key.clone_key())
                .unwrap(),
        };
        let name = ServerName::try_from("localhost").unwrap();
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let stream = TcpStream::connect(server.addr().unwrap())?;
        let mut stream = StreamOwned::new(connection, stream);
        let request = format!("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes())?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(Reply {
            text,
            version: stream.conn.protocol_version().unwrap(),
            suite: stream.conn.negotiated_cipher_suite().unwrap().suite(),
            group: stream.conn.negotiated_key_exchange_group().unwrap().name(),
        })
    }
}

fn der(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

/// Asks for the index without TLS.
pub(crate) fn ask_plainly(server: &StatusServer, headers: &str) -> String {
    let mut stream = TcpStream::connect(server.addr().unwrap()).unwrap();
    let request = format!("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
