//! Where does the pure-Python half come from, and what can it call?
//!
//! The half is embedded in this library as source, so it always matches it and needs no file. `_bootstrap` puts an importer for it in
//! front of `sys.meta_path`; its functions are looked up at their first use. `naja._bridge` is what it can call back.

use crate::java::Pending;
use crate::jdk::{Jdk, Stream};
use crate::mirror::{self, environment, upcall};
use crate::text::units;
use crate::{arrow, buffer, dlpack, host, thread, upcalls};
use pyo3::call::PyCallArgs;
use pyo3::exceptions::PyRecursionError;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    IntoPyDict, PyAnyMethods, PyDict, PyDictMethods, PyModule, PyModuleMethods, PyString, PyTuple,
    PyType,
};
use pyo3::{pyfunction, wrap_pyfunction, Bound, Py, PyAny, PyResult, Python};
use std::ffi::CString;

macro_rules! sources {
    ($($module:literal => $file:literal),* $(,)?) => {
        &[$(($module, include_str!(concat!("../../python/naja/", $file)))),*]
    };
}

const BOOTSTRAP: &str = include_str!("../../python/naja/_bootstrap.py");

const SOURCES: &[(&str, &str)] = sources! {
    "naja" => "__init__.py",
    "naja._arrays" => "_arrays.py",
    "naja._arrow" => "_arrow.py",
    "naja._async" => "_async.py",
    "naja._dlpack" => "_dlpack.py",
    "naja._environment" => "_environment.py",
    "naja._errors" => "_errors.py",
    "naja._exit" => "_exit.py",
    "naja._guards" => "_guards.py",
    "naja._handles" => "_handles.py",
    "naja._implements" => "_implements.py",
    "naja._java" => "_java.py",
    "naja._java_array" => "_java_array.py",
    "naja._java_frames" => "_java_frames.py",
    "naja._java_import" => "_java_import.py",
    "naja._leaks" => "_leaks.py",
    "naja._log_handler" => "_log_handler.py",
    "naja._logging" => "_logging.py",
    "naja._namespace" => "_namespace.py",
    "naja._nd_array" => "_nd_array.py",
    "naja._output" => "_output.py",
    "naja._protocols" => "_protocols.py",
    "naja._results" => "_results.py",
    "naja._rows" => "_rows.py",
    "naja._search_path" => "_search_path.py",
    "naja._signature" => "_signature.py",
    "naja._tables" => "_tables.py",
    "naja._values" => "_values.py",
    "naja._vectorized" => "_vectorized.py",
    "naja._when_imported" => "_when_imported.py",
    "naja.flink" => "flink/__init__.py",
    "naja.flink._adapt" => "flink/_adapt.py",
    "naja.flink._aliases" => "flink/_aliases.py",
    "naja.flink._context" => "flink/_context.py",
    "naja.flink._decorators" => "flink/_decorators.py",
    "naja.flink._describe" => "flink/_describe.py",
    "naja.flink._drive_accumulator" => "flink/_drive_accumulator.py",
    "naja.flink._drive_aggregate" => "flink/_drive_aggregate.py",
    "naja.flink._drive_batch" => "flink/_drive_batch.py",
    "naja.flink._drive_function" => "flink/_drive_function.py",
    "naja.flink._drive_lookup" => "flink/_drive_lookup.py",
    "naja.flink._drive_process" => "flink/_drive_process.py",
    "naja.flink._drive_scalar" => "flink/_drive_scalar.py",
    "naja.flink._drive_simple" => "flink/_drive_simple.py",
    "naja.flink._drive_table" => "flink/_drive_table.py",
    "naja.flink._drive_table_process" => "flink/_drive_table_process.py",
    "naja.flink._drive_vectorized" => "flink/_drive_vectorized.py",
    "naja.flink._given_types" => "flink/_given_types.py",
    "naja.flink._hints" => "flink/_hints.py",
    "naja.flink._life" => "flink/_life.py",
    "naja.flink._memory_state" => "flink/_memory_state.py",
    "naja.flink._native_paths" => "flink/_native_paths.py",
    "naja.flink._overlay" => "flink/_overlay.py",
    "naja.flink._pickles" => "flink/_pickles.py",
    "naja.flink._requirements" => "flink/_requirements.py",
    "naja.flink._resolve" => "flink/_resolve.py",
    "naja.flink._routing" => "flink/_routing.py",
    "naja.flink._row" => "flink/_row.py",
    "naja.flink._sql_types" => "flink/_sql_types.py",
    "naja.flink._state" => "flink/_state.py",
    "naja.flink._stream_plan" => "flink/_stream_plan.py",
    "naja.flink._test_context" => "flink/_test_context.py",
    "naja.flink._test_harness" => "flink/_test_harness.py",
    "naja.flink.data_types" => "flink/data_types.py",
    "naja.flink.data_view" => "flink/data_view.py",
    "naja.flink.datastream" => "flink/datastream.py",
    "naja.flink.functions" => "flink/functions.py",
    "naja.flink.state" => "flink/state.py",
    "naja.flink.testing" => "flink/testing.py",
    "naja.flink.time" => "flink/time.py",
};

