//! Files that change while the server runs.

use std::time::Duration;

use dynamometer_testkit::eventually;

use crate::authority::Authority;
use crate::client::Client;
use crate::credentials::{basic, hash, status};
use crate::folder::{Folder, TLS};

/// How long a change may take to be seen; the server looks once a second.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn a_new_certificate_is_shown_to_new_clients() {
    let (old, new) = (Authority::new(), Authority::new());
    let folder = Folder::with(&old.identity(&["localhost"]));
    let server = folder.serve(TLS);
    let trusts = |authority: &Authority| {
        let client = Client::trusting(&authority.certificate());
        client.get(&server).is_ok()
    };
    assert!(trusts(&old) && !trusts(&new));
    folder.put(&new.identity(&["localhost"]));
    eventually!(PATIENCE, trusts(&new));
    assert!(!trusts(&old));
    server.shutdown();
}

#[test]
fn users_come_and_go_and_change_their_passwords() {
    let folder = Folder::new();
    let config = |users: &[(&str, &str)]| {
        let line = |(user, password): &(&str, &str)| format!("  {user}: {}\n", hash(password));
        format!(
            "basic_auth_users:\n{}",
            users.iter().map(line).collect::<String>()
        )
    };
    let server = folder.serve(&config(&[("ann", "old"), ("bob", "b")]));
    let code = |user, password| status(&server, &basic(user, password));
    assert_eq!([code("ann", "old"), code("bob", "b")], [200, 200]);
    folder.write("web.yml", &config(&[("ann", "new"), ("eve", "e")]));
    eventually!(PATIENCE, code("ann", "new") == 200);
    let codes = [code("ann", "old"), code("bob", "b"), code("eve", "e")];
    assert_eq!(codes, [401, 401, 200]);
    server.shutdown();
}

#[test]
fn a_new_token_counts_from_the_next_second_on() {
    let folder = Folder::new();
    folder.write("token", "old");
    let server = folder.serve("bearer_token_file: token");
    let code = |token: &str| status(&server, &format!("authorization: Bearer {token}\r\n"));
    assert_eq!(code("old"), 200);
    folder.write("token", "new");
    eventually!(PATIENCE, code("new") == 200);
    assert_eq!(code("old"), 401);
    server.shutdown();
}
