//! Writes the seeds of a target into a folder, a file each: `seeds TARGET FOLDER`.

#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let mut args = env::args_os().skip(1);
    let target = args.next().unwrap_or_default();
    let folder = PathBuf::from(args.next().unwrap_or_default());
    fs::create_dir_all(&folder)?;
    let seeds = dynamometer_fuzz::seeds(&target.to_string_lossy());
    for (number, page) in seeds.iter().enumerate() {
        fs::write(folder.join(format!("seed-{number}")), page)?;
    }
    Ok(())
}
