//! How does CPython start?
//!
//! On a thread of its own with a large stack, which Python takes for its main thread; afterwards that thread is the
//! [keeper](crate::keeper). The interpreter's own executable is `program_name`, so that CPython's path configuration finds the virtual
//! environment as it would for that executable. Nothing of the process is changed: no environment variable, no locale, no
//! signal handler, no standard stream.
//!
//! Up to CPython 3.13 this takes `PyConfig` (PEP 587), whose layout is fixed within a minor version only: [`LAYOUTS`]. From 3.14 on
//! there is an interface without a layout (PEP 741).

use crate::failure::Failure;
use crate::{exit, half, host, keeper, symbol, thread};
use libc::{c_char, c_int, c_void, wchar_t};
use pyo3::ffi;
use pyo3::types::PyAnyMethods;
use pyo3::Python;
use std::ffi::{CStr, CString};
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{mpsc, Mutex, PoisonError};

/// Stack of Python's main thread.
const STACK: usize = 16 << 20;

/// Where the fields of `PyConfig` lie, in bytes: `Include/cpython/initconfig.h` of each version on 64-bit Linux.
struct Layout {
    minor: i32,
    program_name: usize,
    user_site_directory: usize,
    parse_argv: usize,
    pathconfig_warnings: usize,
    configure_c_stdio: usize,
}

const USE_ENVIRONMENT: usize = 8;
const INSTALL_SIGNAL_HANDLERS: usize = 16;

const LAYOUTS: [Layout; 5] = [
    Layout {
        minor: 9,
        program_name: 112,
        user_site_directory: 188,
        parse_argv: 88,
        pathconfig_warnings: 224,
        configure_c_stdio: 192,
    },
    Layout {
        minor: 10,
        program_name: 240,
        user_site_directory: 192,
        parse_argv: 80,
        pathconfig_warnings: 232,
        configure_c_stdio: 196,
    },
    Layout {
        minor: 11,
        program_name: 264,
        user_site_directory: 208,
        parse_argv: 96,
        pathconfig_warnings: 256,
        configure_c_stdio: 212,
    },
    Layout {
        minor: 12,
        program_name: 272,
        user_site_directory: 216,
        parse_argv: 104,
        pathconfig_warnings: 268,
        configure_c_stdio: 220,
    },
    Layout {
        minor: 13,
        program_name: 280,
        user_site_directory: 216,
        parse_argv: 104,
        pathconfig_warnings: 272,
        configure_c_stdio: 220,
    },
];

/// Larger than `PyConfig` of every version in [`LAYOUTS`] (448 bytes at most).
const CONFIG_SIZE: usize = 1024;

/// `PyStatus`, the same in every version.
#[repr(C)]
struct Status {
    kind: c_int,
    function: *const c_char,
    message: *const c_char,
    exit_code: c_int,
}

/// `PyPreConfig`, the same in every version on Linux.
#[repr(C)]
#[derive(Default)]
struct PreConfig {
    config_init: c_int,
    parse_argv: c_int,
    isolated: c_int,
    use_environment: c_int,
    configure_locale: c_int,
    coerce_c_locale: c_int,
    coerce_c_locale_warn: c_int,
    utf8_mode: c_int,
    dev_mode: c_int,
    allocator: c_int,
}

static STARTED: Mutex<bool> = Mutex::new(false);
static JOINED: AtomicBool = AtomicBool::new(false);

/// Starts CPython, or joins the one that another class loader's bridge has started.
pub fn start(executable: &[u16], minor: i32) -> Result<(), Failure> {
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    if *started {
        return Ok(());
    }
    symbol::look_up();
    if !symbol::complete() {
        return Err(Failure::start(
            "libpython lacks functions that every CPython has; is it another implementation?",
        ));
    }
    // SAFETY: may be called before CPython is started.
    let joins = unsafe { ffi::Py_IsInitialized() } != 0;
    let executable = executable.to_vec();
    let (sender, receiver) = mpsc::channel();
    let spawned = std::thread::Builder::new()
        .name("naja".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            let outcome = if joins {
                Ok(())
            } else {
                initialize(&executable, minor)
            };
            let ready = outcome.is_ok();
            let _ = sender.send(outcome);
            if ready {
                keeper::keep();
            }
        });
    if let Err(error) = spawned {
        return Err(Failure::start(&format!(
            "no thread for CPython could be started: {error}"
        )));
    }
    match receiver.recv() {
        Ok(Ok(())) => {}
        Ok(Err(message)) => return Err(Failure::start(&message)),
        Err(_) => {
            return Err(Failure::start(
                "the thread that starts CPython ended before it was done",
            ))
        }
    }
    JOINED.store(joins, Ordering::Release);
    if !joins {
        exit::watch();
    }
    let attached = thread::attach();
    let py = attached.python();
    half::install(py).map_err(|error| Failure::of(py, error))?;
    *started = true;
    Ok(())
}

