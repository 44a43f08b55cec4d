//! What `dev.naja.internal.Loader` needs of the operating system before there is a Python.
//!
//! How does a library become visible to every other one in the process? Java's `System.load` opens
//! with `RTLD_LOCAL`, so extension modules such as numpy's would find none of libpython's symbols.
//! The natives of `dev.naja.internal.Loader` open it with `RTLD_GLOBAL` instead, before the bridge
//! is loaded.
//!
//! File names cross as bytes in the JVM's own file name encoding, so any name that Java could open
//! can be opened here.

mod process;

use std::error::Error;
use std::ffi::{CStr, OsStr};
use std::os::raw::{c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::time::Duration;

use jni::errors::ThrowRuntimeExAndDefault;
use jni::objects::{JByteArray, JClass, JString};
use jni::strings::JNIString;
use jni::sys::jlong;
use jni::{jni_str, EnvUnowned};
use libloading::os::unix::Library;

/// Opens the library at `path` with global symbols, for the rest of the process's life.
///
/// Returns null, or the dynamic linker's words on what went wrong. To open an open library again
/// changes nothing.
#[no_mangle]
pub extern "system" fn Java_dev_naja_internal_Loader_open<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    path: JByteArray<'local>,
) -> JString<'local> {
    keep_open(env, path, libc::RTLD_NOW | libc::RTLD_GLOBAL)
}

/// Marks the library at `path`, which must be loaded already, as never to be unmapped, so that
/// threads and Python objects that point into it stay valid after its class loader is collected.
///
/// Returns null, or the dynamic linker's words on what went wrong.
#[no_mangle]
pub extern "system" fn Java_dev_naja_internal_Loader_pin<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    path: JByteArray<'local>,
) -> JString<'local> {
    keep_open(
        env,
        path,
        libc::RTLD_NOW | libc::RTLD_NOLOAD | libc::RTLD_NODELETE,
    )
}

/// The file names of all libraries in the process, each ended by a NUL byte.
#[no_mangle]
pub extern "system" fn Java_dev_naja_internal_Loader_loaded<'local>(
    mut env: EnvUnowned<'local>,
    _class: JClass<'local>,
) -> JByteArray<'local> {
    env.with_env(|env| {
        let mut names = Vec::new();
        // SAFETY: `append_name` reads its last argument as the `Vec<u8>` that is passed here and
        // that outlives the call.
        unsafe { libc::dl_iterate_phdr(Some(append_name), (&raw mut names).cast()) };
        env.byte_array_from_slice(&names)
    })
    .resolve::<ThrowRuntimeExAndDefault>()
}

/// The number of this process.
#[no_mangle]
pub extern "system" fn Java_dev_naja_internal_Loader_process<'local>(
    _env: EnvUnowned<'local>,
    _class: JClass<'local>,
) -> jlong {
    std::process::id().into()
}

/// Runs a program and returns what it prints, at most `most` bytes; see [`process::output`].
///
/// Returns null after `limit` milliseconds; throws `java.io.IOException` if the program cannot be
/// run.
#[no_mangle]
pub extern "system" fn Java_dev_naja_internal_Loader_run<'local>(
    mut env: EnvUnowned<'local>,
    _class: JClass<'local>,
    words: JByteArray<'local>,
    limit: jlong,
    most: jlong,
) -> JByteArray<'local> {
    env.with_env(|env| {
        let words = env.convert_byte_array(words)?;
        let limit = Duration::from_millis(limit.unsigned_abs());
        match process::output(&words, limit, most as usize) {
            Ok(Some(printed)) => env.byte_array_from_slice(&printed),
            Ok(None) => Ok(JByteArray::null()),
            Err(error) => {
                env.throw_new(
                    jni_str!("java/io/IOException"),
                    JNIString::from(error.to_string()),
                )?;
                Ok(JByteArray::null())
            }
        }
    })
    .resolve::<ThrowRuntimeExAndDefault>()
}

unsafe extern "C" fn append_name(
    info: *mut libc::dl_phdr_info,
    _size: usize,
    names: *mut c_void,
) -> c_int {
    // SAFETY: the linker passes a valid record whose name is a C string, and the caller's `Vec<u8>`
    // untouched.
    let (name, names) = unsafe {
        (
            CStr::from_ptr((*info).dlpi_name),
            &mut *names.cast::<Vec<u8>>(),
        )
    };
    names.extend_from_slice(name.to_bytes_with_nul());
    0
}

fn keep_open<'local>(
    mut env: EnvUnowned<'local>,
    path: JByteArray<'local>,
    flags: c_int,
) -> JString<'local> {
    env.with_env(|env| {
        let path = env.convert_byte_array(path)?;
        // SAFETY: initializers of a library that the user chose may do anything; that is what
        // loading means. The handle is leaked, so its finalizers never run before the process ends.
        match unsafe { Library::open(Some(OsStr::from_bytes(&path)), flags) } {
            Ok(library) => {
                library.into_raw();
                Ok(JString::null())
            }
            Err(error) => env.new_string(match error.source() {
                Some(linker) => linker.to_string(),
                None => error.to_string(),
            }),
        }
    })
    .resolve::<ThrowRuntimeExAndDefault>()
}
