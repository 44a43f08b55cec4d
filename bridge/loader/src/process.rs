//! What does another program print? Runs one with a bound on time and output. Java could do this as
//! well, but the classes behind `ProcessBuilder` take the JVM three times as long to load as CPython
//! takes to start.

use std::ffi::OsStr;
use std::io::{ErrorKind, Read, Result};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs `words`, a program and its arguments, each ended by a NUL byte, until it has closed its
/// output, and returns the first `most` bytes of stdout and stderr together.
///
/// Returns `None` if that takes longer than `limit`; whatever the program started in its process
/// group is killed then. An error says that the program could not be run.
pub fn output(words: &[u8], limit: Duration, most: usize) -> Result<Option<Vec<u8>>> {
    let deadline = Instant::now() + limit;
    let (mut reader, writer) = UnixStream::pair()?;
    let mut words = words.split(|&byte| byte == 0).map(OsStr::from_bytes);
    let mut command = Command::new(words.next().unwrap_or_default());
    let mut arguments: Vec<_> = words.collect();
    arguments.pop();
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(OwnedFd::from(writer.try_clone()?))
        .stderr(OwnedFd::from(writer))
        .process_group(0);
    let mut child = command.spawn()?;
    // The command holds this side's copies of the writing ends, without which there is no end of
    // file.
    drop(command);
    let printed = read_until(&mut reader, deadline, most);
    if !matches!(&printed, Ok(Some(bytes)) if bytes.len() < most) {
        // SAFETY: plain system call. The group is the child's own, and the child is not reaped yet,
        // so its number belongs to no other process.
        unsafe { libc::kill(-(child.id() as libc::pid_t), libc::SIGKILL) };
    }
    // Whoever has closed its output has nothing more to say; an ended child ignores this.
    child.kill()?;
    child.wait()?;
    printed
}

fn read_until(reader: &mut UnixStream, deadline: Instant, most: usize) -> Result<Option<Vec<u8>>> {
    let mut printed = vec![0; most];
    let mut length = 0;
    while length < most {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        reader.set_read_timeout(Some(left))?;
        match reader.read(&mut printed[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    printed.truncate(length);
    Ok(Some(printed))
}