/// Makes the half importable and gives it its native functions.
pub fn install(py: Python<'_>) -> PyResult<()> {
    let globals = PyDict::new(py);
    globals.set_item("sources", SOURCES.iter().copied().into_py_dict(py)?)?;
    globals.set_item("__name__", "naja._bootstrap")?;
    let code = CString::new(BOOTSTRAP).expect("the source holds no NUL");
    py.run(&code, Some(&globals), None)?;
    if host::find(py)?.is_some() {
        return Ok(());
    }
    let bridge = bridge(py)?;
    py.import("sys")?
        .getattr("modules")?
        .set_item("naja._bridge", &bridge)?;
    py.import("naja")?.setattr("_bridge", bridge)
}

/// Imports what is wanted when something has gone wrong, while there are stack and memory for it.
pub fn prepare_for_errors(py: Python<'_>) {
    for module in ["naja._errors", "traceback"] {
        if let Err(error) = py.import(module) {
            error.write_unraisable(py, None);
        }
    }
}

fn bridge(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    let module = PyModule::new(py, "naja._bridge")?;
    host::offer(&module)?;
    mirror::module::add_to(&module)?;
    module.add_function(wrap_pyfunction!(arrow::arrow_address, &module)?)?;
    module.add_function(wrap_pyfunction!(arrow::arrow_capsule, &module)?)?;
    module.add_function(wrap_pyfunction!(buffer::address, &module)?)?;
    module.add_function(wrap_pyfunction!(dlpack::take, &module)?)?;
    module.add_function(wrap_pyfunction!(write, &module)?)?;
    module.add_function(wrap_pyfunction!(write_bytes, &module)?)?;
    module.add_function(wrap_pyfunction!(log, &module)?)?;
    Ok(module)
}

/// An attribute of a module of the half; an empty name is the module itself. Not cached.
pub fn find<'py>(py: Python<'py>, module: &str, attribute: &str) -> PyResult<Bound<'py, PyAny>> {
    let module = py.import(format!("naja.{module}").as_str())?;
    if attribute.is_empty() {
        Ok(module.into_any())
    } else {
        module.getattr(attribute)
    }
}

type Cached = PyOnceLock<Py<PyAny>>;

fn cached<'py>(
    py: Python<'py>,
    cell: &'static Cached,
    module: &str,
    attribute: &str,
) -> PyResult<Bound<'py, PyAny>> {
    cell.get_or_try_init(py, || find(py, module, attribute).map(Bound::unbind))
        .map(|found| found.bind(py).clone())
}

fn found<'py>(
    py: Python<'py>,
    cell: &'static Cached,
    module: &str,
    attribute: &str,
) -> Option<Bound<'py, PyAny>> {
    cached(py, cell, module, attribute)
        .map_err(|error| {
            // At the end of the stack there is none to say so either, and each level would.
            if !error.is_instance_of::<PyRecursionError>(py) {
                error.write_unraisable(py, None);
            }
        })
        .ok()
}

