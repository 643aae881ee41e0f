//! Handshakes.

use std::io::Read;
use std::net::TcpStream;
use std::time::Duration;

use dynamometer_status::{Limits, StatusServer};
use rustls::version::{TLS12, TLS13};
use rustls::{CipherSuite, NamedGroup, ProtocolVersion};

use crate::authority::Authority;
use crate::client::{Client, ask_plainly};
use crate::folder::{Folder, TLS};

const OK: &str = "HTTP/1.1 200 OK\r\n";

#[test]
fn a_client_that_trusts_the_certificate_is_answered() {
    let authority = Authority::new();
    let folder = Folder::with(&authority.identity(&["localhost"]));
    let server = folder.serve(TLS);
    let client = Client::trusting(&authority.certificate());
    let reply = client.get(&server).unwrap();
    assert!(reply.text.starts_with(OK), "{}", reply.text);
    assert_eq!(reply.version, ProtocolVersion::TLSv1_3);
    assert!(server.url("/").unwrap().starts_with("https://127.0.0.1:"));
    assert!(!ask_plainly(&server, "").contains("HTTP/"));
    server.shutdown();
}

#[test]
fn certificates_and_keys_may_stand_in_the_config() {
    let authority = Authority::new();
    let identity = authority.identity(&["localhost"]);
    let block = |pem: &str| pem.trim().replace('\n', "\n    ");
    let config = format!(
        "tls_server_config:\n  cert: |\n    {}\n  key: |\n    {}\n",
        block(&identity.certificate),
        block(&identity.key)
    );
    let server = Folder::new().serve(&config);
    let client = Client::trusting(&authority.certificate());
    assert!(client.get(&server).unwrap().text.starts_with(OK));
    server.shutdown();
}

#[test]
fn clients_refuse_certificates_that_are_expired_foreign_or_of_another_host() {
    let (authority, other) = (Authority::new(), Authority::new());
    for identity in [
        authority.expired(&["localhost"]),
        other.identity(&["localhost"]),
        authority.identity(&["elsewhere"]),
    ] {
        let server = Folder::with(&identity).serve(TLS);
        let client = Client::trusting(&authority.certificate());
        client.get(&server).unwrap_err();
        server.shutdown();
    }
}

#[test]
fn clients_show_the_certificates_that_are_asked_of_them() {
    let (authority, other) = (Authority::new(), Authority::new());
    let folder = Folder::with(&authority.identity(&["localhost"]));
    folder.write("ca.pem", &authority.certificate());
    let trusting = || Client::trusting(&authority.certificate());
    let clients = [
        trusting(),
        trusting().with_identity(&other.identity(&["ann"])),
        trusting().with_identity(&authority.expired(&["ann"])),
        trusting().with_identity(&authority.identity(&["ann"])),
    ];
    let ca = "\n  client_ca_file: ca.pem";
    for (kind, ca, expected) in [
        ("NoClientCert", "", [true, true, true, true]),
        ("RequestClientCert", "", [true, true, true, true]),
        ("RequireAnyClientCert", "", [false, true, true, true]),
        ("RequireClientCert", "", [false, true, true, true]),
        ("VerifyClientCertIfGiven", ca, [true, false, false, true]),
        (
            "RequireAndVerifyClientCert",
            ca,
            [false, false, false, true],
        ),
    ] {
        let server = folder.serve(&format!("{TLS}  client_auth_type: {kind}{ca}\n"));
        for version in [&TLS12, &TLS13] {
            let answered = clients.each_ref().map(|client| {
                let client = client.clone().speaking(version);
                client
                    .get(&server)
                    .is_ok_and(|reply| reply.text.starts_with(OK))
            });
            assert_eq!(answered, expected, "{kind} over {version:?}");
        }
        server.shutdown();
    }
}

