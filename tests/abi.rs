//! Do Rust, the C header and Java agree on the native ABI?
//!
//! The C compiler is the judge: it sees the header that cbindgen wrote from the Rust functions beside the header that `javac -h` wrote from
//! the Java declarations, and refuses a function that the two declare differently.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn java_home() -> PathBuf {
    if let Some(home) = std::env::var_os("JAVA_HOME") {
        return home.into();
    }
    let output = Command::new("java")
        .args(["-XshowSettings:properties", "-version"])
        .output()
        .expect("java runs");
    String::from_utf8_lossy(&output.stderr)
        .lines()
        .find_map(|line| line.trim().strip_prefix("java.home = ").map(PathBuf::from))
        .expect("java tells its home")
}

fn run(command: &mut Command) {
    let output = command.output().expect("the command starts");
    assert!(
        output.status.success(),
        "{command:?}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// What `javac -h` declares for `Native` and `Loader`'s companion.
fn java_header(directory: &Path) -> PathBuf {
    let source = root().join("jvm/naja/src/main/java/dev/naja/internal/Native.java");
    run(Command::new(java_home().join("bin/javac"))
        .arg("-h")
        .arg(directory)
        .arg("-d")
        .arg(directory)
        .arg(source));
    directory.join("dev_naja_internal_Native.h")
}

fn functions(header: &str) -> BTreeSet<&str> {
    header
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| word.starts_with("Java_"))
        .collect()
}

fn scratch(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).expect("a scratch directory");
    directory
}

fn native_header() -> String {
    fs::read_to_string(root().join("bridge/include/naja.h")).expect("the build wrote the header")
}

#[test]
fn rust_and_java_declare_the_same_functions() {
    let directory = scratch("functions");
    let java = fs::read_to_string(java_header(&directory)).expect("javac wrote a header");
    let native = native_header();
    assert!(functions(&java).len() > 10, "{java}");
    assert_eq!(functions(&native), functions(&java));
}

#[test]
fn every_function_has_the_same_type_in_rust_and_in_java() {
    let directory = scratch("types");
    java_header(&directory);
    let program = directory.join("abi.c");
    fs::write(
        &program,
        "#include \"dev_naja_internal_Native.h\"\n#include \"naja.h\"\n",
    )
    .expect("the program is written");
    let include = java_home().join("include");
    run(Command::new("cc")
        .args(["-fsyntax-only", "-Wall", "-Werror", "-std=c11"])
        .arg("-I")
        .arg(&include)
        .arg("-I")
        .arg(include.join("linux"))
        .arg("-I")
        .arg(root().join("bridge/include"))
        .arg("-I")
        .arg(&directory)
        .arg(&program));
}

#[test]
fn java_knows_every_tag_and_array_kind_by_its_number() {
    let java = fs::read_to_string(root().join("jvm/naja/src/main/java/dev/naja/internal/Tag.java"))
        .expect("Tag.java");
    let native = native_header();
    let native: BTreeSet<(&str, &str)> = native
        .lines()
        .filter_map(|line| {
            let line = line.trim().strip_suffix(',')?;
            line.strip_prefix("NAJA_TAG_")
                .or_else(|| line.strip_prefix("NAJA_ARRAY_KIND_"))?
                .split_once(" = ")
        })
        .collect();
    let java: BTreeSet<(&str, &str)> = java
        .lines()
        .filter_map(|line| {
            line.trim()
                .strip_suffix(';')?
                .strip_prefix("static final byte ")?
                .split_once(" = ")
        })
        .collect();
    assert_eq!(native.len(), 33 + 7);
    assert_eq!(java, native);
}