/// Lets others answer for this library, and the keeper's thread end, unless it is Python's main thread, which others still need.
pub fn unload() {
    host::unload();
    if JOINED.load(Ordering::Acquire) {
        keeper::stop();
    }
}

/// Runs on the thread that becomes Python's main thread.
fn initialize(executable: &[u16], minor: i32) -> Result<(), String> {
    let executable: Vec<u32> = char::decode_utf16(executable.iter().copied())
        .map(|unit| unit.map_or_else(|lone| lone.unpaired_surrogate().into(), u32::from))
        .collect();
    match LAYOUTS.iter().find(|layout| layout.minor == minor) {
        Some(layout) => initialize_by_layout(&executable, layout)?,
        None => initialize_by_name(&executable)?,
    }
    // SAFETY: CPython has just been started on this thread, which holds the GIL until it gives it up here.
    let py = unsafe { Python::assume_attached() };
    let limit = py
        .import("sys")
        .and_then(|sys| sys.call_method0("getrecursionlimit")?.extract::<i32>());
    thread::configure(minor as u8, limit.unwrap_or(0));
    // `threading` takes the thread that imports it first for the main thread.
    let imported = py
        .import("threading")
        .map(drop)
        .map_err(|error| error.to_string());
    thread::adopt_main();
    imported
}

macro_rules! function {
    ($name:literal, $type:ty) => {{
        let address = symbol::find($name);
        if address.is_null() {
            return Err(format!("libpython lacks {}", $name.to_string_lossy()));
        }
        // SAFETY: CPython's headers give the function of this name this type.
        unsafe { mem::transmute::<*mut c_void, $type>(address) }
    }};
}

fn initialize_by_layout(executable: &[u32], layout: &Layout) -> Result<(), String> {
    let init_preconfig = function!(
        c"PyPreConfig_InitPythonConfig",
        unsafe extern "C" fn(*mut PreConfig)
    );
    let preinitialize = function!(
        c"Py_PreInitialize",
        unsafe extern "C" fn(*const PreConfig) -> Status
    );
    let init_config = function!(c"PyConfig_InitPythonConfig", unsafe extern "C" fn(*mut u8));
    let set_string = function!(
        c"PyConfig_SetString",
        unsafe extern "C" fn(*mut u8, *mut *mut wchar_t, *const wchar_t) -> Status
    );
    let initialize = function!(
        c"Py_InitializeFromConfig",
        unsafe extern "C" fn(*const u8) -> Status
    );
    let clear = function!(c"PyConfig_Clear", unsafe extern "C" fn(*mut u8));

    let mut preconfig = PreConfig::default();
    // SAFETY: CPython fills and reads the structure, whose layout does not change.
    unsafe {
        init_preconfig(&mut preconfig);
        preconfig.parse_argv = 0;
        preconfig.use_environment = 0;
        preconfig.configure_locale = 0;
        preconfig.coerce_c_locale = 0;
        checked(preinitialize(&preconfig))?;
    }

    let mut program: Vec<wchar_t> = executable.iter().map(|&unit| unit as wchar_t).collect();
    program.push(0);
    // `u64` for the alignment of the pointers in the structure.
    let mut memory = [0_u64; CONFIG_SIZE / 8];
    let config: *mut u8 = memory.as_mut_ptr().cast();
    // SAFETY: the memory is large enough for every version's `PyConfig`, and the offsets are those of the version that
    // `layout` was found by. CPython copies the string.
    unsafe {
        init_config(config);
        let number = |offset: usize, value: c_int| config.add(offset).cast::<c_int>().write(value);
        number(USE_ENVIRONMENT, 0);
        number(INSTALL_SIGNAL_HANDLERS, 0);
        number(layout.user_site_directory, 1);
        number(layout.parse_argv, 0);
        number(layout.pathconfig_warnings, 0);
        number(layout.configure_c_stdio, 0);
        let set = set_string(
            config,
            config.add(layout.program_name).cast(),
            program.as_ptr(),
        );
        let outcome = checked(set).and_then(|()| checked(initialize(config)));
        clear(config);
        outcome
    }
}

