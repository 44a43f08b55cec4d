//! How do Java arrays and direct buffers look from Rust?

use super::{Env, JavaResult};
use jni::sys::{jarray, jobject, jobjectArray, jsize};
use naja_frame::ArrayKind;
use std::ffi::CStr;
use std::ptr;

impl Env {
    /// A Java array of objects.
    pub fn new_object_array(self, class: &CStr, objects: &[jobject]) -> JavaResult<jobjectArray> {
        let class = self.find_class(class)?;
        let array = jni!(
            self,
            NewObjectArray,
            objects.len() as jsize,
            class,
            ptr::null_mut()
        );
        self.check(())?;
        for (index, object) in objects.iter().enumerate() {
            self.set_element(array, index, *object)?;
        }
        self.delete_local(class);
        Ok(array)
    }

    /// An element of an array of objects.
    pub fn element(self, array: jobjectArray, index: u32) -> JavaResult<jobject> {
        let object = jni!(self, GetObjectArrayElement, array, index as jsize);
        self.check(object)
    }

    /// Stores an element of an array of objects.
    pub fn set_element(self, array: jobjectArray, index: usize, object: jobject) -> JavaResult<()> {
        jni!(self, SetObjectArrayElement, array, index as jsize, object);
        self.check(())
    }

    /// A `byte[]` that holds a copy of `bytes`.
    pub fn new_byte_array(self, bytes: &[u8]) -> JavaResult<jarray> {
        let length = jsize::try_from(bytes.len()).unwrap_or(jsize::MAX);
        let array = jni!(self, NewByteArray, length);
        self.check(())?;
        jni!(
            self,
            SetByteArrayRegion,
            array,
            0,
            length,
            bytes.as_ptr().cast()
        );
        self.check(array)
    }

    /// The length of a Java array.
    pub fn array_length(self, array: jarray) -> usize {
        jni!(self, GetArrayLength, array) as usize
    }

    /// Copies a `byte[]` of at least `length` bytes to `target`.
    ///
    /// # Safety
    /// `target` is valid for writes of `length` bytes.
    pub unsafe fn copy_byte_array(
        self,
        array: jarray,
        target: *mut u8,
        length: usize,
    ) -> JavaResult<()> {
        jni!(
            self,
            GetByteArrayRegion,
            array,
            0,
            length as jsize,
            target.cast()
        );
        self.check(())
    }

    /// Copies the elements of an array of primitives to `target`.
    ///
    /// # Safety
    /// The array is of that kind, and `target` is valid for writes of `length` elements.
    pub unsafe fn copy_array(
        self,
        kind: ArrayKind,
        array: jarray,
        target: *mut u8,
        length: usize,
    ) -> JavaResult<()> {
        macro_rules! copy {
            ($function:ident) => {
                jni!(self, $function, array, 0, length as jsize, target.cast())
            };
        }
        match kind {
            ArrayKind::Booleans => copy!(GetBooleanArrayRegion),
            ArrayKind::Chars => copy!(GetCharArrayRegion),
            ArrayKind::Shorts => copy!(GetShortArrayRegion),
            ArrayKind::Ints => copy!(GetIntArrayRegion),
            ArrayKind::Longs => copy!(GetLongArrayRegion),
            ArrayKind::Floats => copy!(GetFloatArrayRegion),
            ArrayKind::Doubles => copy!(GetDoubleArrayRegion),
        }
        self.check(())
    }

    /// A direct `ByteBuffer` over memory that the caller keeps alive while Java may use it.
    ///
    /// # Safety
    /// `address` is valid for `length` bytes for as long as the buffer is used.
    pub unsafe fn new_direct_buffer(self, address: *mut u8, length: usize) -> JavaResult<jobject> {
        let buffer = jni!(self, NewDirectByteBuffer, address.cast(), length as i64);
        self.check(buffer)
    }

    /// The address of a direct buffer, or 0.
    pub fn direct_address(self, buffer: jobject) -> i64 {
        jni!(self, GetDirectBufferAddress, buffer) as i64
    }
}
