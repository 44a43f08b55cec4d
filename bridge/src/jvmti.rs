//! What does the JVM Tool Interface give that JNI does not?
//!
//! The end of the VM without a Java class that listens, and an object's identity without a call of Java. Specification: "JVM Tool
//! Interface", whose function table counts from 1.

use crate::java;
use jni::sys::{jint, jobject, JavaVM, JNI_OK};
use once_cell::sync::OnceCell;
use std::ffi::c_void;
use std::os::raw::c_int;
use std::ptr;

const VERSION_1_2: c_int = 0x3001_0200;
const ENABLE: c_int = 1;
const EVENT_VM_DEATH: c_int = 51;

const SET_EVENT_NOTIFICATION_MODE: usize = 2;
const GET_OBJECT_HASH_CODE: usize = 58;
const SET_EVENT_CALLBACKS: usize = 122;

type RawEnvironment = *mut *const *const c_void;

/// What is called when the VM ends.
pub type OnDeath = extern "system" fn(RawEnvironment, *mut c_void);

/// The head of `jvmtiEventCallbacks`; the rest is absent, as the size that goes with it says.
#[repr(C)]
struct EventCallbacks {
    vm_init: *const c_void,
    vm_death: OnDeath,
}

type SetEventCallbacks =
    unsafe extern "system" fn(RawEnvironment, *const EventCallbacks, c_int) -> c_int;
type SetEventNotificationMode =
    unsafe extern "C" fn(RawEnvironment, c_int, c_int, *mut c_void, ...) -> c_int;
type GetObjectHashCode = unsafe extern "system" fn(RawEnvironment, jobject, *mut jint) -> c_int;

/// An environment of the tool interface.
pub struct ToolInterface {
    raw: RawEnvironment,
    get_object_hash_code: GetObjectHashCode,
}

// SAFETY: environments of the tool interface may be used on any thread.
unsafe impl Send for ToolInterface {}
// SAFETY: as above.
unsafe impl Sync for ToolInterface {}

/// The environment, or `None` where the JVM has no tool interface.
pub fn get() -> Option<&'static ToolInterface> {
    static FOUND: OnceCell<Option<ToolInterface>> = OnceCell::new();
    FOUND.get_or_init(find).as_ref()
}

fn find() -> Option<ToolInterface> {
    let vm: *mut JavaVM = java::vm();
    let mut environment: *mut c_void = ptr::null_mut();
    // SAFETY: `vm` is the VM that loaded this library; `GetEnv` fills `environment` or fails.
    let status = unsafe { ((**vm).v1_2.GetEnv)(vm, &mut environment, VERSION_1_2) };
    if status != JNI_OK || environment.is_null() {
        return None;
    }
    let raw: RawEnvironment = environment.cast();
    Some(ToolInterface {
        raw,
        // SAFETY: the function at this position has this type.
        get_object_hash_code: unsafe {
            std::mem::transmute::<*const c_void, GetObjectHashCode>(function(
                raw,
                GET_OBJECT_HASH_CODE,
            ))
        },
    })
}

/// # Safety
/// `raw` is an environment of the tool interface, and `position` one of the table's.
unsafe fn function(raw: RawEnvironment, position: usize) -> *const c_void {
    // SAFETY: an environment starts with a pointer to its function table, whose order the specification fixes.
    unsafe {
        let table: *const *const c_void = (*raw).cast();
        table.add(position - 1).read()
    }
}

impl ToolInterface {
    /// Has `callback` called when the VM ends. `false` if the VM refuses.
    pub fn on_death(&self, callback: OnDeath) -> bool {
        let callbacks = EventCallbacks {
            vm_init: ptr::null(),
            vm_death: callback,
        };
        // SAFETY: the functions at these two positions have these types.
        unsafe {
            let set_callbacks: SetEventCallbacks =
                std::mem::transmute(function(self.raw, SET_EVENT_CALLBACKS));
            let set_mode: SetEventNotificationMode =
                std::mem::transmute(function(self.raw, SET_EVENT_NOTIFICATION_MODE));
            let size = std::mem::size_of::<EventCallbacks>() as c_int;
            set_callbacks(self.raw, &callbacks, size) == 0
                && set_mode(self.raw, ENABLE, EVENT_VM_DEATH, ptr::null_mut()) == 0
        }
    }

    /// The identity hash code of an object that is not null.
    #[inline]
    pub fn identity_hash(&self, object: jobject) -> Option<jint> {
        let mut hash = 0;
        // SAFETY: the caller's reference is alive; the function fills `hash` or says that it failed.
        let status = unsafe { (self.get_object_hash_code)(self.raw, object, &mut hash) };
        (status == 0).then_some(hash)
    }
}
