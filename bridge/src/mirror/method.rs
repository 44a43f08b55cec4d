//! What happens when Python calls a Java method?
//!
//! A descriptor in the type's namespace is called without a bound method in between. The shape of the arguments finds the overload in
//! the method's cache, or has Java choose it once; the arguments become `jvalue`s, Java runs without the GIL, and the result is
//! taken over. A call of a known shape makes no other upcall.

use super::argument::{self, Target};
use super::class::Class;
use super::result::{self, Hint};
use super::{entry, object, shape};
use crate::failure::python_error;
use crate::java::{Env, Invocation};
use crate::jdk::Jdk;
use crate::upcalls::{self, Upcall};
use crate::{stack, symbol, text, thread};
use jni::sys::{jboolean, jmethodID, jobject, jvalue};
use pyo3::exceptions::{PyRecursionError, PyTypeError};
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyAnyMethods, PyString, PyType};
use pyo3::{ffi, Bound, Py, PyAny, PyErr, PyResult, Python};
use std::cell::UnsafeCell;
use std::ffi::{c_int, c_void};
use std::mem::{offset_of, size_of};
use std::ptr;
use std::sync::Arc;

/// Arguments up to which a call needs no memory.
const FEW: usize = 8;

/// Shapes that a method remembers.
const REMEMBERED: usize = 64;

/// All methods of one name of a class.
pub struct Method {
    /// The name, `<init>` for constructors.
    pub name: String,
    /// Whether one of them is static, so that they are called on the class too.
    has_static: bool,
    choices: Choices,
}

/// What was chosen for shapes. Entries are never changed or removed.
#[expect(
    clippy::vec_box,
    reason = "an entry stays where it is while Java runs and others are added"
)]
struct Choices(UnsafeCell<Vec<Box<Choice>>>);

// SAFETY: read and written with the GIL held only, never across anything that could release it.
unsafe impl Send for Choices {}
// SAFETY: as above.
unsafe impl Sync for Choices {}

/// An overload, chosen for a shape of arguments.
pub struct Choice {
    shape: Box<[u64]>,
    on_instance: bool,
    kind: Invocation,
    /// The overload.
    pub method: jmethodID,
    /// How the argument of each parameter is converted: `dev.naja.internal.Fit`.
    pub codes: Box<[u8]>,
    spread: bool,
    result: u8,
    hint: Hint,
}

// SAFETY: a method id may be used on any thread.
unsafe impl Send for Choice {}
// SAFETY: as above; never changed after it is made.
unsafe impl Sync for Choice {}

impl Choice {
    /// Whether the overload is static.
    pub fn is_static(&self) -> bool {
        self.kind == Invocation::Static
    }
}

/// Compares in place: for the few numbers of a call `memcmp` takes longer.
#[inline(always)]
fn same(some: &[u64], others: &[u64]) -> bool {
    some.len() == others.len() && some.iter().zip(others).all(|(one, other)| one == other)
}

/// The error of a call with keyword arguments.
#[cold]
pub fn no_keywords(name: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "the Java method {name} takes no keyword arguments: Java knows parameters by position only"
    ))
}

impl Method {
    /// The methods of that name.
    pub fn new(name: &str, has_static: bool) -> Method {
        Method {
            name: name.to_owned(),
            has_static,
            choices: Choices(UnsafeCell::new(Vec::new())),
        }
    }

