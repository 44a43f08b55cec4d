//! How does Rust reach the JVM?
//!
//! Raw JNI through `jni-sys`: on the hot path the checks of a safe wrapper cost more than the call. [`Env`] is valid on
//! the thread and in the native call (or upcall) that made it and is never stored.
//!
//! Ownership: methods that return a reference return a local one, which dies when the native method returns to Java;
//! upcalls that start on a Python thread delete theirs. Only [`Global`] and [`Weak`] own references that outlive a call.

macro_rules! jni {
    ($env:expr, $function:ident $(, $argument:expr)*) => {
        // SAFETY: the caller of the macro's user holds a valid `Env`, whose table outlives the VM; arguments are
        // references of this thread or checked by the method around.
        unsafe { ((**$env.0).v1_4.$function)($env.0 $(, $argument)*) }
    };
}

mod arrays;
mod members;
mod references;

pub use members::Invocation;
pub use references::{Global, Weak};

use crate::thread;
use jni::sys::{
    jboolean, jclass, jfieldID, jint, jmethodID, jobject, jsize, jstring, jthrowable, jvalue,
    JNIEnv, JavaVM, JNI_OK, JNI_VERSION_1_8,
};
use std::cell::Cell;
use std::ffi::{c_void, CStr};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// Detaches a thread that the bridge attached, when the thread ends: the JVM does not notice by itself.
struct Attachment(Cell<bool>);

thread_local! {
    static ATTACHMENT: Attachment = const { Attachment(Cell::new(false)) };
}

impl Drop for Attachment {
    fn drop(&mut self) {
        if self.0.get() && !thread::is_exiting() {
            // SAFETY: this thread was attached by `Env::current`, runs no Java code and holds no references.
            unsafe { ((**vm()).v1_2.DetachCurrentThread)(vm()) };
        }
    }
}

static VM: AtomicPtr<JavaVM> = AtomicPtr::new(ptr::null_mut());

/// Remembers the VM that loaded this library.
pub fn set_vm(vm: *mut JavaVM) {
    VM.store(vm, Ordering::Release);
}

/// The VM that loaded this library.
pub fn vm() -> *mut JavaVM {
    VM.load(Ordering::Acquire)
}

/// A Java exception is pending on this thread.
#[derive(Debug)]
pub struct Pending;

/// A result that is an error when a Java exception is pending.
pub type JavaResult<T> = Result<T, Pending>;

/// The JNI environment of the current thread.
#[derive(Clone, Copy)]
pub struct Env(*mut JNIEnv);

impl Env {
    /// Wraps the pointer that the JVM hands to a native method.
    ///
    /// # Safety
    /// `env` is the environment of the current thread, and the value is not used after the native method returns.
    #[inline(always)]
    pub unsafe fn from_raw(env: *mut JNIEnv) -> Env {
        Env(env)
    }

    /// The pointer, for another library.
    pub fn raw(self) -> *mut JNIEnv {
        self.0
    }

    /// The environment of the current thread, which is attached as a daemon if it is not a Java thread yet.
    /// `None` when the VM is gone or refuses.
    pub fn current() -> Option<Env> {
        let vm = vm();
        if vm.is_null() {
            return None;
        }
        let mut env: *mut c_void = ptr::null_mut();
        // SAFETY: `vm` came from `JNI_OnLoad`; both functions may be called on any thread.
        unsafe {
            if ((**vm).v1_2.GetEnv)(vm, &mut env, JNI_VERSION_1_8) != JNI_OK {
                let status =
                    ((**vm).v1_4.AttachCurrentThreadAsDaemon)(vm, &mut env, ptr::null_mut());
                if status != JNI_OK {
                    return None;
                }
                // A thread that is running its last destructors stays attached, as a daemon.
                let _ = ATTACHMENT.try_with(|attachment| attachment.0.set(true));
            }
        }
        Some(Env(env.cast()))
    }

    #[inline]
    fn check<T>(self, value: T) -> JavaResult<T> {
        if jni!(self, ExceptionCheck) {
            Err(Pending)
        } else {
            Ok(value)
        }
    }

    /// The pending exception, which is cleared.
    pub fn take_exception(self) -> Option<jthrowable> {
        let throwable = jni!(self, ExceptionOccurred);
        if throwable.is_null() {
            return None;
        }
        jni!(self, ExceptionClear);
        Some(throwable)
    }

    /// Makes `throwable` pending.
    pub fn throw(self, throwable: jthrowable) {
        jni!(self, Throw, throwable);
    }

    /// Makes a new exception of `class` pending.
    pub fn throw_new(self, class: &CStr, message: &CStr) {
        if let Ok(class) = self.find_class(class) {
            jni!(self, ThrowNew, class, message.as_ptr());
        }
    }

    /// A class by its binary name with slashes, seen from the class loader of the calling Java method.
    pub fn find_class(self, name: &CStr) -> JavaResult<jclass> {
        let class = jni!(self, FindClass, name.as_ptr());
        self.check(class)
    }

