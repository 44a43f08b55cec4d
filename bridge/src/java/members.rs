//! How are methods and fields found by reflection, called, read and written by Rust?

use super::{Env, JavaResult};
use jni::sys::{jclass, jfieldID, jmethodID, jobject, jvalue};
use std::ffi::CStr;

/// How a method is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invocation {
    /// On an object.
    Instance,
    /// On a class.
    Static,
    /// On a class, of which it makes an instance.
    Constructor,
}

impl Env {
    /// The id behind a `java.lang.reflect.Method` or `Constructor`, whose class is initialized for it.
    pub fn reflected_method(self, member: jobject) -> JavaResult<jmethodID> {
        let method = jni!(self, FromReflectedMethod, member);
        self.check(method)
    }

    /// The id of a field of a class, which is initialized for it.
    pub fn field(
        self,
        is_static: bool,
        class: jclass,
        name: &CStr,
        descriptor: &CStr,
    ) -> JavaResult<jfieldID> {
        let (name, descriptor) = (name.as_ptr(), descriptor.as_ptr());
        let field = if is_static {
            jni!(self, GetStaticFieldID, class, name, descriptor)
        } else {
            jni!(self, GetFieldID, class, name, descriptor)
        };
        self.check(field)
    }

    /// The `java.lang.reflect.Method` or `Constructor` of an id.
    pub fn to_reflected(
        self,
        class: jclass,
        method: jmethodID,
        is_static: bool,
    ) -> JavaResult<jobject> {
        let member = jni!(self, ToReflectedMethod, class, method, is_static);
        self.check(member)
    }

    /// Calls `method` of `receiver`, an object or a class as `kind` says, whose result is of the type that the descriptor's first
    /// character `result` names.
    ///
    /// # Safety
    /// The method belongs to the receiver's class, takes arguments of these types and has a result of that type.
    #[inline]
    pub unsafe fn invoke(
        self,
        kind: Invocation,
        receiver: jobject,
        method: jmethodID,
        arguments: *const jvalue,
        result: u8,
    ) -> JavaResult<jvalue> {
        macro_rules! call {
            ($instance:ident, $static:ident) => {
                match kind {
                    Invocation::Instance => jni!(self, $instance, receiver, method, arguments),
                    _ => jni!(self, $static, receiver, method, arguments),
                }
            };
        }
        let value = match (kind, result) {
            (Invocation::Constructor, _) => jvalue {
                l: jni!(self, NewObjectA, receiver, method, arguments),
            },
            (_, b'V') => {
                call!(CallVoidMethodA, CallStaticVoidMethodA);
                jvalue { j: 0 }
            }
            (_, b'Z') => jvalue {
                z: call!(CallBooleanMethodA, CallStaticBooleanMethodA),
            },
            (_, b'B') => jvalue {
                b: call!(CallByteMethodA, CallStaticByteMethodA),
            },
            (_, b'S') => jvalue {
                s: call!(CallShortMethodA, CallStaticShortMethodA),
            },
            (_, b'C') => jvalue {
                c: call!(CallCharMethodA, CallStaticCharMethodA),
            },
            (_, b'I') => jvalue {
                i: call!(CallIntMethodA, CallStaticIntMethodA),
            },
            (_, b'J') => jvalue {
                j: call!(CallLongMethodA, CallStaticLongMethodA),
            },
            (_, b'F') => jvalue {
                f: call!(CallFloatMethodA, CallStaticFloatMethodA),
            },
            (_, b'D') => jvalue {
                d: call!(CallDoubleMethodA, CallStaticDoubleMethodA),
            },
            _ => jvalue {
                l: call!(CallObjectMethodA, CallStaticObjectMethodA),
            },
        };
        self.check(value)
    }

    /// Reads a field of `holder`, an object or, for a static field, a class; `kind` is the first character of its descriptor.
    ///
    /// # Safety
    /// The field belongs to the holder and is of that type.
    pub unsafe fn read(
        self,
        is_static: bool,
        holder: jobject,
        field: jfieldID,
        kind: u8,
    ) -> JavaResult<jvalue> {
        macro_rules! get {
            ($instance:ident, $static:ident) => {
                if is_static {
                    jni!(self, $static, holder, field)
                } else {
                    jni!(self, $instance, holder, field)
                }
            };
        }
        let value = match kind {
            b'Z' => jvalue {
                z: get!(GetBooleanField, GetStaticBooleanField),
            },
            b'B' => jvalue {
                b: get!(GetByteField, GetStaticByteField),
            },
            b'S' => jvalue {
                s: get!(GetShortField, GetStaticShortField),
            },
            b'C' => jvalue {
                c: get!(GetCharField, GetStaticCharField),
            },
            b'I' => jvalue {
                i: get!(GetIntField, GetStaticIntField),
            },
            b'J' => jvalue {
                j: get!(GetLongField, GetStaticLongField),
            },
            b'F' => jvalue {
                f: get!(GetFloatField, GetStaticFloatField),
            },
            b'D' => jvalue {
                d: get!(GetDoubleField, GetStaticDoubleField),
            },
            _ => jvalue {
                l: get!(GetObjectField, GetStaticObjectField),
            },
        };
        self.check(value)
    }

    /// Writes a field; see [`read`](Env::read).
    ///
    /// # Safety
    /// The field belongs to the holder, and both it and the value are of that type.
    pub unsafe fn write(
        self,
        is_static: bool,
        holder: jobject,
        field: jfieldID,
        kind: u8,
        value: jvalue,
    ) {
        macro_rules! set {
            ($instance:ident, $static:ident, $member:ident) => {{
                // SAFETY: the caller says that this member is the one that is set.
                let value = unsafe { value.$member };
                if is_static {
                    jni!(self, $static, holder, field, value)
                } else {
                    jni!(self, $instance, holder, field, value)
                }
            }};
        }
        match kind {
            b'Z' => set!(SetBooleanField, SetStaticBooleanField, z),
            b'B' => set!(SetByteField, SetStaticByteField, b),
            b'S' => set!(SetShortField, SetStaticShortField, s),
            b'C' => set!(SetCharField, SetStaticCharField, c),
            b'I' => set!(SetIntField, SetStaticIntField, i),
            b'J' => set!(SetLongField, SetStaticLongField, j),
            b'F' => set!(SetFloatField, SetStaticFloatField, f),
            b'D' => set!(SetDoubleField, SetStaticDoubleField, d),
            _ => set!(SetObjectField, SetStaticObjectField, l),
        }
    }

    /// The `java.lang.reflect.Field` of an id.
    pub fn to_reflected_field(
        self,
        class: jclass,
        field: jfieldID,
        is_static: bool,
    ) -> JavaResult<jobject> {
        let field = jni!(self, ToReflectedField, class, field, is_static);
        self.check(field)
    }
}
