//! How does an error cross?
//!
//! Inside the bridge every error is a [`Failure`], which owns no Python reference that needs the GIL to be dropped except through a
//! handle, so it can leave the GIL first and become a Java exception afterwards. [`guard`] is the one wrapper around every
//! entry point: it turns failures and panics into pending Java exceptions.

use crate::encode::Encoder;
use crate::java::{Env, Global, Pending};
use crate::mirror::{object, proxy};
use crate::{half, handle, thread, upcalls};
use jni::sys::{jobject, JNIEnv};
use naja_frame::{FrameError, Tag, Writer};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::types::{PyAnyMethods, PyTypeMethods};
use pyo3::{Bound, PyAny, PyErr, Python};
use std::cell::Cell;
use std::panic::{self, catch_unwind, AssertUnwindSafe};

/// What Java makes of a failure; the numbers are those that `Upcalls.throwable` knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A Python exception; the record is what `naja._errors.describe` says.
    Python = 0,
    /// A value that cannot cross; the record is the message.
    Conversion = 1,
    /// Something that is closed or used in the wrong state; the record is the message.
    State = 2,
    /// A bug of the bridge; the record is the message.
    Panic = 3,
    /// CPython did not start; the record is the message.
    Start = 4,
    /// A result that a call without a frame cannot carry; the record is its handle.
    Unframed = 5,
}

enum Cause {
    Described {
        kind: Kind,
        record: Vec<u8>,
        /// The array of the Java objects that the record refers to.
        objects: Option<Global>,
    },
    Java(Global),
    Pending,
}

/// An error on its way to Java. One word, so that results stay small on the hot path.
pub struct Failure(Box<Cause>);

impl Failure {
    #[cold]
    fn described(kind: Kind, message: &str) -> Failure {
        let mut writer = Writer::new(&mut []);
        writer.text(message);
        Failure(Box::new(Cause::Described {
            kind,
            record: finish(writer),
            objects: None,
        }))
    }

    /// A value that cannot cross.
    #[cold]
    pub fn conversion(message: impl AsRef<str>) -> Failure {
        Failure::described(Kind::Conversion, message.as_ref())
    }

    /// A Python exception in a conversion: a `ValueError` says why the value cannot cross.
    #[cold]
    pub fn in_conversion(py: Python<'_>, error: PyErr) -> Failure {
        if error.is_instance_of::<PyValueError>(py) {
            Failure::conversion(error.value(py).to_string())
        } else {
            Failure::of(py, error)
        }
    }

    /// A handle that was released.
    #[cold]
    pub fn closed() -> Failure {
        Failure::state("this Python object is closed: it was released by close() or with the object that it belonged to")
    }

    /// Something used in a state that does not allow it.
    #[cold]
    pub fn state(message: &str) -> Failure {
        Failure::described(Kind::State, message)
    }

    /// CPython did not start.
    #[cold]
    pub fn start(message: &str) -> Failure {
        Failure::described(Kind::Start, message)
    }

    /// A result that is not of the one type that a call without a frame can give. Java takes it from the handle.
    #[cold]
    pub fn unframed(result: Bound<'_, PyAny>) -> Failure {
        let mut writer = Writer::new(&mut []);
        writer.tag(Tag::Handle);
        writer.i64(handle::add(result));
        Failure(Box::new(Cause::Described {
            kind: Kind::Unframed,
            record: finish(writer),
            objects: None,
        }))
    }

    /// The exception that the failing call into CPython has set.
    #[cold]
    pub fn raised(py: Python<'_>) -> Failure {
        Failure::of(py, PyErr::fetch(py))
    }

    /// A Python exception.
    #[cold]
    pub fn of(py: Python<'_>, error: PyErr) -> Failure {
        handle::flush_dropped(py);
        let exception = error.into_value(py).into_bound(py).into_any();
        if let Some(throwable) = crossed_throwable(&exception) {
            return Failure(Box::new(Cause::Java(throwable)));
        }
        let (record, objects) =
            describe(&exception).unwrap_or_else(|| (describe_briefly(exception), None));
        Failure(Box::new(Cause::Described {
            kind: Kind::Python,
            record,
            objects,
        }))
    }

