//! Web configs that the server does not start with.

use dynamometer_status::ErrorKind;

use crate::authority::Authority;
use crate::folder::{Folder, TLS};

/// What `start` says to a config; `TLS` in it names a good identity.
fn refusal(folder: &Folder, config: &str) -> String {
    let error = folder.builder(config).start().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    let message = error.to_string();
    assert!(message.starts_with("the web config /"), "{message}");
    let (_, place_and_message) = message.split_once("/web.yml").unwrap();
    place_and_message.to_owned()
}

fn folder() -> Folder {
    let authority = Authority::new();
    let folder = Folder::with(&authority.identity(&["localhost"]));
    folder.write("ca.pem", &authority.certificate());
    folder.write("other.key", &authority.identity(&["localhost"]).key);
    folder.write("empty", " \n");
    folder
}

#[test]
fn keys_and_values_that_are_wrong_are_named_with_their_place() {
    let folder = folder();
    for (config, place, expected) in [
        (
            "tls_config: {}",
            ":1:1: ",
            "unknown field `tls_config`, expected one of",
        ),
        (
            "bearer_token: t\nbasic_auth_users: [x]",
            ":2:19: ",
            "`basic_auth_users`: expected mapping",
        ),
        (
            "tls_server_config:\n  prefer_server_cipher_suites: perhaps",
            ":2:32: ",
            "`prefer_server_cipher_suites`: invalid boolean",
        ),
        (
            "basic_auth_users:\n  ann: x\n  ann: y",
            ":3:3: ",
            "duplicate mapping key: ann",
        ),
        ("bearer_token: [", ":1:15: ", "`bearer_token`"),
        ("bearer_token: ''", ":1:15: ", "the bearer token is empty"),
        (
            "bearer_token_file: empty",
            ":1:20: ",
            "the bearer token is empty",
        ),
        (
            "bearer_token_file: nowhere",
            ":1:20: ",
            "`bearer_token_file`: can not read",
        ),
        (
            "bearer_token: a\nbearer_token_file: empty",
            ":2:20: ",
            "both `bearer_token` and `bearer_token_file`",
        ),
        (
            "basic_auth_users:\n  ann: plain",
            ":2:8: ",
            "the user \"ann\" is not a bcrypt hash; make one with `htpasswd -nBC 10 ann`",
        ),
        (
            "basic_auth_users:\n  ann: $2y$31$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG",
            ":2:8: ",
            "has cost 31, above 20",
        ),
        (
            "rate_limit:\n  interval: 5",
            ":2:13: ",
            "`rate_limit.interval` is no duration",
        ),
        (
            "rate_limit:\n  interval: 1s",
            ":2:13: ",
            "`rate_limit.burst` is 0",
        ),
        (
            "rate_limit:\n  burst: many",
            ":2:10: ",
            "`burst`: invalid u32",
        ),
        (
            "http_server_config:\n  headers:\n    X-Frame-Options: allow",
            ":3:22: ",
            "can be set to deny or sameorigin",
        ),
        (
            "http_server_config:\n  headers:\n    X-Powered-By: us",
            ":3:5: ",
            "unknown field `X-Powered-By`",
        ),
    ] {
        let said = refusal(&folder, config);
        assert!(
            said.starts_with(place) && said.contains(expected),
            "{config}\n{said}"
        );
        assert!(
            !said.contains("perhaps") && !said.contains("plain"),
            "a secret, perhaps: {said}"
        );
    }
}

#[test]
fn tls_sections_that_can_not_work_are_named_with_their_place() {
    let folder = folder();
    for (keys, place, expected) in [
        (
            "cert_file: server.pem",
            ":2:3: ",
            "needs `key_file` or `key`",
        ),
        (
            "key_file: server.key",
            ":2:3: ",
            "needs `cert_file` or `cert`",
        ),
        (
            "min_version: TLS12",
            ":2:3: ",
            "needs `cert_file` or `cert`",
        ),
        (
            "cert_file: nowhere\n  key_file: server.key",
            ":2:14: ",
            "`cert_file`: can not read",
        ),
        (
            "cert_file: server.key\n  key_file: server.key",
            ":2:14: ",
            "`cert` holds no certificate",
        ),
        (
            "cert_file: server.pem\n  key_file: server.pem",
            ":3:13: ",
            "`key` is not a private key",
        ),
        (
            "cert_file: server.pem\n  key_file: other.key",
            ":2:14: ",
            "do not belong together",
        ),
        (
            "cert_file: server.pem\n  cert: x\n  key_file: server.key",
            ":2:14: ",
            "both `cert` and `cert_file`",
        ),
    ] {
        let said = refusal(&folder, &format!("tls_server_config:\n  {keys}\n"));
        assert!(
            said.starts_with(place) && said.contains(expected),
            "{keys}\n{said}"
        );
    }
    for (keys, place, expected) in [
        (
            "min_version: TLS10",
            ":4:16: ",
            "TLS10 is broken and not spoken here",
        ),
        (
            "max_version: TLS11",
            ":4:16: ",
            "TLS11 is broken and not spoken here",
        ),
        (
            "max_version: SSL30",
            ":4:16: ",
            "\"SSL30\" is not a version; set it to TLS12 or TLS13",
        ),
        (
            "min_version: TLS13\n  max_version: TLS12",
            ":5:16: ",
            "`max_version` is below `min_version`",
        ),
        (
            "cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]",
            ":4:19: ",
            "it has TLS_AES_256_GCM_SHA384, ",
        ),
        (
            "curve_preferences: [CurveP521]",
            ":4:23: ",
            "it has X25519, CurveP256, CurveP384",
        ),
        (
            "client_ca_file: ca.pem",
            ":4:19: ",
            "`client_auth_type` asks for no certificates",
        ),
        (
            "client_auth_type: RequireAndVerifyClientCert",
            ":4:21: ",
            "set `client_ca_file`",
        ),
        (
            "client_auth_type: Always",
            ":4:21: ",
            "`client_auth_type` is none of NoClientCert, ",
        ),
        (
            "client_auth_type: VerifyClientCertIfGiven\n  client_ca_file: empty",
            ":5:19: ",
            "`client_ca` holds no certificate",
        ),
        (
            "client_allowed_sans: [x]",
            ":4:24: ",
            "`client_allowed_sans` needs `client_auth_type`",
        ),
    ] {
        let said = refusal(&folder, &format!("{TLS}  {keys}\n"));
        assert!(
            said.starts_with(place) && said.contains(expected),
            "{keys}\n{said}"
        );
    }
}

#[test]
fn a_web_config_that_is_not_there_is_refused() {
    let folder = Folder::new();
    let builder = folder.builder("").web_config("/nowhere/web.yml");
    let error = builder.start().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(
        error
            .to_string()
            .starts_with("the web config /nowhere/web.yml: can not be read: "),
        "{error}"
    );
}

#[test]
fn a_web_config_that_says_nothing_protects_nothing() {
    let folder = Folder::new();
    for config in [
        "",
        "{}",
        "# nothing\n",
        "tls_server_config: {}\nrate_limit: {interval: 0}\n",
    ] {
        let server = folder.serve(config);
        assert!(server.url("/").unwrap().starts_with("http://"), "{config}");
        server.shutdown();
    }
}
