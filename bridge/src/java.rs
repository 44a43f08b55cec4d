//! How does Rust reach the JVM?
//!
//! Raw JNI through `jni-sys`: on the hot path the checks of a safe wrapper cost more than the call. [`Env`] is valid on
//! the thread and in the native call (or upcall) that made it and is never stored.
//!
//! Ownership: methods that return a reference return a local one, which dies when the native method returns to Java;
//! upcalls that start on a Python thread delete theirs. Only [`Global`] owns a global reference.

use crate::thread;
use jni::sys::{
    jarray, jboolean, jclass, jfieldID, jint, jmethodID, jobject, jobjectArray, jsize, jstring,
    jthrowable, jvalue, jweak, JNIEnv, JavaVM, JNI_OK, JNI_VERSION_1_8,
};
use once_cell::sync::OnceCell;
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

macro_rules! jni {
    ($env:expr, $function:ident $(, $argument:expr)*) => {
        // SAFETY: the caller of the macro's user holds a valid `Env`, whose table outlives the VM; arguments are
        // references of this thread or checked by the method around.
        unsafe { ((**$env.0).v1_4.$function)($env.0 $(, $argument)*) }
    };
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

    /// The UTF-16 code units of a Java string.
    pub fn string_units(self, string: jstring) -> JavaResult<Vec<u16>> {
        let length = jni!(self, GetStringLength, string);
        let mut units = vec![0_u16; length as usize];
        jni!(self, GetStringRegion, string, 0, length, units.as_mut_ptr());
        self.check(units)
    }

    /// A Java array of objects.
    pub fn new_object_array(self, class: &CStr, objects: &[jobject]) -> JavaResult<jobjectArray> {
        let class = self.find_class(class)?;
        let array = jni!(
            self,
            NewObjectArray,
            objects.len() as jsize,
            class,
            ptr::null_mut()
        );
        self.check(())?;
        for (index, object) in objects.iter().enumerate() {
            self.set_element(array, index, *object)?;
        }
        self.delete_local(class);
        Ok(array)
    }

    /// An element of an array of objects.
    pub fn element(self, array: jobjectArray, index: u32) -> JavaResult<jobject> {
        let object = jni!(self, GetObjectArrayElement, array, index as jsize);
        self.check(object)
    }

    /// Stores an element of an array of objects.
    pub fn set_element(self, array: jobjectArray, index: usize, object: jobject) -> JavaResult<()> {
        jni!(self, SetObjectArrayElement, array, index as jsize, object);
        self.check(())
    }

    /// A `byte[]` that holds a copy of `bytes`.
    pub fn new_byte_array(self, bytes: &[u8]) -> JavaResult<jarray> {
        let length = jsize::try_from(bytes.len()).unwrap_or(jsize::MAX);
        let array = jni!(self, NewByteArray, length);
        self.check(())?;
        jni!(
            self,
            SetByteArrayRegion,
            array,
            0,
            length,
            bytes.as_ptr().cast()
        );
        self.check(array)
    }

    /// The length of a Java array.
    pub fn array_length(self, array: jarray) -> usize {
        jni!(self, GetArrayLength, array) as usize
    }

    /// Copies a `byte[]` of at least `length` bytes to `target`.
    ///
    /// # Safety
    /// `target` is valid for writes of `length` bytes.
    pub unsafe fn copy_byte_array(
        self,
        array: jarray,
        target: *mut u8,
        length: usize,
    ) -> JavaResult<()> {
        jni!(
            self,
            GetByteArrayRegion,
            array,
            0,
            length as jsize,
            target.cast()
        );
        self.check(())
    }

    /// A direct `ByteBuffer` over memory that the caller keeps alive while Java may use it.
    ///
    /// # Safety
    /// `address` is valid for `length` bytes for as long as the buffer is used.
    pub unsafe fn new_direct_buffer(self, address: *mut u8, length: usize) -> JavaResult<jobject> {
        let buffer = jni!(self, NewDirectByteBuffer, address.cast(), length as i64);
        self.check(buffer)
    }

    /// The address of a direct buffer, or 0.
    pub fn direct_address(self, buffer: jobject) -> i64 {
        jni!(self, GetDirectBufferAddress, buffer) as i64
    }

    /// Whether two references name the same object.
    pub fn is_same(self, one: jobject, other: jobject) -> bool {
        jni!(self, IsSameObject, one, other)
    }

    /// A new local reference; null when `object` is null or a weak reference whose object is gone.
    pub fn new_local(self, object: jobject) -> jobject {
        jni!(self, NewLocalRef, object)
    }

    /// Drops a local reference before its native method returns.
    pub fn delete_local(self, object: jobject) {
        jni!(self, DeleteLocalRef, object);
    }

    fn new_global(self, object: jobject) -> jobject {
        jni!(self, NewGlobalRef, object)
    }

    fn new_weak_global(self, object: jobject) -> jweak {
        jni!(self, NewWeakGlobalRef, object)
    }
}