    #[cold]
    fn panicked() -> Failure {
        let message = PANIC
            .take()
            .unwrap_or_else(|| "panic without a message".to_owned());
        Failure::described(Kind::Panic, &message)
    }

    /// Makes the Java exception pending on this thread.
    #[cold]
    pub fn throw(self, env: Env) {
        match *self.0 {
            Cause::Pending => {}
            Cause::Java(throwable) => env.throw(throwable.as_raw()),
            Cause::Described {
                kind,
                mut record,
                objects,
            } => thread::without_gil(|| {
                let objects = objects
                    .as_ref()
                    .map_or(std::ptr::null_mut(), Global::as_raw);
                // SAFETY: `record` lives to the end of this block, and Java copies what it needs.
                let made =
                    unsafe { upcalls::make_throwable(env, kind as i32, &mut record, objects) };
                if let Ok(throwable) = made {
                    env.throw(throwable);
                    env.delete_local(throwable);
                }
            }),
        }
    }
}

impl Failure {
    /// The failure as a Python exception, for code that Python called.
    pub fn into_python(self, py: Python<'_>, env: Env) -> PyErr {
        match *self.0 {
            Cause::Pending => python_error(py, env),
            Cause::Java(throwable) => java_error(py, env, throwable.as_raw()),
            // Java's face of it gives the exception back as itself.
            cause @ Cause::Described {
                kind: Kind::Python, ..
            } => {
                let failure = Failure(Box::new(cause));
                thread::detach(py, || failure.throw(env));
                python_error(py, env)
            }
            Cause::Described { record, .. } => {
                let mut reader = naja_frame::Reader::new(&record);
                let message = reader
                    .tag()
                    .and_then(|_| reader.utf8())
                    .unwrap_or("unknown failure");
                pyo3::exceptions::PyRuntimeError::new_err(message.to_owned())
            }
        }
    }
}

impl From<Pending> for Failure {
    fn from(_: Pending) -> Failure {
        Failure(Box::new(Cause::Pending))
    }
}

impl From<FrameError> for Failure {
    fn from(error: FrameError) -> Failure {
        Failure::conversion(error.to_string())
    }
}

thread_local! {
    static PANIC: Cell<Option<String>> = const { Cell::new(None) };
    static OPEN_ERRORS: Cell<u32> = const { Cell::new(0) };
}

/// Keeps what a panic says for the exception that it becomes, instead of printing it.
pub fn keep_panics() {
    panic::set_hook(Box::new(|info| PANIC.set(Some(info.to_string()))));
}

/// Runs the body of a native method: a failure or a panic becomes a pending Java exception, and `R`'s default is
/// returned, which Java never sees.
#[inline(always)]
pub fn guard<R: Default>(env: *mut JNIEnv, body: impl FnOnce(Env) -> Result<R, Failure>) -> R {
    thread::entered(env);
    // SAFETY: `env` is what the JVM handed to the native method that calls this.
    let env = unsafe { Env::from_raw(env) };
    match catch_unwind(AssertUnwindSafe(|| body(env))) {
        Ok(Ok(result)) => result,
        Ok(Err(failure)) => {
            failure.throw(env);
            R::default()
        }
        Err(_) => {
            Failure::panicked().throw(env);
            R::default()
        }
    }
}

/// The Java exception that travels through Python: as a `naja.JavaException`, or as the Python exception that it told Java of.
fn crossed_throwable(exception: &Bound<'_, PyAny>) -> Option<Global> {
    let py = exception.py();
    let env = Env::current()?;
    if exception.is_instance(&half::java_exception(py)?).ok()? {
        return Some(Global::new(env, object::unwrap(exception)?));
    }
    let throwable = proxy::remembered_throwable(env, exception)?;
    let global = Global::new(env, throwable);
    env.delete_local(throwable);
    Some(global)
}

