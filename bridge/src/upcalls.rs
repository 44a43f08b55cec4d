//! Which of naja's own Java methods does the bridge call?
//!
//! Static methods of `dev.naja.internal.Upcalls` and `JavaUpcalls`. The classes are held weakly, so that native code never keeps a
//! class loader alive; the second one is loaded when Python first touches a Java class.

use crate::java::{Env, Invocation, JavaResult, Pending, Weak};
use jni::sys::{
    jclass, jint, jlong, jmethodID, jobject, jobjectArray, jstring, jthrowable, jvalue,
};
use once_cell::sync::OnceCell;
use std::ffi::CStr;

/// What is called while the bridge makes calls of Python.
struct Upcalls {
    class: Weak,
    throwable: jmethodID,
    log: jmethodID,
    next: jmethodID,
    java_upcalls: jmethodID,
}

// SAFETY: method ids may be used on any thread.
unsafe impl Send for Upcalls {}
// SAFETY: as above; never changed after it is made.
unsafe impl Sync for Upcalls {}

static UPCALLS: OnceCell<Upcalls> = OnceCell::new();

/// Looks the upcalls up in `class`, which is `dev.naja.internal.Upcalls`.
pub fn set(env: Env, class: jclass) -> JavaResult<()> {
    let find = |name: &CStr, signature: &CStr| env.static_method(class, name, signature);
    UPCALLS
        .get_or_try_init(|| {
            Ok(Upcalls {
                class: Weak::new(env, class),
                throwable: find(
                    c"throwable",
                    c"(ILjava/nio/ByteBuffer;[Ljava/lang/Object;)Ljava/lang/Throwable;",
                )?,
                log: find(c"log", c"(ILjava/lang/String;Ljava/lang/String;)V")?,
                next: find(c"next", c"(Ljava/util/Iterator;)[Ljava/lang/Object;")?,
                java_upcalls: find(c"javaUpcalls", c"()Ljava/lang/Class;")?,
            })
        })
        .map(|_| ())
}

impl Upcalls {
    /// Runs `call` with a live reference to the class, or gives `None` when its class loader is gone.
    fn with<R>(env: Env, call: impl FnOnce(jclass, &Upcalls) -> R) -> Option<R> {
        let upcalls = UPCALLS.get()?;
        let class = upcalls.class.upgrade(env);
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

macro_rules! java_upcalls {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $signature:literal),* $(,)?) => {
        /// A method of `dev.naja.internal.JavaUpcalls`, where its Javadoc is.
        #[derive(Clone, Copy, Debug)]
        pub enum Upcall {
            $($(#[$doc])* $variant),*
        }

        const METHODS: &[(&CStr, &CStr)] = &[$(($name, $signature)),*];
    };
}

java_upcalls! {
    /// `find(name)`: a class, or why there is none.
    Find = c"find" c"(Ljava/lang/String;)Ljava/lang/Object;",
    /// `isPackage(name)`.
    IsPackage = c"isPackage" c"(Ljava/lang/String;)Z",
    /// `packageMembers(name)`.
    PackageMembers = c"packageMembers" c"(Ljava/lang/String;)[Ljava/lang/String;",
    /// `describe(type)`.
    Describe = c"describe" c"(Ljava/lang/Class;)[Ljava/lang/Object;",
    /// `choose(type, name, onInstance, shapes)`.
    Choose = c"choose" c"(Ljava/lang/Class;Ljava/lang/String;Z[Ljava/lang/Object;)Ljava/lang/Object;",
    /// `convert(record, objects, member, parameter)`.
    Convert = c"convert" c"(Ljava/nio/ByteBuffer;[Ljava/lang/Object;Ljava/lang/reflect/Executable;I)Ljava/lang/Object;",
    /// `convertTo(record, objects, type)`.
    ConvertTo = c"convertTo" c"(Ljava/nio/ByteBuffer;[Ljava/lang/Object;Ljava/lang/Class;)Ljava/lang/Object;",
    /// `value(object)`.
    Value = c"value" c"(Ljava/lang/Object;)[Ljava/lang/Object;",
    /// `implement(handle, interfaces)`.
    Implement = c"implement" c"(J[Ljava/lang/Class;)Ljava/lang/Object;",
    /// `target(bound)`.
    Target = c"target" c"(Ljava/lang/Object;)J",
    /// `pythonException(throwable)`.
    PythonException = c"pythonException" c"(Ljava/lang/Throwable;)J",
    /// `signatures(type, name)`.
    Signatures = c"signatures" c"(Ljava/lang/Class;Ljava/lang/String;)[Ljava/lang/String;",
    /// `near(type, name)`.
    Near = c"near" c"(Ljava/lang/Class;Ljava/lang/String;)[Ljava/lang/String;",
}

struct JavaUpcalls {
    class: Weak,
    methods: Vec<jmethodID>,
}

// SAFETY: method ids may be used on any thread.
unsafe impl Send for JavaUpcalls {}
// SAFETY: as above; never changed after it is made.
unsafe impl Sync for JavaUpcalls {}

fn java_upcalls(env: Env) -> JavaResult<&'static JavaUpcalls> {
    static FOUND: OnceCell<JavaUpcalls> = OnceCell::new();
    FOUND.get_or_try_init(|| {
        let class = Upcalls::with(env, |class, upcalls| {
            env.call_static_object(class, upcalls.java_upcalls, &[])
        })
        .unwrap_or_else(|| Err(gone(env)))?;
        let methods = METHODS
            .iter()
            .map(|(name, signature)| env.static_method(class, name, signature))
            .collect::<JavaResult<_>>()?;
        let found = JavaUpcalls {
            class: Weak::new(env, class),
            methods,
        };
        env.delete_local(class);
        Ok(found)
    })
}

/// Makes the exception pending that says so.
#[cold]
fn gone(env: Env) -> Pending {
    env.throw_new(
        c"java/lang/IllegalStateException",
        c"the class loader of this naja is gone",
    );
    Pending
}

fn call(env: Env, upcall: Upcall, arguments: &[jvalue], result: u8) -> JavaResult<jvalue> {
    let upcalls = java_upcalls(env)?;
    let class = upcalls.class.upgrade(env);
    if class.is_null() {
        return Err(gone(env));
    }
    let method = upcalls.methods[upcall as usize];
    // SAFETY: `METHODS` gives the signature by which the id was found, and the functions below pass what it says.
    let value = unsafe {
        env.invoke(
            Invocation::Static,
            class,
            method,
            arguments.as_ptr(),
            result,
        )
    };
    env.delete_local(class);
    value
}

/// Calls a method that returns an object.
pub fn object(env: Env, upcall: Upcall, arguments: &[jvalue]) -> JavaResult<jobject> {
    // SAFETY: the method returns an object.
    call(env, upcall, arguments, b'L').map(|value| unsafe { value.l })
}

/// Calls a method that returns a `long`.
pub fn long(env: Env, upcall: Upcall, arguments: &[jvalue]) -> JavaResult<jlong> {
    // SAFETY: the method returns a `long`.
    call(env, upcall, arguments, b'J').map(|value| unsafe { value.j })
}

/// Calls a method that returns a `boolean`.
pub fn boolean(env: Env, upcall: Upcall, arguments: &[jvalue]) -> JavaResult<bool> {
    // SAFETY: the method returns a `boolean`.
    call(env, upcall, arguments, b'Z').map(|value| unsafe { value.z })
}
