//! What does a call need of CPython at least?
//!
//! Thread state, arguments, the call, its result; every function here but `Probe::new` and `take_gil`
//! wants the GIL held.

use crate::callback;
use crate::cpython::{CPython, Pointer};
use jni::sys::{jbyteArray, jint, jlong, JNIEnv};
use std::cell::Cell;
use std::ffi::CStr;
use std::ptr;
use std::sync::OnceLock;

/// Everything that is looked up once, before the first call.
pub struct Probe {
    pub python: CPython,
    callback: Pointer,
    half: Pointer,
    length: Pointer,
    operator: Pointer,
    row10: Pointer,
    upper: Pointer,
}

// SAFETY: the functions belong to the process, and the objects are immortal references that are
// used only by a thread that holds the GIL.
unsafe impl Send for Probe {}
// SAFETY: as above.
unsafe impl Sync for Probe {}

pub static PROBE: OnceLock<Probe> = OnceLock::new();

thread_local! {
    /// This thread's `PyThreadState`, kept for the thread's life; null before its first call.
    static STATE: Cell<Pointer> = const { Cell::new(ptr::null_mut()) };
}

impl Probe {
    /// Imports `workloads` and resolves its functions.
    pub fn new() -> Result<Probe, String> {
        let python = CPython::find()?;
        take_gil(&python);
        let resolved = resolve(&python);
        give_gil(&python);
        let [callback, half, length, operator, row10, upper] = resolved?;
        Ok(Probe {
            python,
            callback,
            half,
            length,
            operator,
            row10,
            upper,
        })
    }

    /// The probe, which `resolve` must have made.
    pub fn get() -> Result<&'static Probe, String> {
        PROBE
            .get()
            .ok_or_else(|| "the probe is not resolved: call Floor.load first".to_owned())
    }

    /// `half(x)`; the GIL is held.
    pub fn half(&self, x: f64) -> Result<f64, String> {
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
    pub fn length(&self, env: *mut JNIEnv, data: jbyteArray) -> Result<jlong, String> {
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

    /// `upper` of a constant, whose result is found but stays in Python: its length is returned; the
    /// GIL is held.
    pub fn upper(&self) -> Result<jlong, String> {
        const TEXT: &[u8] = b"the quick brown fox jumps over a";
        let python = &self.python;
        // SAFETY: as in `half`; the constant is valid UTF-8 of the given length.
        unsafe {
            let argument = (python.text_from)(TEXT.as_ptr().cast(), TEXT.len() as isize);
            if argument.is_null() {
                return Err(self.raised());
            }
            let result = (python.vectorcall)(self.upper, &argument, 1, ptr::null_mut());
            (python.dec_ref)(argument);
            if result.is_null() {
                return Err(self.raised());
            }
            let mut size = 0;
            let found = !(python.text_as)(result, &mut size).is_null();
            (python.dec_ref)(result);
            if found {
                Ok(size as jlong)
            } else {
                Err(self.raised())
            }
        }
    }

    /// `row10` of ten constants, which need not come from Java; the GIL is held.
    pub fn row10(&self) -> Result<f64, String> {
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

    /// `callback(operator, times)`, whose operator calls what `callback::aim` has aimed at; the GIL
    /// is held.
    pub fn callback(&self, times: jint) -> Result<f64, String> {
        let python = &self.python;
        // SAFETY: as in `half`.
        unsafe {
            let times = (python.long_from)(times.into());
            if times.is_null() {
                return Err(self.raised());
            }
            let arguments = [self.operator, times];
            let result = (python.vectorcall)(self.callback, arguments.as_ptr(), 2, ptr::null_mut());
            (python.dec_ref)(times);
            if result.is_null() {
                return Err(self.raised());
            }
            let value = (python.float_as)(result);
            (python.dec_ref)(result);
            Ok(value)
        }
    }

    /// Prints the Python error that is set and says so.
    pub fn raised(&self) -> String {
        // SAFETY: the caller holds the GIL.
        unsafe { (self.python.print_error)() };
        "Python raised an exception: see it printed above".to_owned()
    }
}

const NAMES: [&CStr; 6] = [
    c"callback",
    c"half",
    c"length",
    c"Operator",
    c"row10",
    c"upper",
];

/// What the module `workloads` has by these names, where in the place of `Operator` is an instance of it
/// with a function that calls Java; the GIL is held.
fn resolve(python: &CPython) -> Result<[Pointer; 6], String> {
    // SAFETY: the GIL is held and the names end with a NUL byte; the references are kept for ever.
    let mut found = unsafe {
        let module = (python.import)(c"workloads".as_ptr());
        if module.is_null() {
            [ptr::null_mut(); 6]
        } else {
            NAMES.map(|name| (python.get_attr)(module, name.as_ptr()))
        }
    };
    if !found.contains(&ptr::null_mut()) {
        // SAFETY: as above; the definition is static, and a null argument is not called with.
        unsafe {
            let function =
                (python.function_from)(&callback::APPLY, ptr::null_mut(), ptr::null_mut());
            if !function.is_null() {
                found[3] = (python.vectorcall)(found[3], &function, 1, ptr::null_mut());
            }
        }
    }
    if found.contains(&ptr::null_mut()) {
        // SAFETY: the GIL is held.
        unsafe { (python.print_error)() };
        return Err(format!(
            "no module workloads with {NAMES:?}: Python's error is above"
        ));
    }
    Ok(found)
}

/// Takes the GIL, with a thread state that is made on the thread's first call and then kept.
#[inline(always)]
pub fn take_gil(python: &CPython) {
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
pub fn give_gil(python: &CPython) {
    // SAFETY: the caller took the GIL by `take_gil`.
    STATE.with(|state| state.set(unsafe { (python.save_thread)() }));
}
