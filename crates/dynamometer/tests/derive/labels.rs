//! Keys and label values that `#[derive(Labels)]` makes.

use std::borrow::Cow;
use std::sync::Arc;

use dynamometer::{LabelValue, Labels};

#[derive(Clone, Copy, Labels)]
enum Method {
    Get,
    Post,
    Delete,
}

#[derive(Clone, Copy, Labels)]
enum Status {
    Ok,
    NotFound,
    HTTPError,
    #[label(name = "2.0-beta")]
    V2Beta,
}

fn values(key: &impl Labels) -> Vec<String> {
    key.with_values(|values| values.iter().map(|&value| value.to_owned()).collect())
}

fn text(value: impl LabelValue) -> String {
    value.with_str(str::to_owned)
}

#[test]
fn labels_are_the_fields_in_their_order_under_the_names_they_choose() {
    #[derive(Labels)]
    struct Key<'a> {
        model: &'a str,
        r#type: Method,
        #[label(name = "code")]
        status: u16,
    }
    let key = Key {
        model: "small",
        r#type: Method::Post,
        status: 404,
    };
    assert_eq!(Key::NAMES, ["model", "type", "code"]);
    assert_eq!(values(&key), ["small", "post", "404"]);
    assert_eq!(
        Key::VALUES,
        [None, Some(&["get", "post", "delete"][..]), None]
    );
}

#[test]
fn a_generic_key_is_one_for_every_label_value() {
    #[derive(Labels)]
    struct Key<'a, T: ?Sized, U, const N: usize>
    where
        U: Clone,
    {
        model: &'a T,
        other: U,
    }
    let key: Key<'_, str, bool, 3> = Key {
        model: "small",
        other: true,
    };
    assert_eq!(values(&key), ["small", "true"]);
    let key: Key<'_, u8, Method, 0> = Key {
        model: &7,
        other: Method::Get,
    };
    assert_eq!(values(&key), ["7", "get"]);
}

#[test]
fn a_key_without_fields_has_no_labels_and_index_0() {
    #[derive(Labels)]
    struct Unit;
    #[derive(Labels)]
    struct Empty {}
    fn assert_empty<L: Labels>(key: &L) {
        assert_eq!((L::NAMES.len(), L::VALUES.len(), key.index()), (0, 0, 0));
        assert!(values(key).is_empty());
    }
    assert_empty(&Unit);
    assert_empty(&Empty {});
    assert_empty(&());
}

#[test]
fn values_are_the_variants_in_snake_case_unless_they_are_named() {
    let expected = ["ok", "not_found", "http_error", "2.0-beta"];
    assert_eq!(Status::VALUES, Some(&expected[..]));
    let all = [
        Status::Ok,
        Status::NotFound,
        Status::HTTPError,
        Status::V2Beta,
    ];
    for (position, status) in all.into_iter().enumerate() {
        assert_eq!(status.index(), position);
        assert_eq!(text(status), expected[position]);
    }
}

#[test]
fn rename_all_writes_the_variants_that_are_not_named() {
    #[derive(Labels)]
    #[label(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "the list is what is tested")]
    enum Stage {
        FirstToken,
        #[label(name = "LAST")]
        LastToken,
    }
    assert_eq!(Stage::VALUES, Some(&["first-token", "LAST"][..]));
}

#[test]
fn discriminants_and_raw_names_do_not_move_a_value() {
    #[derive(Labels)]
    enum Code {
        r#Self_ = 404,
        Ok = 200,
    }
    assert_eq!(Code::VALUES, Some(&["self", "ok"][..]));
    assert_eq!((Code::Self_.index(), Code::Ok.index()), (0, 1));
}

#[derive(Labels)]
struct Closed<'a> {
    method: Method,
    status: &'a Status,
    cached: bool,
}

#[test]
fn the_index_counts_all_keys_in_the_order_of_a_dictionary() {
    let mut position = 0;
    for method in [Method::Get, Method::Post, Method::Delete] {
        for status in &[
            Status::Ok,
            Status::NotFound,
            Status::HTTPError,
            Status::V2Beta,
        ] {
            for cached in [false, true] {
                let key = Closed {
                    method,
                    status,
                    cached,
                };
                assert_eq!(key.index(), position, "{:?}", values(&key));
                position += 1;
            }
        }
    }
    assert_eq!(position, 24);
}

#[test]
fn a_key_with_an_open_label_has_index_0() {
    #[derive(Labels)]
    struct Key {
        method: Method,
        model: &'static str,
    }
    let key = Key {
        method: Method::Delete,
        model: "small",
    };
    assert_eq!(key.index(), 0);
}

#[test]
fn a_key_with_more_combinations_than_fit_has_index_0() {
    static MANY: [&str; 1 << 16] = [""; 1 << 16];

    struct Last;
    impl LabelValue for Last {
        const VALUES: Option<&'static [&'static str]> = Some(&MANY);

        fn index(&self) -> usize {
            MANY.len() - 1
        }

        fn with_str<R>(&self, with: impl FnOnce(&str) -> R) -> R {
            with("")
        }
    }
    #[derive(Labels)]
    struct Key {
        a: Last,
        b: Last,
        c: Last,
        d: Last,
        e: Last,
    }
    let key = Key {
        a: Last,
        b: Last,
        c: Last,
        d: Last,
        e: Last,
    };
    assert_eq!(key.index(), 0);
}

#[test]
fn strings_integers_and_chars_are_open_values_and_bool_is_closed() {
    assert_eq!(text("small"), "small");
    assert_eq!(text("small".to_owned()), "small");
    assert_eq!(text(Cow::Borrowed("small")), "small");
    assert_eq!(text(Box::<str>::from("small")), "small");
    assert_eq!(text(Arc::<str>::from("small")), "small");
    assert_eq!(text(i128::MIN), i128::MIN.to_string());
    assert_eq!(text(u64::MAX), u64::MAX.to_string());
    assert_eq!(text('é'), "é");
    assert_eq!((text(false), text(true)), ("false".into(), "true".into()));
    assert_eq!((<Arc<str>>::VALUES, u16::VALUES), (None, None));
    assert_eq!(bool::VALUES, Some(&["false", "true"][..]));
    assert_eq!((false.index(), Box::new(true).index()), (0, 1));
    assert_eq!(<&Arc<Status>>::VALUES, Status::VALUES);
    assert_eq!(Arc::new(&Status::V2Beta).index(), 3);
}
