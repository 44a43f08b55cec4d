//! How does a Python value become what a Java parameter takes?
//!
//! As the code says that `JavaUpcalls.choose` gave the parameter; `dev.naja.internal.Fit` lists them.

use super::class::{self, Class};
use super::locals::Locals;
use super::method::Choice;
use super::module::Cast;
use super::{object, proxy};
use crate::encode::Encoder;
use crate::failure::{self, python_error};
use crate::java::{Env, JavaResult};
use crate::jdk::{Jdk, Scalar};
use crate::upcalls::{self, Upcall};
use crate::{text, thread};
use jni::sys::{jarray, jboolean, jint, jobject, jvalue};
use naja_frame::Writer;
use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::types::{PyAnyMethods, PyString};
use pyo3::{ffi, Bound, PyAny, PyErr, PyResult, Python};
use std::ptr;

/// What is going to be called.
pub struct Target<'a> {
    /// Its class.
    pub class: &'a Class,
    /// The overload.
    pub choice: &'a Choice,
}

/// The value of an argument for the parameter `index`; new local references go to `owned`.
///
/// # Safety
/// `argument` is alive and stays so while the value is used.
#[inline(always)]
pub unsafe fn convert(
    py: Python<'_>,
    env: Env,
    target: &Target<'_>,
    index: usize,
    argument: *mut ffi::PyObject,
    owned: &mut Locals,
) -> PyResult<jvalue> {
    // SAFETY: as the caller says; a float has a value.
    unsafe {
        if target.choice.codes[index] == b'D'
            && ffi::Py_TYPE(argument) == &raw mut ffi::PyFloat_Type
        {
            return Ok(jvalue {
                d: ffi::PyFloat_AsDouble(argument),
            });
        }
        of_any(py, env, target, index, argument, owned)
    }
}

/// # Safety
/// As for [`convert`].
#[inline(never)]
unsafe fn of_any(
    py: Python<'_>,
    env: Env,
    target: &Target<'_>,
    index: usize,
    argument: *mut ffi::PyObject,
    owned: &mut Locals,
) -> PyResult<jvalue> {
    let code = target.choice.codes[index];
    // SAFETY: the argument is alive; whatever a function takes it for is checked by that function.
    unsafe {
        match code {
            b'J' | b'D' | b'Z' | b'I' | b'B' | b'S' | b'F' | b'C' => {
                primitive(py, env, code, argument)
            }
            b'j' | b'd' | b'z' | b'i' | b'b' | b's' | b'f' | b'c' => {
                boxed(py, env, code, argument, owned)
            }
            b'T' => {
                let argument = Bound::from_borrowed_ptr(py, argument);
                let string = text::to_java(env, argument.cast::<PyString>()?)?
                    .map_err(|_| python_error(py, env))?;
                Ok(jvalue {
                    l: owned.keep(string),
                })
            }
            b'L' => {
                if let Some((reference, _)) = object::look(py, argument) {
                    return Ok(jvalue { l: reference });
                }
                reference(&Bound::from_borrowed_ptr(py, argument), owned)
            }
            _ => {
                let argument = Bound::from_borrowed_ptr(py, argument);
                let made = other(py, env, target, index, code, &argument, owned)?;
                owned.keep(made);
                if code == b'x' {
                    return unboxed(py, env, made);
                }
                Ok(jvalue { l: made })
            }
        }
    }
}

/// # Safety
/// As for [`convert`].
#[inline]
unsafe fn primitive(
    py: Python<'_>,
    env: Env,
    code: u8,
    argument: *mut ffi::PyObject,
) -> PyResult<jvalue> {
    // SAFETY: the accessors take any live object and set an exception where it does not suit.
    let value = unsafe {
        match code {
            b'D' => jvalue {
                d: ffi::PyFloat_AsDouble(argument),
            },
            b'F' => jvalue {
                f: ffi::PyFloat_AsDouble(argument) as f32,
            },
            b'Z' => jvalue {
                z: (ffi::PyObject_IsTrue(argument) == 1) as jboolean,
            },
            b'C' => jvalue {
                c: ffi::PyUnicode_ReadChar(argument, 0) as u16,
            },
            _ => integer(code, ffi::PyLong_AsLongLong(argument))?,
        }
    };
    // The accessors give -1 with an exception.
    // SAFETY: each member that is read is the one that was set.
    let suspect = unsafe {
        match code {
            b'D' => value.d == -1.0,
            b'F' => value.f == -1.0,
            b'J' => value.j == -1,
            _ => true,
        }
    };
    // SAFETY: asks for the pending exception.
    if !suspect || unsafe { ffi::PyErr_Occurred() }.is_null() {
        return Ok(value);
    }
    let error = PyErr::fetch(py);
    // SAFETY: the argument is alive.
    let argument = unsafe { Bound::from_borrowed_ptr(py, argument) };
    match argument.cast::<Cast>() {
        Ok(cast) => unboxed(py, env, cast.get().reference()),
        Err(_) => Err(error),
    }
}

fn integer(code: u8, value: i64) -> PyResult<jvalue> {
    let converted = match code {
        b'I' => i32::try_from(value).map(|i| jvalue { i }),
        b'S' => i16::try_from(value).map(|s| jvalue { s }),
        b'B' => i8::try_from(value).map(|b| jvalue { b }),
        _ => Ok(jvalue { j: value }),
    };
    converted.map_err(|_| PyOverflowError::new_err("the int is too large for the Java parameter"))
}

