//! Users, tokens, rates and headers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dynamometer_status::StatusServer;

use crate::client::ask_plainly;
use crate::folder::Folder;

/// Lowest cost that there is: tests check many passwords.
const COST: u32 = 4;

pub(crate) fn hash(password: &str) -> String {
    bcrypt::hash(password, COST).unwrap()
}

/// The header of a user with a password.
pub(crate) fn basic(user: &str, password: &str) -> String {
    let both = STANDARD.encode(format!("{user}:{password}"));
    format!("authorization: Basic {both}\r\n")
}

pub(crate) fn status(server: &StatusServer, headers: &str) -> u16 {
    let answer = ask_plainly(server, headers);
    answer[9..12].parse().unwrap()
}

#[test]
fn only_users_with_their_passwords_are_let_in() {
    let config = format!(
        "basic_auth_users:\n  ann: {}\n  bob: {}\n",
        hash("a"),
        hash("b")
    );
    let server = Folder::new().serve(&config);
    // The second round meets what the first has left in memory.
    for _ in 0..2 {
        for (headers, expected) in [
            (basic("ann", "a"), 200),
            (basic("bob", "b"), 200),
            (basic("ann", "b"), 401),
            (basic("bob", "a"), 401),
            (basic("ann", ""), 401),
            (basic("ann", "a "), 401),
            (basic("eve", "a"), 401),
            (basic("", "a"), 401),
            (String::new(), 401),
            ("authorization: Bearer a\r\n".to_owned(), 401),
            ("authorization: Basic =\r\n".to_owned(), 401),
        ] {
            assert_eq!(status(&server, &headers), expected, "{headers}");
        }
    }
    let answer = ask_plainly(&server, "");
    assert!(answer.contains("\r\nwww-authenticate: Basic "), "{answer}");
    assert!(!answer.contains("Bearer"), "{answer}");
    server.shutdown();
}

#[test]
fn a_password_that_was_right_is_right_for_that_user_only() {
    // Whoever is no user is compared with a user's hash, to take as long.
    let ann = hash("secret");
    let server = Folder::new().serve(&format!("basic_auth_users: {{ann: {ann}}}"));
    assert_eq!(status(&server, &basic("ann", "secret")), 200);
    for (user, password) in [
        ("eve", "secret"),
        ("an", "nsecret"),
        ("anns", "ecret"),
        ("ann", &ann),
        ("", "secret"),
    ] {
        let code = status(&server, &basic(user, password));
        assert_eq!(code, 401, "{user} {password}");
    }
    server.shutdown();
    let both = format!("basic_auth_users: {{ann: {ann}, bob: {}}}", hash("other"));
    let server = Folder::new().serve(&both);
    assert_eq!(status(&server, &basic("ann", "secret")), 200);
    assert_eq!(status(&server, &basic("bob", "secret")), 401);
    server.shutdown();
}

#[test]
fn a_token_lets_in_whoever_shows_it() {
    let folder = Folder::new();
    folder.write("token", "  s3cret\n");
    for config in ["bearer_token: s3cret", "bearer_token_file: token"] {
        let server = folder.serve(config);
        for (shown, expected) in [("s3cret", 200), ("S3cret", 401), ("s3cre", 401), ("", 401)] {
            let header = format!("authorization: Bearer {shown}\r\n");
            assert_eq!(status(&server, &header), expected, "{shown}");
        }
        let answer = ask_plainly(&server, "");
        assert!(
            answer.contains("\r\nwww-authenticate: Bearer\r\n"),
            "{answer}"
        );
        server.shutdown();
    }
}

#[test]
fn users_and_tokens_go_together() {
    let config = format!("bearer_token: t\nbasic_auth_users: {{ann: {}}}", hash("a"));
    let server = Folder::new().serve(&config);
    assert_eq!(status(&server, &basic("ann", "a")), 200);
    assert_eq!(status(&server, "authorization: Bearer t\r\n"), 200);
    assert_eq!(status(&server, "authorization: Bearer a\r\n"), 401);
    server.shutdown();
}

#[test]
fn requests_beyond_the_rate_are_told_when_to_come_again() {
    let server = Folder::new().serve("rate_limit: {interval: 1h, burst: 2}");
    assert_eq!(status(&server, ""), 200);
    assert_eq!(status(&server, ""), 200);
    let answer = ask_plainly(&server, "");
    assert!(answer.starts_with("HTTP/1.1 429 "), "{answer}");
    assert!(answer.contains("\r\nretry-after: 36"), "{answer}");
    server.shutdown();
}

#[test]
fn the_headers_of_the_config_are_on_every_answer() {
    let server = Folder::new().serve(
        "http_server_config:\n  http2: false\n  headers:\n    X-Frame-Options: deny\n    \
         X-XSS-Protection: ''\n    Strict-Transport-Security: max-age=3600\nbearer_token: t\n",
    );
    for headers in ["", "authorization: Bearer t\r\n"] {
        let answer = ask_plainly(&server, headers);
        assert!(answer.contains("\r\nx-frame-options: deny\r\n"), "{answer}");
        assert!(
            answer.contains("\r\nstrict-transport-security: max-age=3600\r\n"),
            "{answer}"
        );
        assert!(!answer.contains("xss"), "{answer}");
    }
    server.shutdown();
}