    /// Calls the overload that takes these arguments, on an object or on the class; a constructor gives the wrapper.
    ///
    /// # Safety
    /// The arguments are alive for the length of the call; `receiver` is null-free and of `class`.
    pub unsafe fn call(
        &self,
        py: Python<'_>,
        class: &Arc<Class>,
        receiver: Option<jobject>,
        arguments: &[*mut ffi::PyObject],
    ) -> PyResult<*mut ffi::PyObject> {
        if !stack::carries_a_call() {
            return Err(PyRecursionError::new_err(format!(
                "too little stack is left to call the Java method {}: Java and Python call each other too deeply",
                self.name
            )));
        }
        let env = super::environment()?;
        let mut few = [0_u64; FEW];
        let many;
        let shapes: &[u64] = if arguments.len() <= FEW {
            for (shape, argument) in few.iter_mut().zip(arguments) {
                // SAFETY: the caller keeps the arguments alive.
                *shape = unsafe { shape::of(py, *argument) };
            }
            &few[..arguments.len()]
        } else {
            // SAFETY: as above.
            many = arguments
                .iter()
                .map(|argument| unsafe { shape::of(py, *argument) })
                .collect::<Vec<_>>();
            &many
        };
        let known = self.known(py, receiver.is_some(), shapes);
        let fresh;
        let choice = match known {
            // SAFETY: entries live as long as the method, which the caller holds.
            Some(choice) => unsafe { &*choice },
            None => {
                let chosen = Box::new(
                    // SAFETY: as above.
                    unsafe { self.choose(py, env, class, receiver.is_some(), shapes, arguments)? },
                );
                match self.remember(py, chosen) {
                    // SAFETY: as above.
                    Ok(choice) => unsafe { &*choice },
                    Err(unremembered) => {
                        fresh = unremembered;
                        &fresh
                    }
                }
            }
        };
        // SAFETY: the choice belongs to this class and these arguments.
        unsafe { run(py, env, class, choice, receiver, arguments) }
    }

    #[inline(always)]
    fn known(&self, _py: Python<'_>, on_instance: bool, shapes: &[u64]) -> Option<*const Choice> {
        // SAFETY: see `Choices`.
        let choices = unsafe { &*self.choices.0.get() };
        choices
            .iter()
            .find(|choice| choice.on_instance == on_instance && same(&choice.shape, shapes))
            .map(|choice| ptr::from_ref(&**choice))
    }

    fn remember(&self, _py: Python<'_>, choice: Box<Choice>) -> Result<*const Choice, Box<Choice>> {
        // SAFETY: see `Choices`.
        let choices = unsafe { &mut *self.choices.0.get() };
        if choices.len() == REMEMBERED || choice.shape.contains(&shape::UNIQUE) {
            return Err(choice);
        }
        let address = ptr::from_ref(&*choice);
        choices.push(choice);
        Ok(address)
    }

    /// Has Java choose the overload.
    ///
    /// # Safety
    /// As for [`call`](Method::call).
    #[cold]
    unsafe fn choose(
        &self,
        py: Python<'_>,
        env: Env,
        class: &Arc<Class>,
        on_instance: bool,
        shapes: &[u64],
        arguments: &[*mut ffi::PyObject],
    ) -> PyResult<Choice> {
        let mut owned = Locals::new(env);
        let local = owned.keep(class.local(env)?);
        let mut described = Vec::with_capacity(arguments.len());
        for (shape, argument) in shapes.iter().zip(arguments) {
            // SAFETY: the caller keeps the arguments alive.
            let argument = unsafe { Bound::from_borrowed_ptr(py, *argument) };
            described.push(owned.keep(shape::describe(py, env, *shape, &argument)?));
        }
        let name: Vec<u16> = self.name.encode_utf16().collect();
        let answer = thread::detach(py, || {
            env.with_string(&name, |name| {
                let shapes = env.new_object_array(c"java/lang/Object", &described)?;
                let answer = upcalls::object(
                    env,
                    Upcall::Choose,
                    &[
                        jvalue { l: local },
                        jvalue { l: name },
                        jvalue {
                            z: on_instance as jboolean,
                        },
                        jvalue { l: shapes },
                    ],
                );
                env.delete_local(shapes);
                answer
            })
        })
        .map_err(|_| python_error(py, env))?;
        owned.keep(answer);
        let jdk = Jdk::get(env).map_err(|_| python_error(py, env))?;
        if env.is_instance(answer, jdk.string.as_raw()) {
            return Err(PyTypeError::new_err(
                text::to_python(py, env, answer)?.unbind(),
            ));
        }
        self.read(py, env, answer, on_instance, shapes)
    }

