//! What happens when the JVM ends?
//!
//! Python's exit functions run and its streams are flushed, once, after the JVM's shutdown hooks. CPython itself is never
//! finalized. A `Runtime.addShutdownHook` would keep the class loader of its thread's class alive for ever, so naja listens
//! to JVMTI's `VMDeath` event instead (JVM Tool Interface, "VM Death Event"), which needs no Java class.

use crate::{jvmti, keeper, thread};
use std::ffi::c_void;

/// Asks the JVM to say when it ends. `false` when it has no tool interface; then exit functions do not run.
pub fn watch() -> bool {
    jvmti::get().is_some_and(|interface| interface.on_death(on_vm_death))
}

extern "system" fn on_vm_death(_interface: *mut *const *const c_void, _env: *mut c_void) {
    let _ = std::panic::catch_unwind(keeper::run_exit_functions);
    forbid_waiting();
}

/// From now on, no thread that ends waits for the GIL.
pub fn forbid_waiting() {
    thread::set_exiting();
}
