//! Which of naja's own Java methods does the bridge call?
//!
//! Static methods of `dev.naja.internal.Upcalls` and `JavaUpcalls`. The classes are held weakly, so that native code never keeps a
//! class loader alive; the second one is loaded when Python first touches a Java class. When the class loader is gone, another one's
//! classes answer ([`host`](crate::host)).

use crate::host;
use crate::java::{Env, Invocation, JavaResult, Pending, Weak};
use jni::sys::{
    jclass, jint, jlong, jmethodID, jobject, jobjectArray, jstring, jthrowable, jvalue,
};
use once_cell::sync::OnceCell;
use std::ffi::CStr;

/// The class that a method is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    Upcalls,
    JavaUpcalls,
}

macro_rules! upcalls {
    ($($(#[$doc:meta])* $variant:ident = $home:ident $name:literal $signature:literal),* $(,)?) => {
        /// A method; what it does its Javadoc says.
        #[repr(u32)]
        #[derive(Clone, Copy, Debug)]
        pub enum Upcall {
            $($(#[$doc])* $variant),*
        }

        const METHODS: &[(Home, &CStr, &CStr)] = &[$((Home::$home, $name, $signature)),*];
    };
}

upcalls! {
    /// `throwable(kind, record, objects)`.
    Throwable = Upcalls c"throwable" c"(ILjava/nio/ByteBuffer;[Ljava/lang/Object;)Ljava/lang/Throwable;",
    /// `log(level, logger, message)`.
    Log = Upcalls c"log" c"(ILjava/lang/String;Ljava/lang/String;)V",
    /// `next(iterator)`.
    Next = Upcalls c"next" c"(Ljava/util/Iterator;)[Ljava/lang/Object;",
    /// `javaUpcalls()`.
    JavaUpcalls = Upcalls c"javaUpcalls" c"()Ljava/lang/Class;",
    /// `find(name)`: a class, or why there is none.
    Find = JavaUpcalls c"find" c"(Ljava/lang/String;)Ljava/lang/Object;",
    /// `isPackage(name)`.
    IsPackage = JavaUpcalls c"isPackage" c"(Ljava/lang/String;)Z",
    /// `packageMembers(name)`.
    PackageMembers = JavaUpcalls c"packageMembers" c"(Ljava/lang/String;)[Ljava/lang/String;",
    /// `describe(type)`.
    Describe = JavaUpcalls c"describe" c"(Ljava/lang/Class;)[Ljava/lang/Object;",
    /// `choose(type, name, onInstance, shapes)`.
    Choose = JavaUpcalls c"choose" c"(Ljava/lang/Class;Ljava/lang/String;Z[Ljava/lang/Object;)Ljava/lang/Object;",
    /// `convert(record, objects, member, parameter)`.
    Convert = JavaUpcalls c"convert" c"(Ljava/nio/ByteBuffer;[Ljava/lang/Object;Ljava/lang/reflect/Executable;I)Ljava/lang/Object;",
    /// `convertTo(record, objects, type)`.
    ConvertTo = JavaUpcalls c"convertTo" c"(Ljava/nio/ByteBuffer;[Ljava/lang/Object;Ljava/lang/Class;)Ljava/lang/Object;",
    /// `value(object)`.
    Value = JavaUpcalls c"value" c"(Ljava/lang/Object;)[Ljava/lang/Object;",
    /// `implement(handle, interfaces)`.
    Implement = JavaUpcalls c"implement" c"(J[Ljava/lang/Class;)Ljava/lang/Object;",
    /// `target(bound)`.
    Target = JavaUpcalls c"target" c"(Ljava/lang/Object;)J",
    /// `pythonException(throwable)`.
    PythonException = JavaUpcalls c"pythonException" c"(Ljava/lang/Throwable;)J",
    /// `signatures(type, name)`.
    Signatures = JavaUpcalls c"signatures" c"(Ljava/lang/Class;Ljava/lang/String;)[Ljava/lang/String;",
    /// `near(type, name)`.
    Near = JavaUpcalls c"near" c"(Ljava/lang/Class;Ljava/lang/String;)[Ljava/lang/String;",
}

/// A class with the ids of its methods, in the order of [`METHODS`]; null for the other class's.
struct Found {
    class: Weak,
    methods: Vec<jmethodID>,
}

// SAFETY: method ids may be used on any thread.
unsafe impl Send for Found {}
// SAFETY: as above; never changed after it is made.
unsafe impl Sync for Found {}

impl Found {
    fn of(env: Env, class: jclass, home: Home) -> JavaResult<Found> {
        let method = |(of, name, signature): &(Home, &CStr, &CStr)| {
            if *of == home {
                env.static_method(class, name, signature)
            } else {
                Ok(std::ptr::null_mut())
            }
        };
        Ok(Found {
            methods: METHODS.iter().map(method).collect::<JavaResult<_>>()?,
            class: Weak::new(env, class),
        })
    }
}

static UPCALLS: OnceCell<Found> = OnceCell::new();
static JAVA_UPCALLS: OnceCell<Found> = OnceCell::new();

/// Looks the upcalls up in `class`, which is `dev.naja.internal.Upcalls`.
pub fn set(env: Env, class: jclass) -> JavaResult<()> {
    UPCALLS
        .get_or_try_init(|| Found::of(env, class, Home::Upcalls))
        .map(|_| ())
}

fn found(env: Env, home: Home) -> JavaResult<&'static Found> {
    if home == Home::Upcalls {
        return UPCALLS.get().ok_or_else(|| gone(env));
    }
    JAVA_UPCALLS.get_or_try_init(|| {
        let class = object(env, Upcall::JavaUpcalls, &[])?;
        let found = Found::of(env, class, home);
        env.delete_local(class);
        found
    })
}

/// Whether there is a class loader that answers.
pub fn are_answered(env: Env) -> bool {
    let alive = UPCALLS.get().is_some_and(|found| {
        let class = found.class.upgrade(env);
        env.delete_local(class);
        !class.is_null()
    });
    alive || host::has_successor()
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

/// Calls a method.
pub fn call(env: Env, upcall: Upcall, arguments: &[jvalue]) -> JavaResult<jvalue> {
    if let Some(answer) = host::answered(env, upcall, arguments) {
        return answer;
    }
    let (home, _, signature) = METHODS[upcall as usize];
    let found = found(env, home)?;
    let class = found.class.upgrade(env);
    if class.is_null() {
        return Err(gone(env));
    }
    let result = signature.to_bytes().rsplit(|byte| *byte == b')').next();
    let result = result.map_or(b'L', |descriptor| descriptor[0]);
    // SAFETY: `METHODS` gives the signature by which the id was found, and the callers pass what it says.
    let value = unsafe {
        env.invoke(
            Invocation::Static,
            class,
            found.methods[upcall as usize],
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
    call(env, upcall, arguments).map(|value| unsafe { value.l })
}

/// Calls a method that returns a `long`.
pub fn long(env: Env, upcall: Upcall, arguments: &[jvalue]) -> JavaResult<jlong> {
    // SAFETY: the method returns a `long`.
    call(env, upcall, arguments).map(|value| unsafe { value.j })
}

/// Calls a method that returns a `boolean`.
pub fn boolean(env: Env, upcall: Upcall, arguments: &[jvalue]) -> JavaResult<bool> {
    // SAFETY: the method returns a `boolean`.
    call(env, upcall, arguments).map(|value| unsafe { value.z })
}

/// Asks Java for the exception that `record` describes.
///
/// # Safety
/// `record` is valid until this returns; Java does not keep the buffer.
pub unsafe fn make_throwable(
    env: Env,
    kind: jint,
    record: &mut [u8],
    references: jobjectArray,
) -> JavaResult<jthrowable> {
    // SAFETY: `record` outlives this call, as the caller promises.
    let buffer = unsafe { env.new_direct_buffer(record.as_mut_ptr(), record.len())? };
    let made = object(
        env,
        Upcall::Throwable,
        &[
            jvalue { i: kind },
            jvalue { l: buffer },
            jvalue { l: references },
        ],
    );
    env.delete_local(buffer);
    made
}

/// Hands a log record to Java.
pub fn log(env: Env, level: jint, logger: jstring, message: jstring) -> JavaResult<()> {
    call(
        env,
        Upcall::Log,
        &[
            jvalue { i: level },
            jvalue { l: logger },
            jvalue { l: message },
        ],
    )
    .map(drop)
}

/// The next element of an iterator in an array of one, or null at its end.
pub fn next(env: Env, iterator: jobject) -> JavaResult<jobjectArray> {
    object(env, Upcall::Next, &[jvalue { l: iterator }])
}