    fn read(
        &self,
        py: Python<'_>,
        env: Env,
        answer: jobject,
        on_instance: bool,
        shapes: &[u64],
    ) -> PyResult<Choice> {
        let part = |index| super::class::Part::of(py, env, answer, index);
        let member = part(0)?;
        let codes: String = part(1)?.string()?.extract()?;
        let how: String = part(2)?.string()?.extract()?;
        let mut how = how.bytes();
        // It may run a static initializer.
        let method = thread::detach(py, || env.reflected_method(member.raw()))
            .map_err(|_| python_error(py, env))?;
        let kind = match how.next() {
            _ if self.name == "<init>" => Invocation::Constructor,
            Some(b's') => Invocation::Static,
            _ => Invocation::Instance,
        };
        Ok(Choice {
            shape: shapes.into(),
            on_instance,
            kind,
            method,
            codes: codes.into_bytes().into(),
            spread: how.next() == Some(b'*'),
            result: how.next().unwrap_or(b'L'),
            hint: Hint::default(),
        })
    }
}

/// Local references that are deleted together.
pub struct Locals {
    env: Env,
    few: [jobject; FEW],
    count: usize,
    more: Vec<jobject>,
}

impl Locals {
    /// None yet.
    pub fn new(env: Env) -> Locals {
        Locals {
            env,
            few: [ptr::null_mut(); FEW],
            count: 0,
            more: Vec::new(),
        }
    }

    /// Takes over a local reference, which stays valid while `self` lives.
    pub fn keep(&mut self, object: jobject) -> jobject {
        if object.is_null() {
            return object;
        }
        match self.few.get_mut(self.count) {
            Some(slot) => {
                *slot = object;
                self.count += 1;
            }
            None => {
                self.env.announce_locals(self.more.len());
                self.more.push(object);
            }
        }
        object
    }
}

impl Drop for Locals {
    fn drop(&mut self) {
        self.few[..self.count]
            .iter()
            .chain(&self.more)
            .for_each(|object| self.env.delete_local(*object));
    }
}

/// Converts the arguments, calls Java, takes the result.
///
/// # Safety
/// As for [`Method::call`]; `choice` was made for this class and arguments of these shapes.
#[inline(always)]
unsafe fn run(
    py: Python<'_>,
    env: Env,
    class: &Arc<Class>,
    choice: &Choice,
    receiver: Option<jobject>,
    arguments: &[*mut ffi::PyObject],
) -> PyResult<*mut ffi::PyObject> {
    let mut owned = Locals::new(env);
    // A static method's class is looked up for it alone; the receiver keeps its class alive otherwise.
    let on = match (receiver, class.permanent()) {
        (Some(receiver), _) if choice.kind == Invocation::Instance => receiver,
        (_, Some(permanent)) => permanent,
        _ => owned.keep(class.local(env)?),
    };
    let target = Target { class, choice };
    let mut few = [jvalue { j: 0 }; FEW];
    let many;
    let parameters = choice.codes.len();
    let values: *const jvalue = if parameters <= FEW && !choice.spread {
        for (index, argument) in arguments.iter().enumerate() {
            // SAFETY: the caller keeps the arguments alive.
            few[index] =
                unsafe { argument::convert(py, env, &target, index, *argument, &mut owned)? };
        }
        few.as_ptr()
    } else {
        // SAFETY: as above.
        many = unsafe { convert_many(py, env, &target, arguments, &mut owned)? };
        many.as_ptr()
    };
    // SAFETY: Java itself chose the method for the class and says what it takes and gives.
    let called = thread::detach(py, || unsafe {
        env.invoke(choice.kind, on, choice.method, values, choice.result)
    });
    drop(owned);
    match called {
        // SAFETY: the value is of the method's result type.
        Ok(value) if choice.kind != Invocation::Constructor => unsafe {
            result::take(py, env, choice.result, value, &choice.hint)
        },
        // SAFETY: a constructor gives a new object.
        Ok(value) => unsafe { result::take_object(py, env, value.l) },
        Err(_) => Err(python_error(py, env)),
    }
}