/// A global reference, deleted when dropped.
pub struct Global(jobject);

// SAFETY: global references may be used and deleted on any thread.
unsafe impl Send for Global {}
// SAFETY: as above; the reference itself is never changed.
unsafe impl Sync for Global {}

impl Global {
    /// A global reference to what `object` refers to.
    pub fn new(env: Env, object: jobject) -> Global {
        Global(env.new_global(object))
    }

    /// The reference, valid while `self` lives.
    pub fn as_raw(&self) -> jobject {
        self.0
    }
}

impl Drop for Global {
    fn drop(&mut self) {
        if let Some(env) = Env::current() {
            jni!(env, DeleteGlobalRef, self.0);
        }
    }
}

/// The Java class that native code calls, held weakly so that native code never keeps a class loader alive.
struct Upcalls {
    class: jweak,
    throwable: jmethodID,
    log: jmethodID,
    next: jmethodID,
}

// SAFETY: weak global references and method ids may be used on any thread.
unsafe impl Send for Upcalls {}
// SAFETY: as above; never changed after it is made.
unsafe impl Sync for Upcalls {}

static UPCALLS: OnceCell<Upcalls> = OnceCell::new();

/// Looks the upcalls up in `class`, which is `dev.naja.internal.Upcalls`.
pub fn set_upcalls(env: Env, class: jclass) -> JavaResult<()> {
    UPCALLS
        .get_or_try_init(|| {
            Ok(Upcalls {
                class: env.new_weak_global(class),
                throwable: env.static_method(
                    class,
                    c"throwable",
                    c"(ILjava/nio/ByteBuffer;[Ljava/lang/Object;)Ljava/lang/Throwable;",
                )?,
                log: env.static_method(
                    class,
                    c"log",
                    c"(ILjava/lang/String;Ljava/lang/String;)V",
                )?,
                next: env.static_method(
                    class,
                    c"next",
                    c"(Ljava/util/Iterator;)[Ljava/lang/Object;",
                )?,
            })
        })
        .map(|_| ())
}

impl Upcalls {
    /// Runs `call` with a live reference to the class, or gives `None` when its class loader is gone.
    fn with<R>(env: Env, call: impl FnOnce(jclass, &Upcalls) -> R) -> Option<R> {
        let upcalls = UPCALLS.get()?;
        let class = env.new_local(upcalls.class);
        if class.is_null() {
            return None;
        }
        let result = call(class, upcalls);
        env.delete_local(class);
        Some(result)
    }
}

/// Asks Java for the exception that `record` describes. `None` when the class loader is gone.
///
/// # Safety
/// `record` is valid until this returns; Java does not keep the buffer.
pub unsafe fn make_throwable(
    env: Env,
    kind: jint,
    record: &mut [u8],
    references: jobjectArray,
) -> Option<JavaResult<jthrowable>> {
    Upcalls::with(env, |class, upcalls| {
        // SAFETY: `record` outlives this call, as the caller promises.
        let buffer = unsafe { env.new_direct_buffer(record.as_mut_ptr(), record.len())? };
        env.call_static_object(
            class,
            upcalls.throwable,
            &[
                jvalue { i: kind },
                jvalue { l: buffer },
                jvalue { l: references },
            ],
        )
    })
}

