//! What happens when the JVM ends?
//!
//! Python's exit functions run and its streams are flushed, once, after the JVM's shutdown hooks. CPython itself is never
//! finalized. A `Runtime.addShutdownHook` would keep the class loader of its thread's class alive for ever, so naja listens
//! to JVMTI's `VMDeath` event instead (JVM Tool Interface, "VM Death Event"), which needs no Java class.

use crate::{java, keeper, thread};
use jni::sys::{JavaVM, JNI_OK};
use std::ffi::c_void;
use std::os::raw::c_int;
use std::ptr;

const JVMTI_VERSION_1_2: c_int = 0x3001_0200;
const JVMTI_ENABLE: c_int = 1;
const JVMTI_EVENT_VM_DEATH: c_int = 51;

/// Positions in JVMTI's function table, counted from 1 in the specification.
const SET_EVENT_NOTIFICATION_MODE: usize = 2;
const SET_EVENT_CALLBACKS: usize = 122;

type Jvmti = *const *const c_void;

/// The head of `jvmtiEventCallbacks`; the rest is absent, as the size that goes with it says.
#[repr(C)]
struct EventCallbacks {
    vm_init: *const c_void,
    vm_death: extern "system" fn(*mut Jvmti, *mut c_void),
}

type SetEventCallbacks =
    unsafe extern "system" fn(*mut Jvmti, *const EventCallbacks, c_int) -> c_int;
type SetEventNotificationMode =
    unsafe extern "C" fn(*mut Jvmti, c_int, c_int, *mut c_void, ...) -> c_int;

/// Asks the JVM to say when it ends. `false` when it has no tool interface; then exit functions do not run.
pub fn watch() -> bool {
    let vm: *mut JavaVM = java::vm();
    let mut environment: *mut c_void = ptr::null_mut();
    // SAFETY: `vm` is the VM that loaded this library; `GetEnv` fills `environment` or fails.
    let status = unsafe { ((**vm).v1_2.GetEnv)(vm, &mut environment, JVMTI_VERSION_1_2) };
    if status != JNI_OK || environment.is_null() {
        return false;
    }
    let jvmti: *mut Jvmti = environment.cast();
    let callbacks = EventCallbacks {
        vm_init: ptr::null(),
        vm_death: on_vm_death,
    };
    // SAFETY: a JVMTI environment starts with a pointer to its function table, whose order the specification fixes; the
    // functions at these two positions have these types.
    unsafe {
        let table: *const *const c_void = (*jvmti).cast();
        let set_callbacks: SetEventCallbacks =
            std::mem::transmute(table.add(SET_EVENT_CALLBACKS - 1).read());
        let set_mode: SetEventNotificationMode =
            std::mem::transmute(table.add(SET_EVENT_NOTIFICATION_MODE - 1).read());
        let size = std::mem::size_of::<EventCallbacks>() as c_int;
        set_callbacks(jvmti, &callbacks, size) == 0
            && set_mode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_VM_DEATH, ptr::null_mut()) == 0
    }
}

extern "system" fn on_vm_death(_jvmti: *mut Jvmti, _env: *mut c_void) {
    let _ = std::panic::catch_unwind(keeper::run_exit_functions);
    forbid_waiting();
}

/// From now on, no thread that ends waits for the GIL.
pub fn forbid_waiting() {
    thread::set_exiting();
}