/// # Safety
/// As for [`run`].
#[cold]
unsafe fn convert_many(
    py: Python<'_>,
    env: Env,
    target: &Target<'_>,
    arguments: &[*mut ffi::PyObject],
    owned: &mut Locals,
) -> PyResult<Vec<jvalue>> {
    let parameters = target.choice.codes.len();
    let single = parameters - usize::from(target.choice.spread);
    let mut values = Vec::with_capacity(parameters);
    for (index, argument) in arguments[..single.min(arguments.len())].iter().enumerate() {
        // SAFETY: the caller keeps the arguments alive.
        values.push(unsafe { argument::convert(py, env, target, index, *argument, owned)? });
    }
    if target.choice.spread {
        // SAFETY: as above; the list takes references of its own.
        let rest = unsafe {
            pyo3::types::PyList::new(
                py,
                arguments[single..]
                    .iter()
                    .map(|argument| Bound::from_borrowed_ptr(py, *argument)),
            )?
        };
        // SAFETY: the list is alive.
        values.push(unsafe { argument::convert(py, env, target, single, rest.as_ptr(), owned)? });
    }
    Ok(values)
}

/// The memory of a descriptor.
#[repr(C)]
struct Layout {
    base: ffi::PyObject,
    vectorcall: Vectorcall,
    method: Option<Arc<Method>>,
    class: Option<Arc<Class>>,
    /// Whether it was taken from the class, so that no receiver comes first.
    of_class: bool,
    /// What the class gives of this descriptor, once it has been asked for.
    view: *mut ffi::PyObject,
}

type Vectorcall = extern "C" fn(
    *mut ffi::PyObject,
    *const *mut ffi::PyObject,
    usize,
    *mut ffi::PyObject,
) -> *mut ffi::PyObject;

/// `Py_TPFLAGS_HAVE_VECTORCALL` and `Py_TPFLAGS_METHOD_DESCRIPTOR`: the same in every version.
const FLAGS: u64 = 1 << 11 | 1 << 17;

/// `Py_TPFLAGS_IMMUTABLETYPE`, which 3.9 does not know. With it the interpreter specializes what loads a method, and takes it for one that
/// is the same on the class.
const IMMUTABLE: u64 = 1 << 8;