/// # Safety
/// As for [`convert`].
unsafe fn boxed(
    py: Python<'_>,
    env: Env,
    code: u8,
    argument: *mut ffi::PyObject,
    owned: &mut Locals,
) -> PyResult<jvalue> {
    // SAFETY: the argument is alive.
    if let Ok(cast) = unsafe { Bound::from_borrowed_ptr(py, argument) }.cast::<Cast>() {
        return Ok(jvalue {
            l: cast.get().reference(),
        });
    }
    let kind = code.to_ascii_uppercase();
    // SAFETY: as the caller says.
    let value = unsafe { primitive(py, env, kind, argument)? };
    let jdk = Jdk::get(env).map_err(|_| python_error(py, env))?;
    // SAFETY: the value is of the primitive type that the code names.
    if let Some(l) = unsafe { jdk.cached_box(env, kind, value) } {
        return Ok(jvalue { l });
    }
    // SAFETY: as above.
    let boxed = unsafe { jdk.boxed(env, kind, value) }.map_err(|_| python_error(py, env))?;
    Ok(jvalue {
        l: owned.keep(boxed),
    })
}

fn unboxed(py: Python<'_>, env: Env, object: jobject) -> PyResult<jvalue> {
    let jdk = Jdk::get(env).map_err(|_| python_error(py, env))?;
    match jdk.scalar(env, object) {
        Some(Scalar::Primitive(_, value)) => Ok(value),
        _ => Err(PyTypeError::new_err("null does not become a primitive")),
    }
}

/// The Java object that the argument is.
fn reference(argument: &Bound<'_, PyAny>, owned: &mut Locals) -> PyResult<jvalue> {
    if argument.is_none() {
        return Ok(jvalue { l: ptr::null_mut() });
    }
    if let Ok(cast) = argument.cast::<Cast>() {
        return Ok(jvalue {
            l: cast.get().reference(),
        });
    }
    if let Some(l) = object::unwrap(argument) {
        return Ok(jvalue { l });
    }
    match class::as_object(super::environment()?, argument) {
        Some(class) => Ok(jvalue {
            l: owned.keep(class?),
        }),
        None => Err(PyTypeError::new_err("a Java object is needed")),
    }
}

#[cold]
fn other(
    py: Python<'_>,
    env: Env,
    target: &Target<'_>,
    index: usize,
    code: u8,
    argument: &Bound<'_, PyAny>,
    owned: &mut Locals,
) -> PyResult<jobject> {
    if let Ok(cast) = argument.cast::<Cast>() {
        return Ok(env.new_local(cast.get().reference()));
    }
    match code {
        b'P' => proxy::local(py, env, argument),
        b'E' => failure::throwable_of(py, env, argument),
        _ => {
            let class = owned.keep(target.class.local(env)?);
            let choice = target.choice;
            let member = env
                .to_reflected(class, choice.method, choice.is_static())
                .map_err(|_| python_error(py, env))?;
            owned.keep(member);
            converted(py, env, argument, code == b'H', |env, record, objects| {
                upcalls::object(
                    env,
                    Upcall::Convert,
                    &[
                        jvalue { l: record },
                        jvalue { l: objects },
                        jvalue { l: member },
                        jvalue { i: index as jint },
                    ],
                )
            })
        }
    }
}

/// A value as a class, by the rules for results of calls: a local reference.
pub fn convert_to(
    py: Python<'_>,
    env: Env,
    argument: &Bound<'_, PyAny>,
    class: &Class,
) -> PyResult<jobject> {
    let local = class.local(env)?;
    let made = converted(py, env, argument, false, |env, record, objects| {
        upcalls::object(
            env,
            Upcall::ConvertTo,
            &[
                jvalue { l: record },
                jvalue { l: objects },
                jvalue { l: local },
            ],
        )
    });
    env.delete_local(local);
    made
}

/// What Java's readers make of a value's record; what they refuse is a `TypeError`.
fn converted(
    py: Python<'_>,
    env: Env,
    argument: &Bound<'_, PyAny>,
    by_handle: bool,
    read: impl FnOnce(Env, jobject, jarray) -> JavaResult<jobject>,
) -> PyResult<jobject> {
    let mut encoder = Encoder::new(py, env, Writer::new(&mut []));
    if by_handle {
        encoder.handle(argument.clone());
    } else if let Err(failure) = encoder.value(argument) {
        encoder.abandon();
        return Err(failure.into_python(py, env));
    }
    let (writer, references) = encoder.into_parts();
    let mut record = failure::finish(writer);
    let made = thread::detach(py, || {
        let objects = if references.is_empty() {
            ptr::null_mut()
        } else {
            env.new_object_array(c"java/lang/Object", &references)?
        };
        // SAFETY: the record outlives this call, and Java keeps no view of it.
        let buffer = unsafe { env.new_direct_buffer(record.as_mut_ptr(), record.len())? };
        let made = read(env, buffer, objects);
        env.delete_local(buffer);
        env.delete_local(objects);
        made
    });
    references
        .iter()
        .for_each(|reference| env.delete_local(*reference));
    made.map_err(|_| failure::conversion_error(py, env))
}
