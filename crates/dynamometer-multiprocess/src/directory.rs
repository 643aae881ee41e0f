//! The folder that processes share.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use dynamometer_exposition::Snapshot;

use crate::entries::{HEADER, used};
use crate::fault::Fault;
use crate::left_out::LeftOut;
use crate::merge::Merge;

/// The folder that `PROMETHEUS_MULTIPROC_DIR` names, to be read again and again.
///
/// ```no_run
/// let workers = dynamometer_multiprocess::Directory::new("/run/workers");
/// let reading = workers.read()?;
/// println!("{} files, {} of them skipped", reading.files, reading.skipped.len());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Directory {
    path: PathBuf,
}

/// What the files of a folder hold.
#[derive(Debug, Default)]
pub struct Reading {
    /// The metrics of all processes, not [checked](Snapshot::check).
    pub snapshot: Snapshot,
    /// How many files there are, the skipped ones among them.
    pub files: usize,
    /// Files of which nothing is in the snapshot.
    pub skipped: Vec<Skipped>,
    /// Entries of the other files that are not in it.
    pub left_out: Vec<LeftOut>,
}

/// A file of which nothing was taken.
#[derive(Debug)]
pub struct Skipped {
    /// Its name in the folder.
    pub file: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl Directory {
    /// The folder at `path`, which need not be there yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the files `*.db`, in the order of their names.
    ///
    /// Nothing is locked: the processes go on, and a value that they write meanwhile
    /// is the one before or the one after. A file that is removed between the list
    /// and its turn is as if it had never been there.
    ///
    /// # Errors
    ///
    /// Where the folder can not be listed. A file that can not be read is
    /// [skipped](Reading::skipped).
    ///
    /// # Cost
    ///
    /// The files in use are read whole, by plain reads, one at a time.
    pub fn read(&self) -> io::Result<Reading> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name();
            let name = name.to_string_lossy();
            if name.ends_with(".db") && !name.starts_with('.') {
                names.push(name.into_owned());
            }
        }
        names.sort_unstable();
        let (mut merge, mut bytes) = (Merge::new(), Vec::new());
        let mut reading = Reading::default();
        for file in names {
            let read = read_used(&self.path.join(&file), &mut bytes);
            let added = match read {
                Err(Fault::Unreadable(error)) if error.kind() == ErrorKind::NotFound => continue,
                read => read.and_then(|()| merge.add(&file, &bytes)),
            };
            reading.files += 1;
            if let Err(fault) = added {
                reading.skipped.push(Skipped { file, fault });
            }
        }
        (reading.snapshot, reading.left_out) = merge.finish();
        Ok(reading)
    }
}

/// Reads what is in use of a file, and no more: most of a young one is not.
fn read_used(path: &Path, bytes: &mut Vec<u8>) -> Result<(), Fault> {
    bytes.clear();
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        // A pipe would be waited for.
        return Err(io::Error::from(ErrorKind::InvalidInput).into());
    }
    let mut file = File::open(path)?;
    (&mut file).take(HEADER as u64).read_to_end(bytes)?;
    if bytes.is_empty() {
        return Ok(());
    }
    let (used, found) = (used(bytes)?, metadata.len());
    if used > found {
        return Err(Fault::Truncated { used, found });
    }
    let rest = used.saturating_sub(HEADER as u64);
    bytes.reserve(usize::try_from(rest).unwrap_or(0));
    file.take(rest).read_to_end(bytes)?;
    Ok(())
}