    /// A static method's id.
    pub fn static_method(
        self,
        class: jclass,
        name: &CStr,
        signature: &CStr,
    ) -> JavaResult<jmethodID> {
        let method = jni!(
            self,
            GetStaticMethodID,
            class,
            name.as_ptr(),
            signature.as_ptr()
        );
        self.check(method)
    }

    /// An instance method's id.
    pub fn method(self, class: jclass, name: &CStr, signature: &CStr) -> JavaResult<jmethodID> {
        let method = jni!(self, GetMethodID, class, name.as_ptr(), signature.as_ptr());
        self.check(method)
    }

    /// A static field's id.
    pub fn static_field(
        self,
        class: jclass,
        name: &CStr,
        signature: &CStr,
    ) -> JavaResult<jfieldID> {
        let field = jni!(
            self,
            GetStaticFieldID,
            class,
            name.as_ptr(),
            signature.as_ptr()
        );
        self.check(field)
    }

    /// The object in a static field.
    pub fn static_object(self, class: jclass, field: jfieldID) -> jobject {
        jni!(self, GetStaticObjectField, class, field)
    }

    /// Calls a static method that returns an object.
    pub fn call_static_object(
        self,
        class: jclass,
        method: jmethodID,
        arguments: &[jvalue],
    ) -> JavaResult<jobject> {
        let object = jni!(
            self,
            CallStaticObjectMethodA,
            class,
            method,
            arguments.as_ptr()
        );
        self.check(object)
    }

    /// Calls a static method that returns nothing.
    pub fn call_static_void(
        self,
        class: jclass,
        method: jmethodID,
        arguments: &[jvalue],
    ) -> JavaResult<()> {
        jni!(
            self,
            CallStaticVoidMethodA,
            class,
            method,
            arguments.as_ptr()
        );
        self.check(())
    }

    /// Calls a method that returns an object.
    pub fn call_object(
        self,
        object: jobject,
        method: jmethodID,
        arguments: &[jvalue],
    ) -> JavaResult<jobject> {
        let result = jni!(self, CallObjectMethodA, object, method, arguments.as_ptr());
        self.check(result)
    }

    /// Calls a method that returns nothing.
    pub fn call_void(
        self,
        object: jobject,
        method: jmethodID,
        arguments: &[jvalue],
    ) -> JavaResult<()> {
        jni!(self, CallVoidMethodA, object, method, arguments.as_ptr());
        self.check(())
    }

    /// Calls a method that returns a boolean.
    pub fn call_boolean(
        self,
        object: jobject,
        method: jmethodID,
        arguments: &[jvalue],
    ) -> JavaResult<jboolean> {
        let result = jni!(self, CallBooleanMethodA, object, method, arguments.as_ptr());
        self.check(result)
    }

    /// Calls a method that returns an int.
    pub fn call_int(
        self,
        object: jobject,
        method: jmethodID,
        arguments: &[jvalue],
    ) -> JavaResult<jint> {
        let result = jni!(self, CallIntMethodA, object, method, arguments.as_ptr());
        self.check(result)
    }

    /// A Java string of UTF-16 code units.
    pub fn new_string(self, units: &[u16]) -> JavaResult<jstring> {
        let length = jsize::try_from(units.len()).unwrap_or(jsize::MAX);
        let string = jni!(self, NewString, units.as_ptr(), length);
        self.check(string)
    }

    /// What `body` makes of a Java string of UTF-16 code units, which is deleted afterwards.
    pub fn with_string<R>(
        self,
        units: &[u16],
        body: impl FnOnce(jstring) -> JavaResult<R>,
    ) -> JavaResult<R> {
        let string = self.new_string(units)?;
        let made = body(string);
        self.delete_local(string);
        made
    }

    /// The UTF-16 code units of a Java string.
    pub fn string_units(self, string: jstring) -> JavaResult<Vec<u16>> {
        let length = jni!(self, GetStringLength, string);
        let mut units = vec![0_u16; length as usize];
        jni!(self, GetStringRegion, string, 0, length, units.as_mut_ptr());
        self.check(units)
    }

    /// The class of an object that is not null.
    pub fn class_of(self, object: jobject) -> jclass {
        jni!(self, GetObjectClass, object)
    }

    /// Whether `object` is null or of `class`.
    pub fn is_instance(self, object: jobject, class: jclass) -> bool {
        jni!(self, IsInstanceOf, object, class)
    }

    /// Whether every instance of `class` is one of `base`.
    pub fn is_assignable(self, class: jclass, base: jclass) -> bool {
        jni!(self, IsAssignableFrom, class, base)
    }

    /// The characters of a short Java string of at most `units.len()`, or `None` for a longer one.
    pub fn short_string(self, string: jstring, units: &mut [u16]) -> Option<&mut [u16]> {
        let length = jni!(self, GetStringLength, string);
        let fits = units.get_mut(..length as usize)?;
        jni!(self, GetStringRegion, string, 0, length, fits.as_mut_ptr());
        Some(fits)
    }
}
