//! Debian's Prometheus scrapes over TLS, with a password.

use std::time::Duration;

use dynamometer::Container;
use dynamometer_status::StatusServer;
use dynamometer_testkit::eventually;
use rcgen::CertifiedKey;
use tempfile::TempDir;

use crate::server::Prometheus;

/// How long scrapes may take to be seen.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn prometheus_scrapes_over_tls_with_the_right_password() {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("random numbers");
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("the folder is writable");
        path
    };
    let certificate = write("server.pem", &cert.pem());
    write("server.key", &signing_key.serialize_pem());
    let hash = bcrypt::hash("secret", 4).expect("random numbers");
    let config = format!(
        "tls_server_config: {{cert_file: server.pem, key_file: server.key}}\n\
         basic_auth_users: {{ann: {hash}}}\n"
    );
    let container = Container::new("app");
    container.counter("requests_total").build().inc_by(7);
    let server = StatusServer::builder()
        .container(container)
        .host("127.0.0.1")
        .port(0)
        .web_config(write("web.yml", &config))
        .start()
        .expect("the web config is right");
    let address = server.addr().expect("it serves").to_string();
    let job = |name: &str, password: &str| {
        let ca = certificate.display();
        format!(
            "- {{job_name: {name}, scheme: https, tls_config: {{ca_file: {ca}}}, \
             basic_auth: {{username: ann, password: {password}}}, \
             static_configs: [{{targets: ['{address}']}}]}}\n"
        )
    };
    let jobs = job("right", "secret") + &job("wrong", "guess");
    let prometheus = Prometheus::start_with(&jobs, &[]);
    eventually!(
        PATIENCE,
        prometheus.query("app_requests_total") == Some(7.0)
            && prometheus.query(r#"up{job="wrong"}"#) == Some(0.0)
    );
    assert_eq!(prometheus.query(r#"up{job="right"}"#), Some(1.0));
    assert_eq!(prometheus.query("count(app_requests_total)"), Some(1.0));
    server.shutdown();
}
