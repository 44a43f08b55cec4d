//! Who may try for the GIL?
//!
//! CPython's GIL is ruinous under contention by short calls: every release signals a condition variable, every woken thread
//! finds the lock taken again. The gate is a user-space lock in front of it, so that most threads of a crowd wait here, where
//! the running thread can come back without a system call.
//!
//! The gate is advice, never a lock that correctness needs. A thread that waited for one [`PATIENCE`] without seeing the gate change hands
//! concludes that its holder runs a long call, perhaps one that has released the GIL, and goes to the GIL without the gate. So Python
//! code that releases the GIL runs in parallel, and a callback cannot deadlock. After such a surrender the next contenders
//! go straight to the GIL too ([`SKIPS`]): where calls are long, the GIL's own queue is cheap enough.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How long a thread sleeps before it looks whether the gate is moving.
const PATIENCE: Duration = Duration::from_micros(50);

/// How many contenders skip the gate after a surrender.
const SKIPS: u32 = 32;

/// While contenders sleep, the gate wakes one of them once in so many passes of the running thread. Waking costs the running
/// thread a system call and, by the contention that follows, most of its speed; sleepers look for themselves after a [`PATIENCE`].
const PASSES_PER_WAKE: u32 = 128;

/// Threads from which on there is somebody to wait for.
const CROWD: u32 = 2;

const FREE: u32 = 0;
const HELD: u32 = 1;

static STATE: AtomicU32 = AtomicU32::new(FREE);
static SLEEPERS: AtomicU32 = AtomicU32::new(0);
static PASSES: AtomicU32 = AtomicU32::new(0);
static SKIP: AtomicU32 = AtomicU32::new(0);
static THREADS: AtomicU32 = AtomicU32::new(0);

/// Whether the current thread holds the gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pass {
    /// It does and must [`leave`].
    Held,
    /// It gave up and competes for the GIL without it.
    Skipped,
}

/// Waits for the gate, or gives up on it.
#[inline(always)]
pub fn enter() -> Pass {
    if THREADS.load(Ordering::Relaxed) < CROWD {
        Pass::Skipped
    } else if try_enter() {
        Pass::Held
    } else {
        contend()
    }
}

/// A thread will come to the gate from now on.
pub fn arrive() {
    THREADS.fetch_add(1, Ordering::Relaxed);
}

/// A thread that came to the gate has ended.
pub fn depart() {
    THREADS.fetch_sub(1, Ordering::Relaxed);
}

/// Opens the gate to the next thread, after the GIL was released.
#[inline(always)]
pub fn leave(pass: Pass) {
    if pass == Pass::Held {
        STATE.store(FREE, Ordering::Release);
        if SLEEPERS.load(Ordering::Relaxed) > 0 {
            wake_in_turn();
        }
    }
}

#[inline(always)]
fn try_enter() -> bool {
    let entered = STATE
        .compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed)
        .is_ok();
    if entered {
        // Only the holder writes, so a load and a store do; contenders read it as a sign of life.
        PASSES.store(
            PASSES.load(Ordering::Relaxed).wrapping_add(1),
            Ordering::Relaxed,
        );
    }
    entered
}

#[cold]
fn contend() -> Pass {
    if SKIP.load(Ordering::Relaxed) > 0 {
        SKIP.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            left.checked_sub(1)
        })
        .ok();
        return Pass::Skipped;
    }
    loop {
        let seen = PASSES.load(Ordering::Relaxed);
        SLEEPERS.fetch_add(1, Ordering::Relaxed);
        futex_wait(&STATE, HELD, PATIENCE);
        SLEEPERS.fetch_sub(1, Ordering::Relaxed);
        if try_enter() {
            return Pass::Held;
        }
        if PASSES.load(Ordering::Relaxed) == seen {
            SKIP.store(SKIPS, Ordering::Relaxed);
            return Pass::Skipped;
        }
    }
}

#[cold]
fn wake_in_turn() {
    if PASSES.load(Ordering::Relaxed) % PASSES_PER_WAKE == 0 {
        futex_wake_one(&STATE);
    }
}

fn futex_wait(word: &AtomicU32, expected: u32, timeout: Duration) {
    let timeout = libc::timespec {
        tv_sec: 0,
        tv_nsec: timeout.subsec_nanos().into(),
    };
    // SAFETY: `word` and `timeout` outlive the call; FUTEX_WAIT only reads them.
    unsafe {
        libc::syscall(
            libc::SYS_futex,
            word.as_ptr(),
            libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG,
            expected,
            &timeout,
        );
    }
}

fn futex_wake_one(word: &AtomicU32) {
    // SAFETY: FUTEX_WAKE uses the address of `word` as a key only.
    unsafe {
        libc::syscall(
            libc::SYS_futex,
            word.as_ptr(),
            libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG,
            1,
        );
    }
}