/// `naja._errors.describe`.
pub fn describe(py: Python<'_>) -> Option<Bound<'_, PyAny>> {
    static CELL: Cached = PyOnceLock::new();
    found(py, &CELL, "_errors", "describe")
}

/// `naja.DeadlineExceeded`.
pub fn deadline_exceeded(py: Python<'_>) -> Option<Bound<'_, PyAny>> {
    static CELL: Cached = PyOnceLock::new();
    found(py, &CELL, "_errors", "DeadlineExceeded")
}

/// `naja.JavaException`.
pub fn java_exception(py: Python<'_>) -> Option<Bound<'_, PyAny>> {
    static CELL: Cached = PyOnceLock::new();
    found(py, &CELL, "_errors", "JavaException")
}

/// The type of a Java class: `naja._java.make_type(...)`.
pub fn make_type<'py>(
    py: Python<'py>,
    description: impl PyCallArgs<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    static CELL: Cached = PyOnceLock::new();
    cached(py, &CELL, "_java", "make_type")?.call1(description)
}

/// The exception that stands for a Java throwable: `naja._errors.from_java(type, wrapper, text)`.
pub fn exception_of<'py>(
    py: Python<'py>,
    kind: &Bound<'py, PyType>,
    wrapper: &Bound<'py, PyAny>,
    text: &str,
) -> PyResult<Bound<'py, PyAny>> {
    static CELL: Cached = PyOnceLock::new();
    cached(py, &CELL, "_errors", "from_java")?.call1((kind, wrapper, text))
}

/// A named tuple's type: `naja._values.named_tuple(type_name, names)`.
pub fn named_tuple<'py>(
    py: Python<'py>,
    type_name: &Bound<'py, PyAny>,
    names: &Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyAny>> {
    static CELL: Cached = PyOnceLock::new();
    cached(py, &CELL, "_values", "named_tuple")?.call1((type_name, names))
}

/// NumPy's table of C functions: `naja._arrays.array_api()`.
pub fn array_api(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    find(py, "_arrays", "array_api")?.call0()
}

/// A `numpy.dtype` of a name: `naja._arrays.dtype(name)`.
pub fn dtype<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static CELL: Cached = PyOnceLock::new();
    cached(py, &CELL, "_arrays", "dtype")?.call1((name,))
}

/// Whether NumPy can be imported, as far as can be told without: `naja._arrays.has_numpy()`.
pub fn has_numpy(py: Python<'_>) -> PyResult<bool> {
    find(py, "_arrays", "has_numpy")?.call0()?.extract()
}

/// The time zone of a name: `naja._values.zone(name)`.
pub fn zone<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static CELL: Cached = PyOnceLock::new();
    cached(py, &CELL, "_values", "zone")?.call1((name,))
}

/// The name of a time zone, or `None`: `naja._values.zone_key(tzinfo)`.
pub fn zone_key<'py>(zone: &Bound<'py, PyAny>) -> PyResult<Option<String>> {
    static CELL: Cached = PyOnceLock::new();
    cached(zone.py(), &CELL, "_values", "zone_key")?
        .call1((zone,))?
        .extract()
}

/// Runs `atexit` functions and flushes the streams.
pub fn run_exit_functions(py: Python<'_>) {
    if let Err(error) = find(py, "_exit", "run").and_then(|run| run.call0()) {
        error.write_unraisable(py, None);
    }
}

fn stream(number: u8) -> Stream {
    if number == 2 {
        Stream::Err
    } else {
        Stream::Out
    }
}

/// Prints text to `System.out` (1) or `System.err` (2) as they are now.
#[pyfunction]
fn write(py: Python<'_>, number: u8, text: &Bound<'_, PyString>) -> PyResult<()> {
    let units = units(text)?;
    upcall(py, |env| Jdk::get(env)?.print(env, stream(number), &units))
}

/// Writes bytes to `System.out` (1) or `System.err` (2) as they are now.
#[pyfunction]
fn write_bytes(py: Python<'_>, number: u8, data: &[u8]) -> PyResult<()> {
    let data = data.to_vec();
    upcall(py, |env| Jdk::get(env)?.write(env, stream(number), &data))
}

/// Hands a log record to Java; `False` when the class loader that would take it is gone.
#[pyfunction]
fn log(
    py: Python<'_>,
    level: i32,
    logger: &Bound<'_, PyString>,
    message: &Bound<'_, PyString>,
) -> PyResult<bool> {
    let (logger, message) = (units(logger)?, units(message)?);
    let env = environment()?;
    if !upcalls::are_answered(env) {
        return Ok(false);
    }
    let logged = thread::detach(py, || {
        env.with_string(&logger, |logger| {
            env.with_string(&message, |message| {
                upcalls::log(env, level, logger, message)
            })
        })
    });
    match logged {
        Ok(()) => Ok(true),
        Err(Pending) => Err(crate::failure::python_error(py, env)),
    }
}
