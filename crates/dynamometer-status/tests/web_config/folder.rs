//! A folder with a web config and what it names.

use std::fs;
use std::path::PathBuf;

use dynamometer_status::{Builder, StatusServer};
use tempfile::TempDir;

use crate::authority::Identity;

/// A folder that is removed with the test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A folder with the identity that `TLS` names.
    pub(crate) fn with(identity: &Identity) -> Self {
        let folder = Self::new();
        folder.put(identity);
        folder
    }

    /// Writes the identity that `TLS` names.
    pub(crate) fn put(&self, identity: &Identity) {
        self.write("server.pem", &identity.certificate);
        self.write("server.key", &identity.key);
    }

    /// Writes a file, in place of any that is there.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        let new = self.0.path().join("new");
        fs::write(&new, text).unwrap();
        fs::rename(&new, &path).unwrap();
        path
    }

    /// A server with this web config.
    pub(crate) fn builder(&self, config: &str) -> Builder {
        StatusServer::builder()
            .host("127.0.0.1")
            .port(0)
            .web_config(self.write("web.yml", config))
    }

    pub(crate) fn serve(&self, config: &str) -> StatusServer {
        self.builder(config).start().unwrap()
    }
}

/// The section that names the identity; more keys may follow.
pub(crate) const TLS: &str =
    "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n";
