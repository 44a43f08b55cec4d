//! What happens when Python calls a Java method?
//!
//! The shape of the arguments finds the overload in the method's cache, or has Java choose it once; the arguments become `jvalue`s,
//! Java runs without the GIL, and the result is taken over. A call of a known shape makes no other upcall.

use super::argument::{self, Target};
use super::class::Class;
use super::locals::Locals;
use super::result::{self, Hint};
use super::shape;
use crate::failure::python_error;
use crate::java::{Env, Invocation};
use crate::jdk::Jdk;
use crate::upcalls::{self, Upcall};
use crate::{stack, text, thread};
use jni::sys::{jboolean, jmethodID, jobject, jvalue};
use pyo3::exceptions::{PyRecursionError, PyTypeError};
use pyo3::types::PyAnyMethods;
use pyo3::{ffi, Bound, PyErr, PyResult, Python};
use std::cell::UnsafeCell;
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
    pub has_static: bool,
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