fn describe(exception: &Bound<'_, PyAny>) -> Option<(Vec<u8>, Option<Global>)> {
    let py = exception.py();
    let described = half::describe(py)?
        .call1((exception,))
        .map_err(drop_error(py))
        .ok()?;
    let env = Env::current()?;
    let mut encoder = Encoder::new(py, env, Writer::new(&mut []));
    encoder.value(&described).ok()?;
    let (writer, references) = encoder.into_parts();
    if references.is_empty() {
        return Some((finish(writer), None));
    }
    let array = env
        .new_object_array(c"java/lang/Object", &references)
        .ok()?;
    let objects = Global::new(env, array);
    references
        .iter()
        .chain([&array])
        .for_each(|reference| env.delete_local(*reference));
    Some((finish(writer), Some(objects)))
}

/// What can be said without running Python code: the type's name, in the tuple that `naja._errors.describe` documents.
fn describe_briefly(exception: Bound<'_, PyAny>) -> Vec<u8> {
    let kind = exception.get_type();
    let name = kind
        .name()
        .map_or_else(|_| "exception".to_owned(), |name| name.to_string());
    let mut writer = Writer::new(&mut []);
    writer.tag(Tag::Tuple);
    writer.count(8);
    writer.text("python");
    writer.text(&name);
    writer.text("the exception could not be described");
    writer.tag(Tag::Tuple);
    writer.count(0);
    writer.text("");
    writer.tag(Tag::Tuple);
    writer.count(0);
    writer.tag(Tag::Null);
    writer.tag(Tag::Handle);
    writer.i64(handle::add(exception));
    finish(writer)
}

pub fn finish(writer: Writer<'_>) -> Vec<u8> {
    writer.finish().map_or_else(|record| record, |_| Vec::new())
}

fn drop_error(py: Python<'_>) -> impl FnOnce(PyErr) + '_ {
    move |error| drop(error.into_value(py).into_bound(py))
}

/// A Python exception for the Java exception that is pending: `naja.JavaException`, which comes out as itself again.
pub fn python_error(py: Python<'_>, env: Env) -> PyErr {
    let Some(throwable) = env.take_exception() else {
        return pyo3::exceptions::PySystemError::new_err(
            "a call into Java failed without an exception",
        );
    };
    let depth = OPEN_ERRORS.get();
    let error = if depth < MOST_OPEN_ERRORS {
        OPEN_ERRORS.set(depth + 1);
        let error = java_error(py, env, throwable);
        OPEN_ERRORS.set(depth);
        error
    } else {
        pyo3::exceptions::PyRecursionError::new_err(
            "Java fails again and again while an exception of Java is told to Python: too little stack or memory is left",
        )
    };
    env.delete_local(throwable);
    error
}

/// How many Java exceptions may be on their way into Python inside each other: telling of one calls Java, which may fail too.
const MOST_OPEN_ERRORS: u32 = 4;

fn java_error(py: Python<'_>, env: Env, throwable: jobject) -> PyErr {
    match object::wrap(py, env, throwable) {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// The pending exception of a reader that refused an argument: a `TypeError` with its message.
pub fn conversion_error(py: Python<'_>, env: Env) -> PyErr {
    let error = python_error(py, env);
    let refused = error
        .get_type(py)
        .name()
        .is_ok_and(|name| name == "PythonConversionException");
    if !refused {
        return error;
    }
    let message = error.value(py).call_method0("getMessage");
    PyTypeError::new_err(message.map_or_else(|_| error.to_string(), |text| text.to_string()))
}

/// The Java throwable of a Python exception, as a call that raised it would throw it: a local reference.
pub fn throwable_of(
    py: Python<'_>,
    env: Env,
    exception: &Bound<'_, PyAny>,
) -> Result<jobject, PyErr> {
    let failure = Failure::of(py, PyErr::from_value(exception.clone()));
    thread::detach(py, || failure.throw(env));
    Ok(env.take_exception().unwrap_or(std::ptr::null_mut()))
}
