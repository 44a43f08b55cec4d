//! How does Rust reach the JVM?
//!
//! Raw JNI through `jni-sys`: on the hot path the checks of a safe wrapper cost more than the call. [`Env`] is valid on
//! the thread and in the native call (or upcall) that made it and is never stored.
//!
//! Ownership: methods that return a reference return a local one, which dies when the native method returns to Java;
//! upcalls that start on a Python thread delete theirs. Only [`Global`] and [`Weak`] own references that outlive a call.

use crate::thread;
use jni::sys::{
    jarray, jboolean, jclass, jfieldID, jint, jmethodID, jobject, jobjectArray, jsize, jstring,
    jthrowable, jvalue, jweak, JNIEnv, JavaVM, JNI_OK, JNI_VERSION_1_8,
};
use naja_frame::ArrayKind;
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

    /// The id behind a `java.lang.reflect.Method` or `Constructor`, whose class is initialized for it.
    pub fn reflected_method(self, member: jobject) -> JavaResult<jmethodID> {
        let method = jni!(self, FromReflectedMethod, member);
        self.check(method)
    }

    /// The id of a field of a class, which is initialized for it.
    pub fn field(
        self,
        is_static: bool,
        class: jclass,
        name: &CStr,
        descriptor: &CStr,
    ) -> JavaResult<jfieldID> {
        let (name, descriptor) = (name.as_ptr(), descriptor.as_ptr());
        let field = if is_static {
            jni!(self, GetStaticFieldID, class, name, descriptor)
        } else {
            jni!(self, GetFieldID, class, name, descriptor)
        };
        self.check(field)
    }

    /// The `java.lang.reflect.Method` or `Constructor` of an id.
    pub fn to_reflected(
        self,
        class: jclass,
        method: jmethodID,
        is_static: bool,
    ) -> JavaResult<jobject> {
        let member = jni!(self, ToReflectedMethod, class, method, is_static);
        self.check(member)
    }

    /// Calls `method` of `receiver`, an object or a class as `kind` says, whose result is of the type that the descriptor's first
    /// character `result` names.
    ///
    /// # Safety
    /// The method belongs to the receiver's class, takes arguments of these types and has a result of that type.
    #[inline]
    pub unsafe fn invoke(
        self,
        kind: Invocation,
        receiver: jobject,
        method: jmethodID,
        arguments: *const jvalue,
        result: u8,
    ) -> JavaResult<jvalue> {
        macro_rules! call {
            ($instance:ident, $static:ident) => {
                match kind {
                    Invocation::Instance => jni!(self, $instance, receiver, method, arguments),
                    _ => jni!(self, $static, receiver, method, arguments),
                }
            };
        }
        let value = match (kind, result) {
            (Invocation::Constructor, _) => jvalue {
                l: jni!(self, NewObjectA, receiver, method, arguments),
            },
            (_, b'V') => {
                call!(CallVoidMethodA, CallStaticVoidMethodA);
                jvalue { j: 0 }
            }
            (_, b'Z') => jvalue {
                z: call!(CallBooleanMethodA, CallStaticBooleanMethodA),
            },
            (_, b'B') => jvalue {
                b: call!(CallByteMethodA, CallStaticByteMethodA),
            },
            (_, b'S') => jvalue {
                s: call!(CallShortMethodA, CallStaticShortMethodA),
            },
            (_, b'C') => jvalue {
                c: call!(CallCharMethodA, CallStaticCharMethodA),
            },
            (_, b'I') => jvalue {
                i: call!(CallIntMethodA, CallStaticIntMethodA),
            },
            (_, b'J') => jvalue {
                j: call!(CallLongMethodA, CallStaticLongMethodA),
            },
            (_, b'F') => jvalue {
                f: call!(CallFloatMethodA, CallStaticFloatMethodA),
            },
            (_, b'D') => jvalue {
                d: call!(CallDoubleMethodA, CallStaticDoubleMethodA),
            },
            _ => jvalue {
                l: call!(CallObjectMethodA, CallStaticObjectMethodA),
            },
        };
        self.check(value)
    }

    /// Reads a field of `holder`, an object or, for a static field, a class; `kind` is the first character of its descriptor.
    ///
    /// # Safety
    /// The field belongs to the holder and is of that type.
    pub unsafe fn read(
        self,
        is_static: bool,
        holder: jobject,
        field: jfieldID,
        kind: u8,
    ) -> JavaResult<jvalue> {
        macro_rules! get {
            ($instance:ident, $static:ident) => {
                if is_static {
                    jni!(self, $static, holder, field)
                } else {
                    jni!(self, $instance, holder, field)
                }
            };
        }
        let value = match kind {
            b'Z' => jvalue {
                z: get!(GetBooleanField, GetStaticBooleanField),
            },
            b'B' => jvalue {
                b: get!(GetByteField, GetStaticByteField),
            },
            b'S' => jvalue {
                s: get!(GetShortField, GetStaticShortField),
            },
            b'C' => jvalue {
                c: get!(GetCharField, GetStaticCharField),
            },
            b'I' => jvalue {
                i: get!(GetIntField, GetStaticIntField),
            },
            b'J' => jvalue {
                j: get!(GetLongField, GetStaticLongField),
            },
            b'F' => jvalue {
                f: get!(GetFloatField, GetStaticFloatField),
            },
            b'D' => jvalue {
                d: get!(GetDoubleField, GetStaticDoubleField),
            },
            _ => jvalue {
                l: get!(GetObjectField, GetStaticObjectField),
            },
        };
        self.check(value)
    }

    /// Writes a field; see [`read`](Env::read).
    ///
    /// # Safety
    /// The field belongs to the holder, and both it and the value are of that type.
    pub unsafe fn write(
        self,
        is_static: bool,
        holder: jobject,
        field: jfieldID,
        kind: u8,
        value: jvalue,
    ) {
        macro_rules! set {
            ($instance:ident, $static:ident, $member:ident) => {{
                // SAFETY: the caller says that this member is the one that is set.
                let value = unsafe { value.$member };
                if is_static {
                    jni!(self, $static, holder, field, value)
                } else {
                    jni!(self, $instance, holder, field, value)
                }
            }};
        }
        match kind {
            b'Z' => set!(SetBooleanField, SetStaticBooleanField, z),
            b'B' => set!(SetByteField, SetStaticByteField, b),
            b'S' => set!(SetShortField, SetStaticShortField, s),
            b'C' => set!(SetCharField, SetStaticCharField, c),
            b'I' => set!(SetIntField, SetStaticIntField, i),
            b'J' => set!(SetLongField, SetStaticLongField, j),
            b'F' => set!(SetFloatField, SetStaticFloatField, f),
            b'D' => set!(SetDoubleField, SetStaticDoubleField, d),
            _ => set!(SetObjectField, SetStaticObjectField, l),
        }
    }

    /// The `java.lang.reflect.Field` of an id.
    pub fn to_reflected_field(
        self,
        class: jclass,
        field: jfieldID,
        is_static: bool,
    ) -> JavaResult<jobject> {
        let field = jni!(self, ToReflectedField, class, field, is_static);
        self.check(field)
    }

    /// The characters of a short Java string of at most `units.len()`, or `None` for a longer one.
    pub fn short_string(self, string: jstring, units: &mut [u16]) -> Option<&mut [u16]> {
        let length = jni!(self, GetStringLength, string);
        let fits = units.get_mut(..length as usize)?;
        jni!(self, GetStringRegion, string, 0, length, fits.as_mut_ptr());
        Some(fits)
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

    /// Copies the elements of an array of primitives to `target`.
    ///
    /// # Safety
    /// The array is of that kind, and `target` is valid for writes of `length` elements.
    pub unsafe fn copy_array(
        self,
        kind: ArrayKind,
        array: jarray,
        target: *mut u8,
        length: usize,
    ) -> JavaResult<()> {
        macro_rules! copy {
            ($function:ident) => {
                jni!(self, $function, array, 0, length as jsize, target.cast())
            };
        }
        match kind {
            ArrayKind::Booleans => copy!(GetBooleanArrayRegion),
            ArrayKind::Chars => copy!(GetCharArrayRegion),
            ArrayKind::Shorts => copy!(GetShortArrayRegion),
            ArrayKind::Ints => copy!(GetIntArrayRegion),
            ArrayKind::Longs => copy!(GetLongArrayRegion),
            ArrayKind::Floats => copy!(GetFloatArrayRegion),
            ArrayKind::Doubles => copy!(GetDoubleArrayRegion),
        }
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

    /// Tells the JVM that many local references are to come, for whoever collects them: to be called before each one, with their number.
    #[inline]
    pub fn announce_locals(self, held: usize) {
        const FREE: usize = 16;
        if held >= FREE
            && held.is_power_of_two()
            && jni!(self, EnsureLocalCapacity, 4 * held as jsize) != JNI_OK
        {
            // They are there all the same; only `-Xcheck:jni` wants to know.
            jni!(self, ExceptionClear);
        }
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

/// How a method is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invocation {
    /// On an object.
    Instance,
    /// On a class.
    Static,
    /// On a class, of which it makes an instance.
    Constructor,
}

/// A weak global reference, deleted when dropped: it does not keep its object alive.
pub struct Weak(jweak);

// SAFETY: weak global references may be used and deleted on any thread.
unsafe impl Send for Weak {}
// SAFETY: as above; the reference itself is never changed.
unsafe impl Sync for Weak {}

impl Weak {
    /// A weak global reference to what `object` refers to.
    pub fn new(env: Env, object: jobject) -> Weak {
        Weak(env.new_weak_global(object))
    }

    /// Whether it refers to `object`, which is not null.
    pub fn is(&self, env: Env, object: jobject) -> bool {
        env.is_same(self.0, object)
    }

    /// A new local reference to the object, or null when it is gone.
    pub fn upgrade(&self, env: Env) -> jobject {
        env.new_local(self.0)
    }
}

impl Drop for Weak {
    fn drop(&mut self) {
        if let Some(env) = Env::current() {
            jni!(env, DeleteWeakGlobalRef, self.0);
        }
    }
}
