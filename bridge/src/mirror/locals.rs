//! Who deletes the local references of a call?

use crate::java::Env;
use jni::sys::jobject;
use std::ptr;

/// Local references up to which no memory is needed.
const FEW: usize = 8;

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
