//! The web config in use, read again when its files change.

use std::cell::{Cell, RefCell};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};
use tokio::net::TcpStream;
use tokio::task::spawn_blocking;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;

use crate::answer::plain;
use crate::connection::BoxStream;
use crate::error::{Error, ErrorKind};
use crate::web_config::credentials::{Checker, Credentials};
use crate::web_config::policy::Policy;
use crate::web_config::rate::Bucket;
use crate::web_config::stamp::Stamps;

/// How often the files are looked at, at most, while requests come.
const LOOK: Duration = Duration::from_secs(1);

/// Lets in who may come, by the web config; without one, everybody.
#[derive(Debug)]
pub(crate) struct Guard {
    policy: RefCell<Arc<Policy>>,
    file: Option<File>,
    checker: Checker,
    bucket: Bucket,
}

/// The file of the policy.
#[derive(Debug)]
struct File {
    path: PathBuf,
    stamps: RefCell<Arc<Stamps>>,
    next_look: Cell<Instant>,
}

impl Guard {
    /// Reads the web config, where there is one.
    pub(crate) fn open(path: Option<PathBuf>) -> Result<Self, Error> {
        let (policy, file) = match path {
            None => (Policy::default(), None),
            Some(path) => {
                let (stamps, policy) = Policy::read(&path);
                let file = File {
                    path,
                    stamps: RefCell::new(Arc::new(stamps)),
                    next_look: Cell::new(Instant::now()),
                };
                (policy?, Some(file))
            }
        };
        let checker = Checker::new();
        Ok(Self {
            policy: RefCell::new(Arc::new(policy)),
            file,
            checker: checker
                .ok_or_else(|| Error::new(ErrorKind::System, "the system has no random numbers"))?,
            bucket: Bucket::default(),
        })
    }

    /// True where clients speak TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.policy.borrow().tls.is_some()
    }

    /// Shakes hands with a client, where that is asked for.
    pub(crate) async fn receive(&self, stream: TcpStream) -> io::Result<BoxStream> {
        self.look().await;
        let tls = self.policy.borrow().tls.clone();
        Ok(match tls {
            Some(tls) => Box::new(TlsAcceptor::from(tls).accept(stream).await?),
            None => Box::new(stream),
        })
    }

    /// Lets a request in, or answers it.
    pub(crate) async fn admit(&self, request: &Parts) -> Result<(), Response<Bytes>> {
        self.look().await;
        let policy = Arc::clone(&self.policy.borrow());
        if let Some(rate) = policy.rate {
            self.bucket.take(rate).map_err(too_many)?;
        }
        if !policy.asks_for_credentials() {
            return Ok(());
        }
        let header = request.headers.get(AUTHORIZATION);
        let header = header.and_then(|header| header.to_str().ok());
        let is_known = match header.and_then(Credentials::read) {
            Some(Credentials::Bearer(shown)) => {
                policy.token.as_ref().is_some_and(|token| token.is(shown))
            }
            Some(Credentials::Basic(user, password)) if !policy.users.is_empty() => {
                self.checker.is_right(&policy.users, &user, password).await
            }
            _ => false,
        };
        if is_known {
            Ok(())
        } else {
            Err(unknown(&policy))
        }
    }

    /// Adds the headers that every answer has.
    pub(crate) fn add_headers(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.policy.borrow().headers {
            headers.insert(name, value.clone());
        }
    }

    /// Reads the files again where they have changed; at most once a second, and
    /// off the event loop.
    async fn look(&self) {
        let Some(file) = &self.file else { return };
        let now = Instant::now();
        if now < file.next_look.get() {
            return;
        }
        file.next_look.set(now + LOOK);
        let (path, stamps) = (file.path.clone(), Arc::clone(&file.stamps.borrow()));
        let changed = spawn_blocking(move || {
            let is_changed = !stamps.are_current();
            is_changed.then(|| Policy::read(&path))
        });
        let Ok(Some((stamps, policy))) = changed.await else {
            return;
        };
        file.stamps.replace(Arc::new(stamps));
        let current = Arc::clone(&self.policy.borrow());
        match policy.and_then(|policy| no_weaker(policy, &current, &file.path)) {
            Ok(policy) => {
                log::info!("status server: the web config has changed and is in use");
                self.policy.replace(Arc::new(policy));
            }
            Err(error) => log::error!("status server: the web config stays as it was: {error}"),
        }
    }
}

/// Refuses what turns off all that protects: it is as likely a file half written.
fn no_weaker(policy: Policy, current: &Policy, path: &Path) -> Result<Policy, Error> {
    let lost = if current.tls.is_some() && policy.tls.is_none() {
        "TLS"
    } else if current.asks_for_credentials() && !policy.asks_for_credentials() {
        "users and tokens"
    } else {
        return Ok(policy);
    };
    let message = format!(
        "the web config {} no longer has {lost}; restart to serve without",
        path.display()
    );
    Err(Error::new(ErrorKind::Config, message))
}

