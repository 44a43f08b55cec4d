//! What happens in an operation on an object that is not a call?
//!
//! One function for each operator that Java's `PyObject` has; operands come and results go through the frame as in a call.

use crate::call::{Frame, Want};
use crate::decode::Decoder;
use crate::failure::Failure;
use crate::java::Env;
use crate::{handle, thread};
use pyo3::ffi;
use pyo3::types::{PyAnyMethods, PyBool, PyFloat, PyString, PyTypeMethods};
use pyo3::{Bound, IntoPyObjectExt, PyAny, PyResult, Python};

/// Performs the operation with this number, one of `Native`'s constants.
pub fn operate(
    env: Env,
    operation: i32,
    object: i64,
    frame: Frame,
    want: Want,
) -> Result<i64, Failure> {
    let attached = thread::attach();
    let py = attached.python();
    handle::drain(py);
    let object = if operation == IMPORT || operation == IDENTITY {
        py.None().into_bound(py)
    } else {
        handle::get(py, object)?
    };
    let mut decoder = Decoder::new(py, env, frame.objects, frame.arguments());
    let mut operand = || decoder.value();
    let result = match operation {
        GET_ATTRIBUTE => object.getattr(name(operand()?)?),
        SET_ATTRIBUTE => {
            let name = name(operand()?)?;
            none(py, object.setattr(name, operand()?))
        }
        DELETE_ATTRIBUTE => none(py, object.delattr(name(operand()?)?)),
        GET_ITEM => object.get_item(operand()?),
        SET_ITEM => {
            let key = operand()?;
            none(py, object.set_item(key, operand()?))
        }
        DELETE_ITEM => none(py, object.del_item(operand()?)),
        LENGTH => object.len().and_then(|length| length.into_bound_py_any(py)),
        STR => object.str().map(Bound::into_any),
        REPR => object.repr().map(Bound::into_any),
        EQUALS => object.eq(operand()?).map(|equal| boolean(py, equal)),
        HASH => object.hash().and_then(|hash| hash.into_bound_py_any(py)),
        TRUTH => object.is_truthy().map(|truth| boolean(py, truth)),
        IS_INSTANCE => object
            .is_instance(&operand()?)
            .map(|instance| boolean(py, instance)),
        TYPE_NAME => type_name(&object),
        DIR => object.dir().map(Bound::into_any),
        ITERATE => object.try_iter().map(Bound::into_any),
        NEXT => {
            let step = next(&object).map_err(|error| Failure::of(py, error))?;
            return frame.write_step(env, py, step, want);
        }
        VALUE => Ok(object),
        IMPORT => {
            let name = name(operand()?)?;
            py.import("importlib")
                .and_then(|it| it.call_method1("import_module", (name,)))
        }
        IS => Ok(boolean(py, object.is(&operand()?))),
        IDENTITY => Ok(operand()?),
        DESCRIBE => return frame.write_description(env, object),
        INDEX => index(&object)?,
        FLOAT => float(&object)?,
        other => return Err(Failure::state(&format!("naja has no operation {other}"))),
    };
    let result = result.map_err(|error| Failure::of(py, error))?;
    frame.write(env, result, want)
}

const GET_ATTRIBUTE: i32 = 0;
const SET_ATTRIBUTE: i32 = 1;
const DELETE_ATTRIBUTE: i32 = 2;
const GET_ITEM: i32 = 3;
const SET_ITEM: i32 = 4;
const DELETE_ITEM: i32 = 5;
const LENGTH: i32 = 6;
const STR: i32 = 7;
const REPR: i32 = 8;
const EQUALS: i32 = 9;
const HASH: i32 = 10;
const TRUTH: i32 = 11;
const IS_INSTANCE: i32 = 12;
const TYPE_NAME: i32 = 13;
const DIR: i32 = 14;
const ITERATE: i32 = 15;
const NEXT: i32 = 16;
const VALUE: i32 = 17;
const IMPORT: i32 = 18;
const IS: i32 = 19;
const INDEX: i32 = 20;
const FLOAT: i32 = 21;
const IDENTITY: i32 = 22;
const DESCRIBE: i32 = 23;

fn name(operand: Bound<'_, PyAny>) -> Result<Bound<'_, PyString>, Failure> {
    operand
        .cast_into()
        .map_err(|_| Failure::conversion("a name must be text, not null"))
}

fn none<'py>(py: Python<'py>, done: PyResult<()>) -> PyResult<Bound<'py, PyAny>> {
    done.map(|()| py.None().into_bound(py))
}

fn boolean(py: Python<'_>, value: bool) -> Bound<'_, PyAny> {
    PyBool::new(py, value).to_owned().into_any()
}

fn type_name<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let kind = object.get_type();
    let name = kind.qualname()?;
    match kind.module() {
        Ok(module) if module != "builtins" => {
            format!("{module}.{name}").into_bound_py_any(object.py())
        }
        _ => Ok(name.into_any()),
    }
}

fn next<'py>(iterator: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = iterator.py();
    // SAFETY: `iterator` is alive; the result is a new reference, or null with an exception or at the end.
    let element = unsafe {
        if ffi::PyIter_Check(iterator.as_ptr()) == 0 {
            return Err(pyo3::exceptions::PyTypeError::new_err(format!(
                "'{}' object is not an iterator",
                iterator.get_type().name()?
            )));
        }
        Bound::from_owned_ptr_or_opt(py, ffi::PyIter_Next(iterator.as_ptr()))
    };
    match element {
        Some(element) => Ok(Some(element)),
        None => pyo3::PyErr::take(py).map_or(Ok(None), Err),
    }
}

/// The int that an object stands for: `__index__`, or a real number's `__int__` where that loses nothing.
fn index<'py>(object: &Bound<'py, PyAny>) -> Result<PyResult<Bound<'py, PyAny>>, Failure> {
    // SAFETY: `object` is alive; the result is a new reference or null with an exception set.
    let number =
        unsafe { Bound::from_owned_ptr_or_opt(object.py(), ffi::PyNumber_Index(object.as_ptr())) };
    match number {
        Some(number) => Ok(Ok(number)),
        None => {
            drop(pyo3::PyErr::take(object.py()));
            Err(mismatch(object, "integer"))
        }
    }
}

/// The float that an object stands for; text has no number, although `float()` would read one.
fn float<'py>(object: &Bound<'py, PyAny>) -> Result<PyResult<Bound<'py, PyAny>>, Failure> {
    match object.extract::<f64>() {
        Ok(number) => Ok(Ok(PyFloat::new(object.py(), number).into_any())),
        Err(_) => Err(mismatch(object, "floating-point number")),
    }
}

/// The error for a value that a Java type cannot hold: names value, type and target.
fn mismatch(value: &Bound<'_, PyAny>, target: &str) -> Failure {
    let kind = value.get_type();
    let kind = kind
        .name()
        .map_or_else(|_| "object".to_owned(), |name| name.to_string());
    let mut text = value.repr().map_or_else(
        |_| "whose repr() failed".to_owned(),
        |repr| repr.to_string(),
    );
    if let Some((end, _)) = text.char_indices().nth(100) {
        text.truncate(end);
        text.push_str("...");
    }
    if value.is_none() {
        return Failure::conversion(format!("Python None cannot become a Java {target}"));
    }
    Failure::conversion(format!(
        "Python {kind} {text} cannot become a Java {target} without loss"
    ))
}
