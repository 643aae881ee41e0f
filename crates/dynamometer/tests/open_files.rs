//! Open files, alone in its process: no other test opens any meanwhile.
#![cfg(target_os = "linux")]
#![expect(clippy::float_cmp, reason = "the values compared are whole")]

use std::fs::File;
use std::iter;

use dynamometer::{Collector, Container, ProcessCollector, Value, catalogue};

#[test]
fn open_fds_rise_by_the_files_opened_and_fall_when_they_close() {
    let container = Container::new("app");
    let process = ProcessCollector::new(&container);
    let open_fds = || {
        process.collect();
        let snapshot = container.get_metrics();
        match snapshot.value(catalogue::process::OPEN_FDS, &[]) {
            Some(Value::Float(count)) => count,
            other => panic!("open fds are {other:?}"),
        }
    };
    let before = open_fds();
    let files = iter::repeat_with(|| File::open("/dev/null").unwrap());
    let files: Vec<File> = files.take(37).collect();
    assert_eq!(open_fds(), before + 37.0);
    drop(files);
    assert_eq!(open_fds(), before);
}
