//! Pages to begin with.

use std::sync::Arc;

use dynamometer_exposition::{
    Desc, Family, HistogramValue, Kind, LabelSet, Snapshot, SummaryValue, Values, text,
};

/// A page of `OpenMetrics` with every kind of line.
const OPEN_METRICS: &str = "\
# TYPE a counter
# HELP a b\\n
# UNIT a_s s
a_total{b=\"c\\\"\"} 1 2.5 # {d=\"e\"} 0.5 1
a_created{b=\"c\\\"\"} 1 2.5
# TYPE f info
f_info{g=\"h\"} 1
# TYPE i stateset
i{i=\"on\"} 1
# TYPE j gaugehistogram
j_bucket{le=\"1.0\"} 1 # {} 0.5
j_bucket{le=\"+Inf\"} 2
j_gcount 2
j_gsum 3
# TYPE \"k.l\" unknown
{\"k.l\",\"m.n\"=\"o\"} NaN
# EOF
";

/// Pages for a target, by name; for a name that is none, no pages.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let page = text::to_string(&snapshot());
    match target {
        "text" => vec![page.into(), b"{\"a.b\",c=\"d\"} +Inf 5\n".into()],
        "joined_text" => vec![format!("{page}{page}").into()],
        "openmetrics" => {
            let parts = OPEN_METRICS.split_inclusive("# TYPE ").map(str::to_owned);
            let parts =
                parts.map(|part| format!("# TYPE {}# EOF\n", part.trim_end_matches("# TYPE ")));
            let all = [OPEN_METRICS.replace("# UNIT a_s s\n", "")];
            parts.chain(all).map(String::into_bytes).collect()
        }
        "protobuf" => vec![native(), plain()],
        "known" => vec![format!("{page}\0{page}").into(), OPEN_METRICS.into()],
        "multiprocess" => files(),
        _ => Vec::new(),
    }
}

fn snapshot() -> Snapshot {
    let family = |name: &str, kind, values| {
        let labels = Arc::new(vec![LabelSet::new([("a", "b\n\"\\"), ("c", "d")])]);
        Family::new(Desc::new(name, kind).help("About it.\n"), labels, values)
    };
    let histogram = HistogramValue::new([0.1, 1.0].into(), [1, 2, 3], 4.5);
    let summary = SummaryValue::new([(0.5, 1.0), (0.9, f64::NAN)], 4.5, 6);
    [
        family("a_total", Kind::Counter, Values::Unsigned(vec![u64::MAX])),
        family("b", Kind::Gauge, Values::Float(vec![-1.5e-7])),
        family(
            "c_seconds",
            Kind::Histogram,
            Values::Histogram(vec![histogram]),
        ),
        family("d", Kind::Summary, Values::Summary(vec![summary])),
        family("e", Kind::Unknown, Values::Signed(vec![i64::MIN])),
    ]
    .into()
}

/// A message behind its length, for fewer than 128 bytes.
fn delimited(message: &[u8]) -> Vec<u8> {
    [&[message.len() as u8], message].concat()
}

/// A field with a message, for fewer than 128 bytes.
fn field(number: u8, message: &[u8]) -> Vec<u8> {
    [&[number << 3 | 2], &*delimited(message)].concat()
}

/// A histogram with exponential buckets, in protobuf.
fn native() -> Vec<u8> {
    let span = field(12, b"\x08\x03\x10\x02");
    let deltas = field(13, b"\x02\x02");
    let head = b"\x08\x03\x28\x06\x38\x00";
    let histogram = field(7, &[head, &*span, &*deltas].concat());
    delimited(&[b"\x0a\x01a\x18\x04", &*field(4, &histogram)].concat())
}

/// A gauge with a label and a time, in protobuf.
fn plain() -> Vec<u8> {
    let label = field(1, b"\x0a\x01b\x12\x01c");
    let gauge = field(2, b"\x09\0\0\0\0\0\0\xf0\x3f");
    let metric = [&*label, &*gauge, b"\x30\x05"].concat();
    delimited(&[b"\x0a\x01a\x18\x01", &*field(4, &metric)].concat())
}

/// A file of `prometheus_client` for each of the names that the target has.
fn files() -> Vec<Vec<u8>> {
    let keys = [
        r#"["a", "a_total", {"b": "c"}, "d"]"#,
        r#"["a", "a", {"pid": "\u00e9"}, "d"]"#,
        r#"["a", "a_bucket", {"le": "1.0"}, "d"]"#,
        r#"["a", "a_sum", {}, "d"]"#,
    ];
    let mut file = vec![0; 8];
    for key in keys {
        file.extend((key.len() as i32).to_ne_bytes());
        file.extend(key.as_bytes());
        file.extend(vec![b' '; 8 - (key.len() + 4) % 8]);
        file.extend(1.0_f64.to_ne_bytes());
        file.extend(2.0_f64.to_ne_bytes());
    }
    let used = file.len();
    file[..4].copy_from_slice(&(used as i32).to_ne_bytes());
    let length = (used as u16).to_le_bytes();
    let named = |name: u8| [&[name], &length[..], &file[..]].concat();
    (0..8)
        .map(|name| [named(name), named(name)].concat())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_holds_on_its_own_seeds() {
        type Target = fn(&[u8]);
        let targets: [(&str, Target); 6] = [
            ("text", crate::text),
            ("joined_text", crate::joined_text),
            ("openmetrics", crate::openmetrics),
            ("protobuf", crate::protobuf),
            ("known", crate::known),
            ("multiprocess", crate::multiprocess),
        ];
        for (name, target) in targets {
            let pages = seeds(name);
            assert!(!pages.is_empty(), "{name}");
            for page in pages {
                target(&page);
            }
        }
    }

    #[test]
    fn seeds_are_good_pages() {
        use dynamometer_exposition::parse;
        assert!(parse::text(str::from_utf8(&seeds("text")[0]).unwrap()).is_ok());
        let page = seeds("openmetrics").pop().unwrap();
        assert!(parse::openmetrics(str::from_utf8(&page).unwrap()).is_ok());
        for page in seeds("protobuf") {
            assert!(parse::protobuf(&page).is_ok(), "{page:?}");
        }
    }
}
