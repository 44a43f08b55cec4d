//! What is the least that a call from Java into CPython costs, and one from CPython into Java?
//!
//! The natives of `dev.naja.bench.Floor`: raw JNI entry points that do what every bridge must (take
//! the GIL, make the arguments, call, read the result) and nothing more. naja's benchmarks run them
//! in a process where naja has started CPython, and report naja's own times as multiples of these.

mod array;
mod callback;
mod cpython;
mod probe;

use jni::sys::{jbyteArray, jclass, jdouble, jdoubleArray, jint, jlong, jobject, JNIEnv};
use probe::{give_gil, take_gil, Probe, PROBE};
use std::ffi::CString;
use std::panic::{catch_unwind, AssertUnwindSafe};

/// Runs a native method's body; an error or a panic becomes an `IllegalStateException` in Java.
#[inline(always)]
fn entry<T: Default>(env: *mut JNIEnv, body: impl FnOnce() -> Result<T, String>) -> T {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(value)) => value,
        Ok(Err(message)) => throw(env, &message),
        Err(_) => throw(env, "the probe panicked"),
    }
}

#[cold]
fn throw<T: Default>(env: *mut JNIEnv, message: &str) -> T {
    let message = CString::new(message).unwrap_or_default();
    // SAFETY: `env` is this thread's, and both strings end with a NUL byte.
    unsafe {
        if ((**env).v1_2.ExceptionCheck)(env) {
            return T::default(); // Java's own says more.
        }
        let class = ((**env).v1_2.FindClass)(env, c"java/lang/IllegalStateException".as_ptr());
        ((**env).v1_2.ThrowNew)(env, class, message.as_ptr());
    }
    T::default()
}

/// Looks up CPython's functions and those of the module, once in the process.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_resolve(env: *mut JNIEnv, _class: jclass) {
    entry(env, || {
        if PROBE.get().is_none() {
            let probe = Probe::new()?;
            PROBE.get_or_init(|| probe);
        }
        Ok(())
    });
}

/// Does nothing.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_empty(_env: *mut JNIEnv, _class: jclass) {}

/// Takes the GIL, boxes, calls, unboxes, gives the GIL back.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_attached(
    env: *mut JNIEnv,
    _class: jclass,
    x: jdouble,
) -> jdouble {
    entry(env, || {
        let probe = Probe::get()?;
        take_gil(&probe.python);
        let result = probe.half(x);
        give_gil(&probe.python);
        result
    })
}

/// Takes the GIL, makes a str, calls, finds the result's text, gives the GIL back.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_upper(env: *mut JNIEnv, _class: jclass) -> jlong {
    entry(env, || {
        let probe = Probe::get()?;
        take_gil(&probe.python);
        let result = probe.upper();
        give_gil(&probe.python);
        result
    })
}

/// Takes the GIL, makes ten arguments, calls, unboxes, gives the GIL back.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_row10(
    env: *mut JNIEnv,
    _class: jclass,
) -> jdouble {
    entry(env, || {
        let probe = Probe::get()?;
        take_gil(&probe.python);
        let result = probe.row10();
        give_gil(&probe.python);
        result
    })
}

/// Boxes, calls, unboxes; the GIL is held.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_held(
    env: *mut JNIEnv,
    _class: jclass,
    x: jdouble,
) -> jdouble {
    entry(env, || Probe::get()?.half(x))
}

/// Takes the GIL, copies the array into new bytes, calls, gives the GIL back.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_copied(
    env: *mut JNIEnv,
    _class: jclass,
    data: jbyteArray,
) -> jlong {
    entry(env, || {
        let probe = Probe::get()?;
        take_gil(&probe.python);
        let result = probe.length(env, data);
        give_gil(&probe.python);
        result
    })
}

/// Takes the GIL, copies the array into a new NumPy array, calls, unboxes, gives the GIL back.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_total(
    env: *mut JNIEnv,
    _class: jclass,
    values: jdoubleArray,
) -> jdouble {
    entry(env, || {
        let probe = Probe::get()?;
        take_gil(&probe.python);
        let result = array::total(probe, env, values).ok_or_else(|| probe.raised());
        give_gil(&probe.python);
        result
    })
}

/// Takes the GIL for a Python loop that calls a Java method, gives the GIL back.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_callback(
    env: *mut JNIEnv,
    _class: jclass,
    operator: jobject,
    times: jint,
) -> jdouble {
    entry(env, || {
        let probe = Probe::get()?;
        let _target = callback::aim(env, operator)?;
        take_gil(&probe.python);
        let result = probe.callback(times);
        give_gil(&probe.python);
        result
    })
}

/// Takes the GIL for a run of `held`.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_hold(env: *mut JNIEnv, _class: jclass) {
    entry(env, || {
        take_gil(&Probe::get()?.python);
        Ok(())
    });
}

/// Gives the GIL back after a run of `held`.
#[no_mangle]
pub extern "system" fn Java_dev_naja_bench_Floor_release(env: *mut JNIEnv, _class: jclass) {
    entry(env, || {
        give_gil(&Probe::get()?.python);
        Ok(())
    });
}
