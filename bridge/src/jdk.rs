//! Which classes and methods of the JDK does the bridge use itself?

use crate::java::{Env, Global, Invocation, JavaResult, Pending};
use crate::jvmti;
use jni::sys::{jfieldID, jint, jmethodID, jobject, jvalue};
use once_cell::sync::OnceCell;
use std::ffi::CStr;

/// Classes that are never unloaded, and their members.
pub struct Jdk {
    system: Global,
    identity_hash: jmethodID,
    boxes: Vec<Box>,
    small_longs: Small,
    small_ints: Small,
    booleans: Small,
    big_integer: Global,
    field_name: jmethodID,
    field_type: jmethodID,
    field_modifiers: jmethodID,
    class_name: jmethodID,
    /// `java.lang.String`.
    pub string: Global,
    out: jfieldID,
    err: jfieldID,
    print: jmethodID,
    write: jmethodID,
    flush: jmethodID,
    /// `Object.toString`.
    pub to_string: jmethodID,
    /// `Object.equals`.
    pub equals: jmethodID,
    /// `Object.hashCode`.
    pub hash_code: jmethodID,
}

// SAFETY: ids of classes that are never unloaded may be used on any thread.
unsafe impl Send for Jdk {}
// SAFETY: as above; never changed after it is made.
unsafe impl Sync for Jdk {}

/// A value of a class that Python has an exact equal of.
pub enum Scalar {
    /// A `String`.
    Text,
    /// A `BigInteger`.
    BigInteger,
    /// A box: the first character of the primitive type's descriptor, and the value.
    Primitive(u8, jvalue),
}

/// A class of boxes.
struct Box {
    class: Global,
    kind: u8,
    value_of: jmethodID,
    value: jfieldID,
}

/// The boxes, in the order of how common they are.
const BOXES: [(u8, &CStr, &CStr, &CStr); 8] = [
    (b'J', c"java/lang/Long", c"(J)Ljava/lang/Long;", c"J"),
    (b'D', c"java/lang/Double", c"(D)Ljava/lang/Double;", c"D"),
    (b'I', c"java/lang/Integer", c"(I)Ljava/lang/Integer;", c"I"),
    (b'Z', c"java/lang/Boolean", c"(Z)Ljava/lang/Boolean;", c"Z"),
    (b'F', c"java/lang/Float", c"(F)Ljava/lang/Float;", c"F"),
    (
        b'C',
        c"java/lang/Character",
        c"(C)Ljava/lang/Character;",
        c"C",
    ),
    (b'S', c"java/lang/Short", c"(S)Ljava/lang/Short;", c"S"),
    (b'B', c"java/lang/Byte", c"(B)Ljava/lang/Byte;", c"B"),
];

/// Boxes of small numbers, from [`SMALLEST`] on, as far as they have been asked for.
type Small = Vec<OnceCell<Global>>;

/// The boxes of these numbers are always the same objects (Java Language Specification, 5.1.7).
const SMALLEST: i64 = -128;
const LARGEST: i64 = 127;

fn small() -> Small {
    (SMALLEST..=LARGEST).map(|_| OnceCell::new()).collect()
}

fn boxes(env: Env) -> JavaResult<Vec<Box>> {
    BOXES
        .iter()
        .map(|(kind, name, value_of, descriptor)| {
            let class = env.find_class(name)?;
            Ok(Box {
                kind: *kind,
                value_of: env.static_method(class, c"valueOf", value_of)?,
                value: env.field(false, class, c"value", descriptor)?,
                class: Global::new(env, class),
            })
        })
        .collect()
}

static JDK: OnceCell<Jdk> = OnceCell::new();

/// The standard stream that Python text goes to.
#[derive(Clone, Copy)]
pub enum Stream {
    /// `System.out`, as it is at the time of the call.
    Out,
    /// `System.err`, as it is at the time of the call.
    Err,
}

