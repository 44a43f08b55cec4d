//! What is the least that a call from Java into CPython costs?
//!
//! The natives of `dev.naja.bench.Floor`: raw JNI entry points that do what every bridge must (take
//! the GIL, make the arguments, call, read the result) and nothing more. naja's benchmarks run them
//! in a process where naja has started CPython, and report naja's own times as multiples of these.

mod cpython;

use cpython::{CPython, Pointer};
use jni::sys::{jbyteArray, jclass, jdouble, jlong, JNIEnv};
use std::cell::Cell;
use std::ffi::CString;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr;
use std::sync::OnceLock;

/// Everything that is looked up once, before the first call.
struct Probe {
    python: CPython,
    half: Pointer,
    length: Pointer,
    row10: Pointer,
}

// SAFETY: the functions belong to the process, and the objects are immortal references that are
// used only by a thread that holds the GIL.
unsafe impl Send for Probe {}
// SAFETY: as above.
unsafe impl Sync for Probe {}

static PROBE: OnceLock<Probe> = OnceLock::new();

thread_local! {
    /// This thread's `PyThreadState`, kept for the thread's life; null before its first call.
    static STATE: Cell<Pointer> = const { Cell::new(ptr::null_mut()) };
}

impl Probe {
    /// Imports `workloads` and resolves its functions.
    fn new() -> Result<Probe, String> {
        let python = CPython::find()?;
        take_gil(&python);
        let resolved = resolve(&python);
        give_gil(&python);
        let [half, length, row10] = resolved?;
        Ok(Probe {
            python,
            half,
            length,
            row10,
        })
    }

    /// The probe, which `resolve` must have made.
    fn get() -> Result<&'static Probe, String> {
        PROBE
            .get()
            .ok_or_else(|| "the probe is not resolved: call Floor.load first".to_owned())
    }

    /// `half(x)`; the GIL is held.
    fn half(&self, x: f64) -> Result<f64, String> {
        let python = &self.python;
        // SAFETY: the GIL is held, so objects may be made, called and released; each reference that
        // is returned here is owned and given back once; a null result means that an error is set.
        unsafe {
            let argument = (python.float_from)(x);
            if argument.is_null() {
                return Err(self.raised());
            }
            let result = (python.vectorcall)(self.half, &argument, 1, ptr::null_mut());
            (python.dec_ref)(argument);
            if result.is_null() {
                return Err(self.raised());
            }
            let value = (python.float_as)(result);
            (python.dec_ref)(result);
            Ok(value)
        }
    }

    /// `length(data)`; the GIL is held.
    fn length(&self, env: *mut JNIEnv, data: jbyteArray) -> Result<jlong, String> {
        let python = &self.python;
        // SAFETY: as in `half`; `env` is this thread's, `data` is a live array whose length is asked
        // first, and the new bytes have room for just that many.
        unsafe {
            let size = ((**env).v1_2.GetArrayLength)(env, data);
            let argument = (python.bytes_from)(ptr::null(), size as isize);
            if argument.is_null() {
                return Err(self.raised());
            }
            let room = (python.bytes_as)(argument);
            ((**env).v1_2.GetByteArrayRegion)(env, data, 0, size, room.cast());
            let result = (python.vectorcall)(self.length, &argument, 1, ptr::null_mut());
            (python.dec_ref)(argument);
            if result.is_null() {
                return Err(self.raised());
            }
            let value = (python.long_as)(result);
            (python.dec_ref)(result);
            Ok(value)
        }
    }

    /// `row10` of ten constants, which need not come from Java; the GIL is held.
    fn row10(&self) -> Result<f64, String> {
        let python = &self.python;
        let text = |text: &[u8]| {
            // SAFETY: as in `half`; the bytes are valid UTF-8 of the given length.
            unsafe { (python.text_from)(text.as_ptr().cast(), text.len() as isize) }
        };
        // SAFETY: as in `half`.
        unsafe {
            let arguments = [
                (python.long_from)(12_345),
                (python.long_from)(7),
                (python.long_from)(1_700_000_000),
                (python.float_from)(12.5),
                (python.float_from)(0.25),
                (python.float_from)(-3.0),
                text(b"acme"),
                text(b"card-present"),
                text(b"GB"),
                (python.bool_from)(1),
            ];
            if arguments.contains(&ptr::null_mut()) {
                return Err(self.raised());
            }
            let count = arguments.len();
            let result =
                (python.vectorcall)(self.row10, arguments.as_ptr(), count, ptr::null_mut());
            for argument in arguments {
                (python.dec_ref)(argument);
            }
            if result.is_null() {
                return Err(self.raised());
            }
            let value = (python.float_as)(result);
            (python.dec_ref)(result);
            Ok(value)
        }
    }

    /// Prints the Python error that is set and says so.
    fn raised(&self) -> String {
        // SAFETY: the caller holds the GIL.
        unsafe { (self.python.print_error)() };
        "Python raised an exception: see it printed above".to_owned()
    }
}

/// `half`, `length` and `row10` of the module `workloads`; the GIL is held.
fn resolve(python: &CPython) -> Result<[Pointer; 3], String> {
    // SAFETY: the GIL is held and the names end with a NUL byte; the references are kept for ever.
    let functions = unsafe {
        let module = (python.import)(c"workloads".as_ptr());
        if module.is_null() {
            [ptr::null_mut(); 3]
        } else {
            [c"half", c"length", c"row10"].map(|name| (python.get_attr)(module, name.as_ptr()))
        }
    };
    if functions.contains(&ptr::null_mut()) {
        // SAFETY: the GIL is held.
        unsafe { (python.print_error)() };
        return Err(
            "no module workloads with half, length and row10: Python's error is above".to_owned(),
        );
    }
    Ok(functions)
}

/// Takes the GIL, with a thread state that is made on the thread's first call and then kept.
#[inline(always)]
fn take_gil(python: &CPython) {
    STATE.with(|state| {
        // SAFETY: CPython runs, and the state was saved by this very thread.
        unsafe {
            if state.get().is_null() {
                (python.ensure_gil)();
            } else {
                (python.restore_thread)(state.get());
            }
        }
    });
}

/// Gives the GIL back, which this thread holds.
#[inline(always)]
fn give_gil(python: &CPython) {
    // SAFETY: the caller took the GIL by `take_gil`.
    STATE.with(|state| state.set(unsafe { (python.save_thread)() }));
}

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
