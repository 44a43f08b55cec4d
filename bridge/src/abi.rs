//! What can Java call?
//!
//! The native methods of `dev.naja.internal.Native`, one function each, found by name. Every one goes through
//! [`guard`](crate::failure::guard). cbindgen writes this module's functions to `bridge/include/naja.h`; JNI's calling convention is C's on
//! every 64-bit platform.

use crate::call::{self, Frame, Want};
use crate::failure::{self, guard, Failure};
use crate::{arena, arrays, half, handle, host, java, jdk, operation, start, thread, upcalls};
use jni::sys::{
    jboolean, jclass, jdouble, jint, jlong, jobject, jobjectArray, jstring, JNIEnv, JavaVM,
    JNI_VERSION_1_8,
};
use std::ffi::c_void;

/// Called by the JVM when the library is loaded.
#[no_mangle]
pub extern "C" fn JNI_OnLoad(vm: *mut JavaVM, _reserved: *mut c_void) -> jint {
    java::set_vm(vm);
    failure::keep_panics();
    JNI_VERSION_1_8
}

/// Called by the JVM when the class loader that loaded the library is collected. The code stays mapped, for it was pinned.
#[no_mangle]
pub extern "C" fn JNI_OnUnload(_vm: *mut JavaVM, _reserved: *mut c_void) {
    start::unload();
}

/// `Native.start`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_start(
    env: *mut JNIEnv,
    _class: jclass,
    upcalls_class: jclass,
    executable: jstring,
    minor: jint,
) {
    guard(env, |env| {
        upcalls::set(env, upcalls_class)?;
        let executable = env.string_units(executable)?;
        start::start(&executable, minor)?;
        // A guest has the host look at Java's objects: it needs no references of its own, which would outlive its class loader.
        if !host::is_guest() {
            jdk::Jdk::get(env)?;
        }
        Ok(())
    });
}

/// `Native.callDouble`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_callDouble(
    env: *mut JNIEnv,
    _class: jclass,
    callable: jlong,
    argument: jdouble,
) -> jdouble {
    guard(env, |_| call::call_double(callable, argument))
}

/// `Native.callLong`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_callLong(
    env: *mut JNIEnv,
    _class: jclass,
    callable: jlong,
    argument: jlong,
) -> jlong {
    guard(env, |_| call::call_long(callable, argument))
}

/// `Native.call`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_call(
    env: *mut JNIEnv,
    _class: jclass,
    callable: jlong,
    frame: jlong,
    length: jint,
    capacity: jint,
    objects: jobjectArray,
    count: jint,
    named: jint,
    want: jint,
    deadline: jlong,
) -> jlong {
    guard(env, |env| {
        // SAFETY: `CallFrame` passes the address and sizes of its own live buffer and waits for the result.
        let frame = unsafe { Frame::new(frame, length, capacity, objects) };
        let want = Want::from_number(want);
        call::call(
            env,
            callable,
            frame,
            count as usize,
            named as usize,
            want,
            deadline,
        )
    })
}

/// `Native.operate`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_operate(
    env: *mut JNIEnv,
    _class: jclass,
    operation: jint,
    object: jlong,
    frame: jlong,
    length: jint,
    capacity: jint,
    objects: jobjectArray,
    want: jint,
) -> jlong {
    guard(env, |env| {
        // SAFETY: as in `call`.
        let frame = unsafe { Frame::new(frame, length, capacity, objects) };
        operation::operate(env, operation, object, frame, Want::from_number(want))
    })
}

/// `Native.chooseArrays`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_chooseArrays(
    env: *mut JNIEnv,
    _class: jclass,
    form: jint,
) {
    guard(env, |_| {
        arrays::choose(form);
        Ok(())
    });
}

/// `Native.half`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_half(
    env: *mut JNIEnv,
    _class: jclass,
    module: jstring,
    attribute: jstring,
) -> jlong {
    guard(env, |env| {
        let module = String::from_utf16_lossy(&env.string_units(module)?);
        let attribute = String::from_utf16_lossy(&env.string_units(attribute)?);
        let attached = thread::attach();
        let py = attached.python();
        let found = half::find(py, &module, &attribute).map_err(|error| Failure::of(py, error))?;
        Ok(handle::add(found))
    })
}

/// `Native.release`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_release(
    env: *mut JNIEnv,
    _class: jclass,
    handle: jlong,
) {
    guard(env, |_| {
        handle::release_later(handle);
        Ok(())
    });
}

/// `Native.drain`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_drain(env: *mut JNIEnv, _class: jclass) {
    guard(env, |_| {
        handle::drain(thread::attach().python());
        Ok(())
    });
}

/// `Native.beginSession`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_beginSession(env: *mut JNIEnv, _class: jclass) {
    guard(env, |_| {
        std::mem::forget(thread::attach());
        Ok(())
    });
}

/// `Native.endSession`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_endSession(env: *mut JNIEnv, _class: jclass) {
    guard(env, |_| {
        if thread::end_session() {
            Ok(())
        } else {
            Err(Failure::state(
                "this thread has no open session: a session ends on the thread that began it",
            ))
        }
    });
}

/// `Native.address`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_address(
    env: *mut JNIEnv,
    _class: jclass,
    buffer: jobject,
) -> jlong {
    guard(env, |env| Ok(env.direct_address(buffer)))
}

/// `Native.hasArena`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_hasArena(
    env: *mut JNIEnv,
    _class: jclass,
    buffer: jobject,
) -> jboolean {
    guard(env, |env| Ok(arena::has(env, buffer)?))
}

/// `Native.keepOpen`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_keepOpen(
    env: *mut JNIEnv,
    _class: jclass,
    buffer: jobject,
) -> jlong {
    guard(env, |env| arena::keep_open(env, buffer))
}

/// `Native.view`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_view(
    env: *mut JNIEnv,
    _class: jclass,
    address: jlong,
    size: jlong,
) -> jobject {
    guard(env, |env| {
        // SAFETY: `CallFrame` passes what `call` gave it and drops the view before it calls `free`.
        let view = unsafe { env.new_direct_buffer(address as *mut u8, size as usize)? };
        Ok(Local(view))
    })
    .0
}

/// `Native.free`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_free(
    env: *mut JNIEnv,
    _class: jclass,
    address: jlong,
    size: jlong,
) {
    guard(env, |_| {
        let memory = std::ptr::slice_from_raw_parts_mut(address as *mut u8, size as usize);
        // SAFETY: `call` leaked a box of this address and size, and `CallFrame` gives it back once.
        drop(unsafe { Box::from_raw(memory) });
        Ok(())
    });
}

/// `Native.liveHandles`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_liveHandles(
    env: *mut JNIEnv,
    _class: jclass,
) -> jlong {
    guard(
        env,
        |_| Ok(handle::live(thread::attach().python()) as jlong),
    )
}

/// `Native.panic`
#[no_mangle]
pub extern "C" fn Java_dev_naja_internal_Native_panic(
    env: *mut JNIEnv,
    _class: jclass,
    message: jstring,
) {
    guard(env, |env| -> Result<(), Failure> {
        let message = String::from_utf16_lossy(&env.string_units(message)?);
        let _attached = thread::attach();
        panic!("{message}")
    });
}

/// A local reference that is null by default.
struct Local(jobject);

impl Default for Local {
    fn default() -> Local {
        Local(std::ptr::null_mut())
    }
}
