//! What does a Python function that calls a Java method need at least?
//!
//! It unboxes its argument, gives the GIL up, calls, asks for an exception, takes the GIL again and
//! boxes the result. The object and the method are known beforehand.

use crate::cpython::{MethodDef, Pointer, ONE_ARGUMENT};
use crate::probe::Probe;
use jni::sys::{jmethodID, jobject, jvalue, JNIEnv};
use std::cell::Cell;
use std::ptr;

/// What the function calls.
#[derive(Clone, Copy)]
struct Target {
    env: *mut JNIEnv,
    operator: jobject,
    method: jmethodID,
}

thread_local! {
    /// What `APPLY` calls on this thread, while a `Aimed` lives.
    static TARGET: Cell<Option<Target>> = const { Cell::new(None) };
}

/// Ends with the native method whose references the target uses.
pub struct Aimed;

impl Drop for Aimed {
    fn drop(&mut self) {
        TARGET.set(None);
    }
}

/// Lets `APPLY` call `operator.applyAsDouble` on this thread.
pub fn aim(env: *mut JNIEnv, operator: jobject) -> Result<Aimed, String> {
    // SAFETY: `env` is this thread's, `operator` a live reference, and the strings end with a NUL
    // byte; a null result means that an exception is pending, which Java then throws.
    let method = unsafe {
        let class = ((**env).v1_2.GetObjectClass)(env, operator);
        let name = c"applyAsDouble".as_ptr();
        ((**env).v1_2.GetMethodID)(env, class, name, c"(D)D".as_ptr())
    };
    if method.is_null() {
        return Err("the operator has no applyAsDouble".to_owned());
    }
    let target = Target {
        env,
        operator,
        method,
    };
    TARGET.set(Some(target));
    Ok(Aimed)
}

/// The Python function.
pub static APPLY: MethodDef = MethodDef {
    name: c"applyAsDouble".as_ptr(),
    function: apply,
    flags: ONE_ARGUMENT,
    doc: ptr::null(),
};

unsafe extern "C" fn apply(_module: Pointer, x: Pointer) -> Pointer {
    let (Ok(probe), Some(target)) = (Probe::get(), TARGET.get()) else {
        return ptr::null_mut();
    };
    let python = &probe.python;
    // SAFETY: Python calls this with the GIL held, in the native method that aimed it; the GIL is
    // given up for the time of the call only.
    unsafe {
        let argument = jvalue {
            d: (python.float_as)(x),
        };
        let state = (python.save_thread)();
        let env = target.env;
        let result =
            ((**env).v1_2.CallDoubleMethodA)(env, target.operator, target.method, &argument);
        let thrown = ((**env).v1_2.ExceptionCheck)(env);
        (python.restore_thread)(state);
        if thrown {
            return ptr::null_mut();
        }
        (python.float_from)(result)
    }
}