fn unknown(policy: &Policy) -> Response<Bytes> {
    let mut answer = plain(
        StatusCode::UNAUTHORIZED,
        "this server answers those whom its web config names\n",
    );
    let mut offer = |scheme| {
        let scheme = HeaderValue::from_static(scheme);
        answer.headers_mut().append(WWW_AUTHENTICATE, scheme);
    };
    if !policy.users.is_empty() {
        offer("Basic realm=\"metrics\", charset=\"UTF-8\"");
    }
    if policy.token.is_some() {
        offer("Bearer");
    }
    answer
}

fn too_many(wait: Duration) -> Response<Bytes> {
    let text = "more requests than the rate limit of the web config allows\n";
    let mut answer = plain(StatusCode::TOO_MANY_REQUESTS, text);
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let headers = answer.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rcgen::CertifiedKey;
    use tempfile::TempDir;
    use tokio::time::advance;

    use super::*;

    /// A guard over a folder whose files change between looks.
    struct Guarded {
        folder: TempDir,
        guard: Guard,
    }

    impl Guarded {
        fn new(files: &[(&str, &str)]) -> Self {
            let folder = TempDir::new().unwrap();
            write(&folder, files);
            let guard = Guard::open(Some(folder.path().join("web.yml"))).unwrap();
            Self { folder, guard }
        }

        /// True where these files are taken over at the next look.
        async fn takes(&self, files: &[(&str, &str)]) -> bool {
            write(&self.folder, files);
            let before = Arc::clone(&self.guard.policy.borrow());
            advance(LOOK).await;
            self.guard.look().await;
            !Arc::ptr_eq(&before, &self.guard.policy.borrow())
        }
    }

    fn write(folder: &TempDir, files: &[(&str, &str)]) {
        for (name, text) in files {
            // Another file each time, as editors and secret stores write it.
            let new = folder.path().join("new");
            fs::write(&new, text).unwrap();
            fs::rename(new, folder.path().join(name)).unwrap();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn files_are_read_again_where_they_have_changed() {
        let files = [("web.yml", "bearer_token_file: token"), ("token", "a")];
        let guarded = Guarded::new(&files);
        assert!(!guarded.takes(&[]).await, "nothing has changed");
        assert!(guarded.takes(&[("token", "b")]).await);
        assert!(guarded.takes(&[("web.yml", "bearer_token: c")]).await);
        assert!(!guarded.takes(&[("token", "d")]).await, "nothing names it");
    }

    #[tokio::test(start_paused = true)]
    async fn files_are_looked_at_once_a_second_at_most() {
        let guarded = Guarded::new(&[("web.yml", "bearer_token: a")]);
        assert!(guarded.takes(&[("web.yml", "bearer_token: b")]).await);
        write(&guarded.folder, &[("web.yml", "bearer_token: c")]);
        let before = Arc::clone(&guarded.guard.policy.borrow());
        advance(LOOK.mul_f64(0.9)).await;
        guarded.guard.look().await;
        assert!(Arc::ptr_eq(&before, &guarded.guard.policy.borrow()));
        assert!(guarded.takes(&[]).await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_version_that_is_wrong_or_protects_less_is_not_taken() {
        let config = "bearer_token_file: token";
        let guarded = Guarded::new(&[("web.yml", config), ("token", "a")]);
        for wrong in [
            "bearer_tokn: b",
            "",
            "rate_limit: {interval: 0}",
            "bearer_token: [",
        ] {
            assert!(!guarded.takes(&[("web.yml", wrong)]).await, "{wrong}");
        }
        assert!(guarded.takes(&[("web.yml", config)]).await);
        assert!(!guarded.takes(&[("token", "")]).await);
        assert!(guarded.takes(&[("token", "b")]).await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_new_certificate_is_taken_once_its_key_is_there() {
        let identity = || {
            let CertifiedKey { cert, signing_key } =
                rcgen::generate_simple_self_signed([]).unwrap();
            (cert.pem(), signing_key.serialize_pem())
        };
        let ((old, old_key), (new, new_key)) = (identity(), identity());
        let config = "tls_server_config: {cert_file: cert, key_file: key}";
        let guarded = Guarded::new(&[("web.yml", config), ("cert", &old), ("key", &old_key)]);
        assert!(!guarded.takes(&[("cert", &new)]).await);
        assert!(guarded.takes(&[("key", &new_key)]).await);
        assert!(
            !guarded.takes(&[("web.yml", "bearer_token: a")]).await,
            "no TLS"
        );
        assert!(guarded.guard.is_secure());
    }
}