impl Jdk {
    /// The ids, looked up at the first call.
    pub fn get(env: Env) -> JavaResult<&'static Jdk> {
        JDK.get_or_try_init(|| {
            let system = env.find_class(c"java/lang/System")?;
            let stream = env.find_class(c"java/io/PrintStream")?;
            let object = env.find_class(c"java/lang/Object")?;
            let field = env.find_class(c"java/lang/reflect/Field")?;
            let class = env.find_class(c"java/lang/Class")?;
            let big_integer = env.find_class(c"java/math/BigInteger")?;
            Ok(Jdk {
                out: env.static_field(system, c"out", c"Ljava/io/PrintStream;")?,
                err: env.static_field(system, c"err", c"Ljava/io/PrintStream;")?,
                identity_hash: env.static_method(
                    system,
                    c"identityHashCode",
                    c"(Ljava/lang/Object;)I",
                )?,
                boxes: boxes(env)?,
                small_longs: small(),
                small_ints: small(),
                booleans: small(),
                big_integer: Global::new(env, big_integer),
                field_name: env.method(field, c"getName", c"()Ljava/lang/String;")?,
                field_type: env.method(field, c"getType", c"()Ljava/lang/Class;")?,
                field_modifiers: env.method(field, c"getModifiers", c"()I")?,
                class_name: env.method(class, c"getName", c"()Ljava/lang/String;")?,
                string: Global::new(env, env.find_class(c"java/lang/String")?),
                system: Global::new(env, system),
                print: env.method(stream, c"print", c"(Ljava/lang/String;)V")?,
                write: env.method(stream, c"write", c"([BII)V")?,
                flush: env.method(stream, c"flush", c"()V")?,
                to_string: env.method(object, c"toString", c"()Ljava/lang/String;")?,
                equals: env.method(object, c"equals", c"(Ljava/lang/Object;)Z")?,
                hash_code: env.method(object, c"hashCode", c"()I")?,
            })
        })
    }

    /// `System.identityHashCode(object)`.
    pub fn identity_hash(&self, env: Env, object: jobject) -> JavaResult<jint> {
        if let Some(hash) = jvmti::get().and_then(|interface| interface.identity_hash(object)) {
            return Ok(hash);
        }
        let arguments = [jvalue { l: object }];
        // SAFETY: the method takes an object and returns an `int`.
        unsafe {
            env.invoke(
                Invocation::Static,
                self.system.as_raw(),
                self.identity_hash,
                arguments.as_ptr(),
                b'I',
            )
            .map(|value| value.i)
        }
    }

    /// The value of an object of one of the classes of [`Scalar`].
    pub fn scalar(&self, env: Env, object: jobject) -> Option<Scalar> {
        if object.is_null() {
            return None;
        }
        let class = env.class_of(object);
        let found = self.scalar_of(env, object, class);
        env.delete_local(class);
        found
    }

    /// The same where the object's class is known.
    pub fn scalar_of(&self, env: Env, object: jobject, class: jobject) -> Option<Scalar> {
        if env.is_same(class, self.string.as_raw()) {
            return Some(Scalar::Text);
        }
        let of_box = self
            .boxes
            .iter()
            .find(|each| env.is_same(class, each.class.as_raw()));
        match of_box {
            // SAFETY: the object is of the box's class, whose field is of the primitive type.
            Some(each) => unsafe {
                env.read(false, object, each.value, each.kind)
                    .ok()
                    .map(|value| Scalar::Primitive(each.kind, value))
            },
            None => env
                .is_same(class, self.big_integer.as_raw())
                .then_some(Scalar::BigInteger),
        }
    }

    /// The box of a primitive value, if `valueOf` always gives the same one: a reference that lives for ever.
    ///
    /// # Safety
    /// As for [`boxed`](Jdk::boxed).
    #[inline]
    pub unsafe fn cached_box(&self, env: Env, kind: u8, value: jvalue) -> Option<jobject> {
        // SAFETY: the kind says which member is set.
        let (table, number) = unsafe {
            match kind {
                b'J' => (&self.small_longs, value.j),
                b'I' => (&self.small_ints, value.i.into()),
                b'Z' => (&self.booleans, value.z.into()),
                _ => return None,
            }
        };
        let index = usize::try_from(number - SMALLEST).ok()?;
        let slot = table.get(index)?;
        slot.get_or_try_init(|| {
            // SAFETY: as the caller says.
            let local = unsafe { self.boxed(env, kind, value)? };
            let global = Global::new(env, local);
            env.delete_local(local);
            Ok::<_, Pending>(global)
        })
        .ok()
        .map(Global::as_raw)
    }

    /// The box of a primitive value: a local reference.
    ///
    /// # Safety
    /// The value is of the primitive type whose descriptor begins with `kind`.
    pub unsafe fn boxed(&self, env: Env, kind: u8, value: jvalue) -> JavaResult<jobject> {
        let of_kind = self.boxes.iter().find(|each| each.kind == kind);
        let each = of_kind.unwrap_or(&self.boxes[0]);
        // SAFETY: `valueOf` takes that primitive and gives an object.
        unsafe {
            env.invoke(
                Invocation::Static,
                each.class.as_raw(),
                each.value_of,
                &value,
                b'L',
            )
            .map(|made| made.l)
        }
    }

    /// Of a `java.lang.reflect.Field`: the name, a local reference; the first character of the descriptor; the modifiers.
    pub fn field(&self, env: Env, field: jobject) -> JavaResult<(jobject, String, jint)> {
        let of_field = env.call_object(field, self.field_type, &[])?;
        let type_name = env.call_object(of_field, self.class_name, &[])?;
        let name = String::from_utf16_lossy(&env.string_units(type_name)?);
        let descriptor = match name.as_str() {
            "boolean" => "Z".to_owned(),
            "byte" => "B".to_owned(),
            "short" => "S".to_owned(),
            "char" => "C".to_owned(),
            "int" => "I".to_owned(),
            "long" => "J".to_owned(),
            "float" => "F".to_owned(),
            "double" => "D".to_owned(),
            array if array.starts_with('[') => array.replace('.', "/"),
            class => format!("L{};", class.replace('.', "/")),
        };
        env.delete_local(type_name);
        env.delete_local(of_field);
        let name = env.call_object(field, self.field_name, &[])?;
        let modifiers = env.call_int(field, self.field_modifiers, &[])?;
        Ok((name, descriptor, modifiers))
    }

    /// The type of the field of an id: a local reference.
    pub fn field_type(
        &self,
        env: Env,
        class: jobject,
        id: jfieldID,
        is_static: bool,
    ) -> JavaResult<jobject> {
        let field = env.to_reflected_field(class, id, is_static)?;
        let of_field = env.call_object(field, self.field_type, &[]);
        env.delete_local(field);
        of_field
    }

    fn stream(&self, env: Env, stream: Stream) -> jobject {
        let field = match stream {
            Stream::Out => self.out,
            Stream::Err => self.err,
        };
        env.static_object(self.system.as_raw(), field)
    }

    /// Prints text and flushes.
    pub fn print(&self, env: Env, stream: Stream, text: &[u16]) -> JavaResult<()> {
        let stream = self.stream(env, stream);
        let printed = env
            .with_string(text, |l| env.call_void(stream, self.print, &[jvalue { l }]))
            .and_then(|()| env.call_void(stream, self.flush, &[]));
        env.delete_local(stream);
        printed
    }

    /// Writes bytes and flushes.
    pub fn write(&self, env: Env, stream: Stream, bytes: &[u8]) -> JavaResult<()> {
        let stream = self.stream(env, stream);
        let array = env.new_byte_array(bytes)?;
        let length = bytes.len() as jint;
        env.call_void(
            stream,
            self.write,
            &[jvalue { l: array }, jvalue { i: 0 }, jvalue { i: length }],
        )?;
        env.call_void(stream, self.flush, &[])?;
        env.delete_local(array);
        env.delete_local(stream);
        Ok(())
    }
}
