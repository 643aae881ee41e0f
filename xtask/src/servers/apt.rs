//! Debian packages without root: apt with all of its state in a folder of ours.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{console, env, place, process};

/// An apt that reads the system's sources and keys, and writes only here.
#[derive(Debug)]
pub(crate) struct Apt {
    folder: PathBuf,
}

// === impl Apt ===

impl Apt {
    /// Prepares an apt in a folder.
    pub(crate) fn below(folder: &Path) -> Result<Self> {
        if !process::succeeds(Command::new("apt-get").arg("--version")) {
            bail!(
                "there is no apt-get here; install the programs by other means and set {} to \
                 the folder that has them",
                env::TEST_SERVERS
            );
        }
        // Archives of a run that was cut short may be cut short as well.
        place::remove(&folder.join("packages"))?;
        for part in ["state/lists/partial", "cache/archives/partial", "packages"] {
            let part = folder.join(part);
            fs::create_dir_all(&part)
                .with_context(|| format!("cannot create {}", part.display()))?;
        }
        // An empty list of installed packages: what the machine has is of no interest.
        write(&folder.join("status"), "")?;
        write(&folder.join("apt.conf"), &configuration(folder))?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// Returns the archive of a package's newest version, after fetching it.
    ///
    /// # Errors
    ///
    /// When apt knows no such package or cannot reach its sources.
    pub(crate) fn download(&self, package: &str) -> Result<PathBuf> {
        let packages = self.folder.join("packages");
        // The lists of an earlier run usually still do, and updating takes seconds.
        if self.apt_get(&["download", package], &packages).is_err() {
            console::note("updating apt's package lists, in the target folder");
            // An update that reached nothing still succeeds, so keep its warnings.
            let warnings = self.apt_get(&["update"], &packages)?;
            self.apt_get(&["download", package], &packages)
                .with_context(|| {
                    format!(
                        "cannot fetch the Debian package {package}; check the network and \
                         /etc/apt, or set {} to a folder that has the programs\n{}",
                        env::TEST_SERVERS,
                        warnings.trim_end()
                    )
                })?;
        }
        archive_of(&packages, package)?
            .with_context(|| format!("apt-get download {package} wrote no archive"))
    }

    /// Deletes the archives, which nobody needs once they are unpacked.
    pub(crate) fn discard_archives(&self) -> Result<()> {
        place::remove(&self.folder.join("packages"))
    }

    /// Runs apt-get and returns its warnings; its error has them too.
    fn apt_get(&self, args: &[&str], folder: &Path) -> Result<String> {
        let output = Command::new("apt-get")
            .arg("-c")
            .arg(self.folder.join("apt.conf"))
            .args(args)
            .current_dir(folder)
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .output()
            .context("cannot start `apt-get`")?;
        let warnings = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            bail!(
                "`apt-get {}` failed ({})\n{}",
                args.join(" "),
                output.status,
                warnings.trim_end()
            );
        }
        Ok(warnings)
    }
}

/// Returns what apt reads after the system's own configuration.
///
/// As a file and not as options: only a file can clear a list, and the hooks in
/// Debian's container images delete archives of the system after an update.
fn configuration(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "Dir::State \"{folder}/state\";\n\
         Dir::State::status \"{folder}/status\";\n\
         Dir::Cache \"{folder}/cache\";\n\
         Acquire::Languages \"none\";\n\
         Acquire::Retries \"3\";\n\
         APT::Sandbox::User \"root\";\n\
         #clear APT::Update::Pre-Invoke;\n\
         #clear APT::Update::Post-Invoke;\n\
         #clear APT::Update::Post-Invoke-Success;\n\
         #clear Acquire::IndexTargets::deb::DEP-11;\n\
         #clear Acquire::IndexTargets::deb::CNF;\n"
    )
}

/// Returns the archive of a package in a folder, if one is there.
fn archive_of(folder: &Path, package: &str) -> Result<Option<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        entries => entries.with_context(|| format!("cannot read {}", folder.display()))?,
    };
    for entry in entries {
        let name = entry?.file_name();
        let named = name.to_string_lossy();
        if named.starts_with(&format!("{package}_")) && named.ends_with(".deb") {
            return Ok(Some(folder.join(name)));
        }
    }
    Ok(None)
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_found_by_the_name_of_its_package() {
        let folder = tempfile::tempdir().unwrap();
        for file in [
            "prometheus-pushgateway_1.5.1-1_amd64.deb",
            "prometheus_2.42.0_amd64.txt",
        ] {
            write(&folder.path().join(file), "").unwrap();
        }
        assert_eq!(archive_of(folder.path(), "prometheus").unwrap(), None);
        let archive = folder.path().join("prometheus_2.42.0%2bds-5_amd64.deb");
        write(&archive, "").unwrap();
        assert_eq!(
            archive_of(folder.path(), "prometheus").unwrap(),
            Some(archive)
        );
    }
}
