//! Who may try for the GIL?
//!
//! CPython's GIL is ruinous under contention by short calls: every release signals a condition variable, every woken thread
//! finds the lock taken again. The gate is a word in user space in front of it, so that most threads of a crowd wait here, where
//! the running thread can come back without a system call.
//!
//! The gate belongs to the thread that passed it last, which passes it again by plain loads and stores: an atomic exchange would cost a
//! twentieth of a short call. Another takes it over while its owner is outside, or asks for it and is given it as the owner leaves.
//!
//! Nobody wakes who waits: threads nap, then ask the owner for the gate, because a wake-up costs the running thread more than many
//! short calls, and the change of hands that follows costs more still. While calls are so short that more than one passes in a
//! microsecond, naps grow, and the running thread's turns with them, to [`LONGEST_NAP`].
//!
//! The gate is advice, never a lock that correctness needs: two threads that believe to own it meet at the GIL. A thread that saw nobody
//! pass during a nap concludes that the gate's owner runs a long call, perhaps one that has released the GIL, and goes to the GIL without
//! the gate. So Python code that releases the GIL runs in parallel, and a callback cannot deadlock. After such a surrender the next
//! contenders go straight to the GIL too ([`SKIPS`]): where calls are long, the GIL's own queue is cheap enough.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

/// How long a thread sleeps, in microseconds, before it asks for the gate.
const NAP: u32 = 50;

/// How long it sleeps when calls are short, in microseconds.
const LONGEST_NAP: u32 = 1000;

/// How often a thread that asks for the gate looks whether it is given: about a microsecond.
const GLANCES: u32 = 32;

/// How many contenders skip the gate after a surrender.
const SKIPS: u32 = 32;

/// In `asking`: nobody does.
const NOBODY: usize = 0;

/// What the owner reads and writes in each call, in a cache line of its own.
#[repr(align(64))]
struct Gate {
    owner: AtomicUsize,
    asking: AtomicUsize,
    inside: AtomicBool,
    passes: AtomicU32,
}

static GATE: Gate = Gate {
    owner: AtomicUsize::new(NOBODY),
    asking: AtomicUsize::new(NOBODY),
    inside: AtomicBool::new(false),
    passes: AtomicU32::new(0),
};
static NEXT_NAP: AtomicU32 = AtomicU32::new(NAP);
static SKIP: AtomicU32 = AtomicU32::new(0);

/// Whether the current thread holds the gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pass {
    /// It does and must [`leave`].
    Held,
    /// It gave up and competes for the GIL without it.
    Skipped,
}

/// Waits for the gate, or gives up on it. `me` is a number of this thread's that is not zero.
#[inline(always)]
pub fn enter(me: usize) -> Pass {
    if GATE.owner.load(Ordering::Relaxed) == me {
        GATE.pass()
    } else {
        contend(me)
    }
}

/// Opens the gate to the next thread, after the GIL was released.
#[inline(always)]
pub fn leave(pass: Pass) {
    if pass == Pass::Skipped {
        return;
    }
    if GATE.asking.load(Ordering::Relaxed) == NOBODY {
        GATE.inside.store(false, Ordering::Release);
    } else {
        hand_over();
    }
}

/// Gives the gate to who asks for it. It stays held meanwhile, so that nobody else takes it over.
#[cold]
fn hand_over() {
    match GATE.asking.swap(NOBODY, Ordering::AcqRel) {
        NOBODY => GATE.inside.store(false, Ordering::Release),
        next => GATE.owner.store(next, Ordering::Release),
    }
}

#[cold]
fn contend(me: usize) -> Pass {
    if take_over(me) {
        return GATE.pass();
    }
    if SKIP.load(Ordering::Relaxed) > 0 {
        SKIP.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            left.checked_sub(1)
        })
        .ok();
        return Pass::Skipped;
    }
    loop {
        let passes = nap();
        if ask(me) || take_over(me) {
            return GATE.pass();
        }
        if passes == 0 {
            SKIP.store(SKIPS, Ordering::Relaxed);
            return Pass::Skipped;
        }
    }
}

impl Gate {
    #[inline(always)]
    fn pass(&self) -> Pass {
        self.inside.store(true, Ordering::Relaxed);
        // Only the owner writes, so a load and a store do; contenders read it as a sign of life.
        self.passes.store(
            self.passes.load(Ordering::Relaxed).wrapping_add(1),
            Ordering::Relaxed,
        );
        Pass::Held
    }
}

/// Takes the gate from an owner that is outside.
fn take_over(me: usize) -> bool {
    let owner = GATE.owner.load(Ordering::Relaxed);
    !GATE.inside.load(Ordering::Acquire)
        && GATE
            .owner
            .compare_exchange(owner, me, Ordering::AcqRel, Ordering::Relaxed)
            .is_ok()
}

/// Asks the owner for the gate, unless another thread does, and waits for a moment until it leaves.
fn ask(me: usize) -> bool {
    let asks = GATE
        .asking
        .compare_exchange(NOBODY, me, Ordering::AcqRel, Ordering::Relaxed);
    if asks.is_err() {
        return false;
    }
    let passes = GATE.passes.load(Ordering::Relaxed);
    for _ in 0..GLANCES {
        std::hint::spin_loop();
        if GATE.asking.load(Ordering::Acquire) != me {
            return true;
        }
    }
    if GATE.inside.load(Ordering::Relaxed) && GATE.passes.load(Ordering::Relaxed) == passes {
        // The owner may wait for this very processor: then it leaves while this thread stands back.
        std::thread::yield_now();
    }
    GATE.asking
        .compare_exchange(me, NOBODY, Ordering::AcqRel, Ordering::Acquire)
        .is_err()
}

/// Sleeps and says how many passed meanwhile.
fn nap() -> u32 {
    let before = GATE.passes.load(Ordering::Relaxed);
    let micros = NEXT_NAP.load(Ordering::Relaxed);
    std::thread::sleep(Duration::from_micros(micros.into()));
    let passes = GATE.passes.load(Ordering::Relaxed).wrapping_sub(before);
    let next = if passes > micros {
        LONGEST_NAP.min(2 * micros)
    } else {
        NAP
    };
    NEXT_NAP.store(next, Ordering::Relaxed);
    passes
}