fn checked(status: Status) -> Result<(), String> {
    if status.kind == 0 {
        return Ok(());
    }
    let text = |pointer: *const c_char| {
        if pointer.is_null() {
            return None;
        }
        // SAFETY: CPython's status points to static, NUL-terminated text.
        Some(
            unsafe { CStr::from_ptr(pointer) }
                .to_string_lossy()
                .into_owned(),
        )
    };
    Err(match (text(status.function), text(status.message)) {
        (Some(function), Some(message)) => format!("CPython did not start: {function}: {message}"),
        (None, Some(message)) => format!("CPython did not start: {message}"),
        _ => format!(
            "CPython did not start: it asked to exit with status {}",
            status.exit_code
        ),
    })
}

/// Whether no locale was chosen. Like `python`, naja then takes UTF-8 for file names and streams; PEP 741 cannot leave that to CPython.
fn locale_is_c() -> bool {
    // SAFETY: without a new locale this only asks; the answer is a C string that stays until the locale is changed.
    let locale = unsafe { libc::setlocale(libc::LC_CTYPE, std::ptr::null()) };
    // SAFETY: as above; it is read at once.
    !locale.is_null() && [c"C", c"POSIX"].contains(&unsafe { CStr::from_ptr(locale) })
}

/// PEP 741, CPython 3.14 and newer: options by name.
fn initialize_by_name(executable: &[u32]) -> Result<(), String> {
    let create = function!(
        c"PyInitConfig_Create",
        unsafe extern "C" fn() -> *mut c_void
    );
    let release = function!(c"PyInitConfig_Free", unsafe extern "C" fn(*mut c_void));
    let set_int = function!(
        c"PyInitConfig_SetInt",
        unsafe extern "C" fn(*mut c_void, *const c_char, i64) -> c_int
    );
    let set_str = function!(
        c"PyInitConfig_SetStr",
        unsafe extern "C" fn(*mut c_void, *const c_char, *const c_char) -> c_int
    );
    let get_error = function!(
        c"PyInitConfig_GetError",
        unsafe extern "C" fn(*mut c_void, *mut *const c_char) -> c_int
    );
    let initialize = function!(
        c"Py_InitializeFromInitConfig",
        unsafe extern "C" fn(*mut c_void) -> c_int
    );

    let program: String = executable
        .iter()
        .map(|&unit| char::from_u32(unit).unwrap_or('\u{fffd}'))
        .collect();
    let program =
        CString::new(program).map_err(|_| "the executable's path holds a NUL".to_owned())?;
    // What is not named here is as in an isolated Python, which is where CPython begins.
    let numbers: [(&CStr, i64); 10] = [
        (c"isolated", 0),
        (c"use_environment", 0),
        (c"install_signal_handlers", 0),
        (c"user_site_directory", 1),
        (c"safe_path", 0),
        (c"parse_argv", 0),
        (c"configure_c_stdio", 0),
        (c"configure_locale", 0),
        (c"coerce_c_locale", 0),
        (c"utf8_mode", locale_is_c().into()),
    ];
    // SAFETY: the functions have the types that PEP 741 gives them; the configuration lives until it is freed below, and
    // the strings are copied.
    unsafe {
        let config = create();
        if config.is_null() {
            return Err("CPython did not start: no memory for its configuration".to_owned());
        }
        let failed = numbers
            .iter()
            .any(|(name, value)| set_int(config, name.as_ptr(), *value) != 0)
            || set_str(config, c"program_name".as_ptr(), program.as_ptr()) != 0
            || initialize(config) != 0;
        let mut message = std::ptr::null();
        let outcome = if !failed {
            Ok(())
        } else if get_error(config, &mut message) == 1 && !message.is_null() {
            let message = CStr::from_ptr(message).to_string_lossy();
            Err(format!("CPython did not start: {message}"))
        } else {
            Err("CPython did not start and did not say why".to_owned())
        };
        release(config);
        outcome
    }
}