#[test]
fn a_certificate_must_have_one_of_the_names_listed() {
    let authority = Authority::new();
    let folder = Folder::with(&authority.identity(&["localhost"]));
    folder.write("ca.pem", &authority.certificate());
    let server = folder.serve(&format!(
        "{TLS}  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ca.pem\n  \
         client_allowed_sans: [ann.example, 192.0.2.7, '2001:db8::1', ann@example, 'spiffe://x/ann']\n"
    ));
    for (names, expected) in [
        (&["ann.example"][..], true),
        (&["bob.example", "192.0.2.7"], true),
        (&["2001:db8::1"], true),
        (&["ann@example"], true),
        (&["spiffe://x/ann"], true),
        (&["bob.example"], false),
        (&["x.ann.example", "192.0.2.8"], false),
        (&["*.example"], false),
        (&[], false),
    ] {
        let client = Client::trusting(&authority.certificate());
        let client = client.with_identity(&authority.identity(names));
        assert_eq!(client.get(&server).is_ok(), expected, "{names:?}");
    }
    server.shutdown();
}

#[test]
fn only_the_versions_allowed_are_spoken() {
    let authority = Authority::new();
    let folder = Folder::with(&authority.identity(&["localhost"]));
    let client = |version| Client::trusting(&authority.certificate()).speaking(version);
    for (range, of_12, of_13) in [
        ("min_version: TLS13", false, true),
        ("max_version: TLS12", true, false),
        ("min_version: TLS12", true, true),
    ] {
        let server = folder.serve(&format!("{TLS}  {range}\n"));
        assert_eq!(client(&TLS12).get(&server).is_ok(), of_12, "{range}");
        assert_eq!(client(&TLS13).get(&server).is_ok(), of_13, "{range}");
        server.shutdown();
    }
}

#[test]
fn the_suites_listed_are_those_of_tls_1_2_and_the_curves_of_all() {
    let authority = Authority::new();
    let folder = Folder::with(&authority.identity(&["localhost"]));
    let server = folder.serve(&format!(
        "{TLS}  cipher_suites: [TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256]\n  \
         curve_preferences: [CurveP256]\n  prefer_server_cipher_suites: false\n"
    ));
    let client = || Client::trusting(&authority.certificate());
    let reply = client().speaking(&TLS12).get(&server).unwrap();
    let listed = CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256;
    assert_eq!((reply.suite, reply.group), (listed, NamedGroup::secp256r1));
    let reply = client().speaking(&TLS13).get(&server).unwrap();
    let met = (reply.version, reply.group);
    assert_eq!(met, (ProtocolVersion::TLSv1_3, NamedGroup::secp256r1));
    server.shutdown();
}

/// A client that connects and says nothing.
fn silent(server: &StatusServer) -> TcpStream {
    TcpStream::connect(server.addr().unwrap()).unwrap()
}

/// True where the server hangs up, or has done so.
fn is_left(mut client: TcpStream) -> bool {
    client.read(&mut [0; 1]).unwrap_or(0) == 0
}

#[test]
fn a_client_that_does_not_shake_hands_is_cut_off() {
    let folder = Folder::with(&Authority::new().identity(&["localhost"]));
    let mut limits = Limits::default();
    limits.request = Duration::from_millis(20);
    let server = folder.builder(TLS).limits(limits).start().unwrap();
    assert!(is_left(silent(&server)));
    server.shutdown();
}

#[test]
fn a_client_that_does_not_shake_hands_makes_room() {
    let authority = Authority::new();
    let folder = Folder::with(&authority.identity(&["localhost"]));
    let mut limits = Limits::default();
    limits.connections = 1;
    let server = folder.builder(TLS).limits(limits).start().unwrap();
    let silent = silent(&server);
    let client = Client::trusting(&authority.certificate());
    assert!(client.get(&server).is_ok());
    assert!(is_left(silent));
    server.shutdown();
}

#[test]
fn a_client_that_does_not_shake_hands_does_not_delay_a_shutdown() {
    let authority = Authority::new();
    let folder = Folder::with(&authority.identity(&["localhost"]));
    let mut limits = Limits::default();
    limits.request = Duration::from_hours(1);
    limits.shutdown = Duration::from_hours(1);
    let server = folder.builder(TLS).limits(limits).start().unwrap();
    let silent = silent(&server);
    // Whoever came before is accepted when this one is answered.
    let client = Client::trusting(&authority.certificate());
    assert!(client.get(&server).is_ok());
    server.shutdown();
    assert!(is_left(silent));
}