/// The type `naja.JavaMethod`, of which there are two: one of methods that only objects have, one of those that the class has too.
fn method_type(py: Python<'_>, has_static: bool) -> PyResult<&Bound<'_, PyType>> {
    static OF_OBJECTS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static OF_THE_CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let (which, flags) = match has_static {
        false => (&OF_OBJECTS, FLAGS | IMMUTABLE),
        true => (&OF_THE_CLASS, FLAGS),
    };
    which
        .get_or_try_init(py, || make_type(py, flags))
        .map(|made| made.bind(py))
}

fn make_type(py: Python<'_>, flags: u64) -> PyResult<Py<PyType>> {
    let mut members = [
        ffi::PyMemberDef {
            name: c"__vectorcalloffset__".as_ptr(),
            type_code: ffi::Py_T_PYSSIZET,
            offset: offset_of!(Layout, vectorcall) as ffi::Py_ssize_t,
            flags: ffi::Py_READONLY,
            doc: ptr::null(),
        },
        ffi::PyMemberDef::default(),
    ];
    // CPython keeps the address.
    let getters = Box::leak(Box::new([
        getter(c"__name__", name),
        getter(c"__doc__", doc),
        ffi::PyGetSetDef::default(),
    ]));
    let slot = |slot: c_int, function: *const ()| ffi::PyType_Slot {
        slot,
        pfunc: function.cast_mut().cast::<c_void>(),
    };
    let mut slots = [
        slot(ffi::Py_tp_dealloc, dealloc as *const ()),
        slot(
            ffi::Py_tp_call,
            symbol::find(c"PyVectorcall_Call").cast_const().cast(),
        ),
        slot(ffi::Py_tp_descr_get, get as *const ()),
        slot(ffi::Py_tp_repr, repr as *const ()),
        slot(ffi::Py_tp_members, members.as_mut_ptr().cast_const().cast()),
        slot(ffi::Py_tp_getset, getters.as_ptr().cast()),
        slot(0, ptr::null()),
    ];
    let mut spec = ffi::PyType_Spec {
        name: c"naja.JavaMethod".as_ptr(),
        basicsize: size_of::<Layout>() as c_int,
        itemsize: 0,
        flags: (ffi::Py_TPFLAGS_DEFAULT | flags) as _,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: CPython copies the specification but the getters, which live for ever.
    unsafe {
        Bound::from_owned_ptr_or_opt(py, ffi::PyType_FromSpec(&mut spec))
            .ok_or_else(|| PyErr::fetch(py))?
            .cast_into::<PyType>()
            .map(Bound::unbind)
            .map_err(PyErr::from)
    }
}

fn getter(name: &'static std::ffi::CStr, get: ffi::getter) -> ffi::PyGetSetDef {
    ffi::PyGetSetDef {
        name: name.as_ptr(),
        get: Some(get),
        set: None,
        doc: ptr::null(),
        closure: ptr::null_mut(),
    }
}

/// A descriptor for the namespace of the class's type.
pub fn descriptor<'py>(
    py: Python<'py>,
    class: &Arc<Class>,
    method: Arc<Method>,
) -> PyResult<Bound<'py, PyAny>> {
    make(py, class.clone(), method, false)
}

fn make(
    py: Python<'_>,
    class: Arc<Class>,
    method: Arc<Method>,
    of_class: bool,
) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: the fields are written before anybody sees the new object.
    unsafe {
        let made = ffi::PyType_GenericAlloc(method_type(py, method.has_static)?.as_ptr().cast(), 0);
        if made.is_null() {
            return Err(PyErr::fetch(py));
        }
        let layout = made.cast::<Layout>();
        (*layout).vectorcall = vectorcall;
        ptr::addr_of_mut!((*layout).method).write(Some(method));
        ptr::addr_of_mut!((*layout).class).write(Some(class));
        (*layout).of_class = of_class;
        (*layout).view = ptr::null_mut();
        Ok(Bound::from_owned_ptr(py, made))
    }
}

/// # Safety
/// `object` is a live `naja.JavaMethod`.
unsafe fn parts<'a>(object: *mut ffi::PyObject) -> (&'a Arc<Method>, &'a Arc<Class>, bool) {
    // SAFETY: `make` has filled the fields, which are never changed.
    unsafe {
        let layout = &*object.cast::<Layout>();
        (
            layout.method.as_ref().expect("set by make"),
            layout.class.as_ref().expect("set by make"),
            layout.of_class,
        )
    }
}

extern "C" fn vectorcall(
    callable: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: usize,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: CPython calls this for a `naja.JavaMethod`, with live arguments; the highest bit of `count` is a flag.
        unsafe {
            let (method, class, of_class) = parts(callable);
            if !names.is_null() && ffi::PyTuple_Size(names) > 0 {
                return Err(no_keywords(&method.name));
            }
            let count = count & (usize::MAX >> 1);
            let arguments = if count == 0 {
                &[]
            } else {
                std::slice::from_raw_parts(arguments, count)
            };
            if !of_class {
                if let Some((first, rest)) = arguments.split_first() {
                    if let Some(receiver) = receiver(py, class, *first)? {
                        return method.call(py, class, Some(receiver), rest);
                    }
                }
            }
            method.call(py, class, None, arguments)
        }
    })
}

