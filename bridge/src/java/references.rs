//! Which Java objects does Rust keep, and for how long?
//!
//! Local references die when the native method returns to Java; [`Global`] and [`Weak`] own theirs.

use super::Env;
use jni::sys::{jobject, jsize, jweak, JNI_OK};

impl Env {
    /// Whether two references name the same object.
    pub fn is_same(self, one: jobject, other: jobject) -> bool {
        jni!(self, IsSameObject, one, other)
    }

    /// A new local reference; null when `object` is null or a weak reference whose object is gone.
    pub fn new_local(self, object: jobject) -> jobject {
        jni!(self, NewLocalRef, object)
    }

    /// Tells the JVM that many local references are to come, for whoever collects them: to be called before each one, with their number.
    #[inline]
    pub fn announce_locals(self, held: usize) {
        const FREE: usize = 16;
        if held >= FREE
            && held.is_power_of_two()
            && jni!(self, EnsureLocalCapacity, 4 * held as jsize) != JNI_OK
        {
            // They are there all the same; only `-Xcheck:jni` wants to know.
            jni!(self, ExceptionClear);
        }
    }

    /// Drops a local reference before its native method returns.
    pub fn delete_local(self, object: jobject) {
        jni!(self, DeleteLocalRef, object);
    }

    fn new_global(self, object: jobject) -> jobject {
        jni!(self, NewGlobalRef, object)
    }

    fn new_weak_global(self, object: jobject) -> jweak {
        jni!(self, NewWeakGlobalRef, object)
    }
}

/// A global reference, deleted when dropped.
pub struct Global(jobject);

// SAFETY: global references may be used and deleted on any thread.
unsafe impl Send for Global {}
// SAFETY: as above; the reference itself is never changed.
unsafe impl Sync for Global {}

impl Global {
    /// A global reference to what `object` refers to.
    pub fn new(env: Env, object: jobject) -> Global {
        Global(env.new_global(object))
    }

    /// The reference, valid while `self` lives.
    pub fn as_raw(&self) -> jobject {
        self.0
    }
}

impl Drop for Global {
    fn drop(&mut self) {
        if let Some(env) = Env::current() {
            jni!(env, DeleteGlobalRef, self.0);
        }
    }
}

/// A weak global reference, deleted when dropped: it does not keep its object alive.
pub struct Weak(jweak);

// SAFETY: weak global references may be used and deleted on any thread.
unsafe impl Send for Weak {}
// SAFETY: as above; the reference itself is never changed.
unsafe impl Sync for Weak {}

impl Weak {
    /// A weak global reference to what `object` refers to.
    pub fn new(env: Env, object: jobject) -> Weak {
        Weak(env.new_weak_global(object))
    }

    /// Whether it refers to `object`, which is not null.
    pub fn is(&self, env: Env, object: jobject) -> bool {
        env.is_same(self.0, object)
    }

    /// A new local reference to the object, or null when it is gone.
    pub fn upgrade(&self, env: Env) -> jobject {
        env.new_local(self.0)
    }
}

impl Drop for Weak {
    fn drop(&mut self) {
        if let Some(env) = Env::current() {
            jni!(env, DeleteWeakGlobalRef, self.0);
        }
    }
}
