//! Files in a folder.

use std::fs;

use dynamometer_exposition::text;
use dynamometer_multiprocess::{Directory, Fault};

use crate::file::File;

#[test]
fn files_of_a_folder_are_put_together() {
    let folder = tempfile::tempdir().unwrap();
    let file = File::new().with("jobs", "jobs_total", "{}", 2.0);
    // As upstream makes them: longer than what is in use.
    let mut long = file.clone();
    long.0.resize(1 << 16, 0);
    fs::write(folder.path().join("counter_1.db"), &long.0).unwrap();
    fs::write(folder.path().join("counter_2.db"), &file.0).unwrap();
    fs::write(folder.path().join(".counter_3.db"), &file.0).unwrap();
    fs::write(folder.path().join("counter_4.db.old"), &file.0).unwrap();
    let reading = Directory::new(folder.path()).read().unwrap();
    assert!(text::to_string(&reading.snapshot).ends_with("\njobs_total 4\n"));
    assert_eq!((reading.files, reading.skipped.len()), (2, 0));
}

#[test]
fn a_file_with_a_fault_is_skipped_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = File::new().with("jobs", "jobs_total", "{}", 2.0);
    fs::write(folder.path().join("counter_1.db"), &file.0).unwrap();
    fs::write(folder.path().join("counter_2.db"), &file.0[..40]).unwrap();
    fs::write(folder.path().join("other.db"), b"SQLite format 3").unwrap();
    fs::create_dir(folder.path().join("counter_3.db")).unwrap();
    let reading = Directory::new(folder.path()).read().unwrap();
    assert!(text::to_string(&reading.snapshot).ends_with("\njobs_total 2\n"));
    assert_eq!(reading.files, 4);
    let skipped: Vec<_> = reading
        .skipped
        .iter()
        .map(|one| one.file.as_str())
        .collect();
    assert_eq!(skipped, ["counter_2.db", "counter_3.db", "other.db"]);
    assert!(matches!(
        reading.skipped[0].fault,
        Fault::Truncated { found: 40, .. }
    ));
    assert!(matches!(reading.skipped[1].fault, Fault::Unreadable(_)));
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Directory::new(folder.path().join("missing"));
    assert!(missing.read().is_err());
}