/// Hands a log record to Java. `None` when the class loader is gone.
pub fn log(env: Env, level: jint, logger: jstring, message: jstring) -> Option<JavaResult<()>> {
    Upcalls::with(env, |class, upcalls| {
        env.call_static_void(
            class,
            upcalls.log,
            &[
                jvalue { i: level },
                jvalue { l: logger },
                jvalue { l: message },
            ],
        )
    })
}

/// The next element of an iterator in an array of one, or null at its end. `None` when the class loader is gone.
pub fn next(env: Env, iterator: jobject) -> Option<JavaResult<jobjectArray>> {
    Upcalls::with(env, |class, upcalls| {
        env.call_static_object(class, upcalls.next, &[jvalue { l: iterator }])
    })
}

/// Methods of `java.lang.Object`, `java.lang.System` and `java.io.PrintStream`, which are never unloaded.
pub struct Jdk {
    system: Global,
    out: jfieldID,
    err: jfieldID,
    print: jmethodID,
    write: jmethodID,
    flush: jmethodID,
    /// `Object.toString`.
    pub to_string: jmethodID,
    /// `Object.equals`.
    pub equals: jmethodID,
    /// `Object.hashCode`.
    pub hash_code: jmethodID,
}

// SAFETY: ids of classes that are never unloaded may be used on any thread.
unsafe impl Send for Jdk {}
// SAFETY: as above; never changed after it is made.
unsafe impl Sync for Jdk {}

static JDK: OnceCell<Jdk> = OnceCell::new();

/// The standard stream that Python text goes to.
#[derive(Clone, Copy)]
pub enum Stream {
    /// `System.out`, as it is at the time of the call.
    Out,
    /// `System.err`, as it is at the time of the call.
    Err,
}

impl Jdk {
    /// The ids, looked up at the first call.
    pub fn get(env: Env) -> JavaResult<&'static Jdk> {
        JDK.get_or_try_init(|| {
            let system = env.find_class(c"java/lang/System")?;
            let stream = env.find_class(c"java/io/PrintStream")?;
            let object = env.find_class(c"java/lang/Object")?;
            Ok(Jdk {
                out: env.static_field(system, c"out", c"Ljava/io/PrintStream;")?,
                err: env.static_field(system, c"err", c"Ljava/io/PrintStream;")?,
                system: Global::new(env, system),
                print: env.method(stream, c"print", c"(Ljava/lang/String;)V")?,
                write: env.method(stream, c"write", c"([BII)V")?,
                flush: env.method(stream, c"flush", c"()V")?,
                to_string: env.method(object, c"toString", c"()Ljava/lang/String;")?,
                equals: env.method(object, c"equals", c"(Ljava/lang/Object;)Z")?,
                hash_code: env.method(object, c"hashCode", c"()I")?,
            })
        })
    }

    fn stream(&self, env: Env, stream: Stream) -> jobject {
        let field = match stream {
            Stream::Out => self.out,
            Stream::Err => self.err,
        };
        env.static_object(self.system.as_raw(), field)
    }

    /// Prints text and flushes.
    pub fn print(&self, env: Env, stream: Stream, text: &[u16]) -> JavaResult<()> {
        let stream = self.stream(env, stream);
        let text = env.new_string(text)?;
        env.call_void(stream, self.print, &[jvalue { l: text }])?;
        env.call_void(stream, self.flush, &[])?;
        env.delete_local(text);
        env.delete_local(stream);
        Ok(())
    }

    /// Writes bytes and flushes.
    pub fn write(&self, env: Env, stream: Stream, bytes: &[u8]) -> JavaResult<()> {
        let stream = self.stream(env, stream);
        let array = env.new_byte_array(bytes)?;
        let length = bytes.len() as jint;
        env.call_void(
            stream,
            self.write,
            &[jvalue { l: array }, jvalue { i: 0 }, jvalue { i: length }],
        )?;
        env.call_void(stream, self.flush, &[])?;
        env.delete_local(array);
        env.delete_local(stream);
        Ok(())
    }
}
