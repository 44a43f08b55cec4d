//! Who may try for the GIL?
//!
//! CPython's GIL is ruinous under contention by short calls: every release signals a condition variable, every woken thread
//! finds the lock taken again. The gate is a user-space flag in front of it, so that most threads of a crowd wait here, where
//! the running thread can come back without a system call.
//!
//! Nobody wakes who waits: threads nap and look for themselves, because a wake-up costs the running thread more than many
//! short calls, and the change of hands that follows costs more still. While calls are so short that more than one passes in a
//! microsecond, naps grow, and the running thread's turns with them, to [`LONGEST_NAP`].
//!
//! The gate is advice, never a lock that correctness needs. A thread that saw nobody pass during a nap concludes that the
//! gate's holder runs a long call, perhaps one that has released the GIL, and goes to the GIL without the gate. So Python
//! code that releases the GIL runs in parallel, and a callback cannot deadlock. After such a surrender the next contenders
//! go straight to the GIL too ([`SKIPS`]): where calls are long, the GIL's own queue is cheap enough.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// How long a thread sleeps, in microseconds, before it looks whether the gate is open or moving.
const NAP: u32 = 50;

/// How long it sleeps when calls are short, in microseconds.
const LONGEST_NAP: u32 = 1000;

/// How often a thread that has slept looks for a gap between the running thread's calls: about a microsecond.
const GLANCES: u32 = 32;

/// How many contenders skip the gate after a surrender.
const SKIPS: u32 = 32;

/// Threads from which on there is somebody to wait for.
const CROWD: u32 = 2;

static HELD: AtomicBool = AtomicBool::new(false);
static PASSES: AtomicU32 = AtomicU32::new(0);
static NEXT_NAP: AtomicU32 = AtomicU32::new(NAP);
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
        HELD.store(false, Ordering::Release);
    }
}

#[inline(always)]
fn try_enter() -> bool {
    let entered = HELD
        .compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed)
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
        let passes = nap();
        if (0..GLANCES).any(|_| glance()) {
            return Pass::Held;
        }
        if passes == 0 {
            SKIP.store(SKIPS, Ordering::Relaxed);
            return Pass::Skipped;
        }
    }
}

/// Enters if the gate is open at this moment.
fn glance() -> bool {
    std::hint::spin_loop();
    !HELD.load(Ordering::Relaxed) && try_enter()
}

/// Sleeps and says how many passed meanwhile.
fn nap() -> u32 {
    let before = PASSES.load(Ordering::Relaxed);
    let micros = NEXT_NAP.load(Ordering::Relaxed);
    std::thread::sleep(Duration::from_micros(micros.into()));
    let passes = PASSES.load(Ordering::Relaxed).wrapping_sub(before);
    let next = if passes > micros {
        LONGEST_NAP.min(2 * micros)
    } else {
        NAP
    };
    NEXT_NAP.store(next, Ordering::Relaxed);
    passes
}
