//! Sets the `cfg`s that pyo3 knows and writes the C header of the native ABI.

use std::path::Path;

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
    write_header();
}

/// `bridge/include/naja.h` is committed, so that a change of the ABI is seen in review.
fn write_header() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    println!("cargo::rerun-if-changed=bridge/src/abi.rs");
    println!("cargo::rerun-if-changed=bridge/frame/src/tag.rs");
    println!("cargo::rerun-if-changed=cbindgen.toml");
    let config = cbindgen::Config::from_file(root.join("cbindgen.toml")).expect("cbindgen.toml");
    cbindgen::Builder::new()
        .with_config(config)
        .with_src(root.join("bridge/src/abi.rs"))
        .with_src(root.join("bridge/frame/src/tag.rs"))
        .generate()
        .expect("the ABI's header")
        .write_to_file(root.join("bridge/include/naja.h"));
}
