//! Of which standard type that crosses by value is an object?
//!
//! The types live in modules that cost time to import. While such a module is not imported no object of its types exists, so
//! the encoder looks in `sys.modules` instead of importing.

use pyo3::sync::PyOnceLock;
use pyo3::types::{PyAnyMethods, PyDict, PyDictMethods};
use pyo3::{Bound, Py, PyAny, PyResult, Python};

/// A type that is looked up when its module has been imported.
pub struct LazyType {
    module: &'static str,
    name: &'static str,
    cell: PyOnceLock<Py<PyAny>>,
}

impl LazyType {
    const fn new(module: &'static str, name: &'static str) -> LazyType {
        LazyType {
            module,
            name,
            cell: PyOnceLock::new(),
        }
    }

    /// The type, importing its module.
    pub fn import<'py>(&'static self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.cell
            .get_or_try_init(py, || {
                Ok(py.import(self.module)?.getattr(self.name)?.unbind())
            })
            .map(|found| found.bind(py).clone())
    }

    /// Whether its module has been imported.
    pub fn is_imported(&'static self, py: Python<'_>) -> bool {
        self.cell.get(py).is_some() || (imported(py, self.module) && self.import(py).is_ok())
    }

    /// Whether `object` is an instance.
    pub fn holds(&'static self, object: &Bound<'_, PyAny>) -> bool {
        let py = object.py();
        self.is_imported(py)
            && self
                .import(py)
                .is_ok_and(|kind| object.is_instance(&kind).unwrap_or(false))
    }

    /// Whether `object` is what goes by this name, which may be no type.
    pub fn is(&'static self, object: &Bound<'_, PyAny>) -> bool {
        let py = object.py();
        self.is_imported(py) && self.import(py).is_ok_and(|found| object.is(&found))
    }

    /// Its name, without the module.
    pub fn name(&'static self) -> &'static str {
        self.name
    }

    /// Whether `object` is known to be of this very type; `holds` says whether it is one.
    #[inline]
    pub fn is_type_of(&'static self, object: &Bound<'_, PyAny>) -> bool {
        self.cell
            .get(object.py())
            .is_some_and(|kind| kind.as_ptr() == object.get_type_ptr().cast())
    }

    /// Whether `object`, which is an instance, is one of a subclass.
    pub fn is_base_of(&'static self, object: &Bound<'_, PyAny>) -> bool {
        self.import(object.py())
            .is_ok_and(|kind| !object.get_type().is(&kind))
    }
}

fn imported(py: Python<'_>, module: &str) -> bool {
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    MODULES
        .get_or_try_init(py, || -> PyResult<_> {
            Ok(py
                .import("sys")?
                .getattr("modules")?
                .cast_into::<PyDict>()?
                .unbind())
        })
        .is_ok_and(|modules| modules.bind(py).contains(module).unwrap_or(false))
}

/// `naja._implements.implements`, whose module is imported when a class first uses it.
pub static IMPLEMENTS: LazyType = LazyType::new("naja._implements", "implements");
/// `decimal.Decimal`.
pub static DECIMAL: LazyType = LazyType::new("decimal", "Decimal");
/// `uuid.UUID`.
pub static UUID: LazyType = LazyType::new("uuid", "UUID");
/// `datetime.date`, of which `datetime.datetime` is a subclass.
pub static DATE: LazyType = LazyType::new("datetime", "date");
/// `datetime.time`.
pub static TIME: LazyType = LazyType::new("datetime", "time");
/// `datetime.datetime`.
pub static DATE_TIME: LazyType = LazyType::new("datetime", "datetime");
/// `datetime.timedelta`.
pub static TIME_DELTA: LazyType = LazyType::new("datetime", "timedelta");
/// `datetime.timezone`.
pub static TIME_ZONE: LazyType = LazyType::new("datetime", "timezone");
/// Those of the standard library whose instances are values that cannot be anything else.
pub static STANDARD: [&LazyType; 6] = [&DATE_TIME, &DATE, &TIME_DELTA, &DECIMAL, &UUID, &TIME];
/// Those among them, and `datetime.datetime`, that also cross by value where few types do.
pub static PLAIN: [&LazyType; 4] = [&DATE_TIME, &DATE, &TIME, &DECIMAL];
/// `types.GeneratorType`.
pub static GENERATOR: LazyType = LazyType::new("types", "GeneratorType");
/// `enum.Enum`.
pub static ENUM: LazyType = LazyType::new("enum", "Enum");
/// `collections.OrderedDict`.
pub static ORDERED_DICT: LazyType = LazyType::new("collections", "OrderedDict");
/// `collections.defaultdict`.
pub static DEFAULT_DICT: LazyType = LazyType::new("collections", "defaultdict");
/// `collections.Counter`.
pub static COUNTER: LazyType = LazyType::new("collections", "Counter");
/// `numpy.generic`, the base of NumPy's scalars.
pub static NUMPY_SCALAR: LazyType = LazyType::new("numpy", "generic");
/// `pandas.Timestamp`, a `datetime` with nanoseconds.
pub static PANDAS_TIMESTAMP: LazyType = LazyType::new("pandas", "Timestamp");
/// `pandas.Timedelta`, a `timedelta` with nanoseconds.
pub static PANDAS_TIMEDELTA: LazyType = LazyType::new("pandas", "Timedelta");
/// `pandas.NaT`, which is a `datetime` but no time.
pub static PANDAS_NOT_A_TIME: LazyType = LazyType::new("pandas", "NaT");
/// `pandas.NA`, a value that is missing.
pub static PANDAS_MISSING: LazyType = LazyType::new("pandas", "NA");
/// `array.array`.
pub static ARRAY: LazyType = LazyType::new("array", "array");