/// The object that a method of `class` is called on, if it is one of the class's.
///
/// # Safety
/// `object` is alive, and stays so while the reference is used.
#[inline(always)]
unsafe fn receiver(
    py: Python<'_>,
    class: &Arc<Class>,
    object: *mut ffi::PyObject,
) -> PyResult<Option<jobject>> {
    // SAFETY: the object is alive, and the type that stands for the class is one of wrappers.
    let looked = unsafe {
        match class.is_stood_for_by(ffi::Py_TYPE(object)) {
            true => Some(object::look_at(object)),
            false => object::look(py, object),
        }
    };
    if let Some((reference, own)) = looked {
        if Arc::ptr_eq(own, class) {
            return Ok(Some(reference));
        }
    }
    // SAFETY: alive, as the caller says.
    uncommon_receiver(class, &unsafe { Bound::from_borrowed_ptr(py, object) })
}

/// An exception, or an object of a subclass.
#[cold]
fn uncommon_receiver(class: &Arc<Class>, object: &Bound<'_, PyAny>) -> PyResult<Option<jobject>> {
    let Some(reference) = object::unwrap(object) else {
        return Ok(None);
    };
    let env = super::environment()?;
    let local = class.local(env)?;
    let fits = env.is_instance(reference, local);
    env.delete_local(local);
    Ok(fits.then_some(reference))
}

extern "C" fn get(
    descriptor: *mut ffi::PyObject,
    object: *mut ffi::PyObject,
    _kind: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: CPython calls this for a `naja.JavaMethod`; `PyMethod_New` gives a new reference or null with an exception set.
        unsafe {
            let (method, class, of_class) = parts(descriptor);
            let on_class = object.is_null() || object == ffi::Py_None();
            if of_class || (on_class && !method.has_static) {
                ffi::Py_INCREF(descriptor);
                return Ok(descriptor);
            }
            if on_class {
                let layout = descriptor.cast::<Layout>();
                if (*layout).view.is_null() {
                    (*layout).view = make(py, class.clone(), method.clone(), true)?.into_ptr();
                }
                ffi::Py_INCREF((*layout).view);
                return Ok((*layout).view);
            }
            Ok(symbol::new_method()(descriptor, object))
        }
    })
}

extern "C" fn dealloc(object: *mut ffi::PyObject) {
    let layout = object.cast::<Layout>();
    // SAFETY: CPython calls this once, for an object that nobody refers to any more; its type is given back after the memory.
    unsafe {
        ptr::addr_of_mut!((*layout).method).drop_in_place();
        ptr::addr_of_mut!((*layout).class).drop_in_place();
        ffi::Py_XDECREF((*layout).view);
        let kind = ffi::Py_TYPE(object);
        ffi::PyObject_Free(object.cast());
        ffi::Py_DECREF(kind.cast());
    }
}

extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: CPython calls this for a `naja.JavaMethod`.
        let (method, class, _) = unsafe { parts(object) };
        let shown = format!("<java method '{}' of '{}'>", method.name, class.name);
        Ok(PyString::new(py, &shown).into_any().into_ptr())
    })
}

extern "C" fn name(object: *mut ffi::PyObject, _closure: *mut c_void) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: as above.
        let (method, _, _) = unsafe { parts(object) };
        Ok(PyString::new(py, &method.name).into_any().into_ptr())
    })
}

/// The signatures, one a line.
extern "C" fn doc(object: *mut ffi::PyObject, _closure: *mut c_void) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: as above.
        let (method, class, _) = unsafe { parts(object) };
        let signatures = super::class::ask(py, class, Upcall::Signatures, &method.name)?;
        Ok(PyString::new(py, "\n")
            .call_method1("join", (signatures,))?
            .into_ptr())
    })
}
