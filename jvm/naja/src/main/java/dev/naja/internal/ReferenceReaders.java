package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PyTuple;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How records become Python objects, bound interfaces, tuples, optionals, or nothing. */
final class ReferenceReaders {

  /** The result is not looked at. */
  static final Reader<Void> NOTHING =
      new Reader<>() {
        @Override
        public Void read(CallFrame frame) {
          return null;
        }

        @Override
        public int want() {
          return Native.WANT_NOTHING;
        }
      };

  static final Reader<PyObject> PY_OBJECT =
      new Reader<>() {
        @Override
        public PyObject read(CallFrame frame) {
          int start = frame.position;
          if (frame.takeByte() != Tag.HANDLE) {
            throw Mismatch.of(
                frame,
                start,
                "dev.naja.PyObject",
                "inside of other values it crosses by value; take the whole as a PyObject");
          }
          return References.get().wrap(frame.takeLong());
        }

        @Override
        public int want() {
          return Native.WANT_HANDLE;
        }
      };

  static final Reader<PyTuple> TUPLE =
      new NullableReader<>(
          PyTuple.class,
          (frame, tag, start) -> {
            if (tag != Tag.TUPLE && tag != Tag.NAMED) {
              throw Mismatch.of(frame, start, "dev.naja.PyTuple", "only a tuple can");
            }
            frame.position = start;
            return (PyTuple) ValueReader.INSTANCE.read(frame);
          });

  static final Reader<OptionalInt> OPTIONAL_INT =
      frame -> isNull(frame) ? OptionalInt.empty() : OptionalInt.of(NumberReaders.INT.read(frame));

  static final Reader<OptionalLong> OPTIONAL_LONG =
      frame ->
          isNull(frame) ? OptionalLong.empty() : OptionalLong.of(NumberReaders.LONG.read(frame));

  static final Reader<OptionalDouble> OPTIONAL_DOUBLE =
      frame ->
          isNull(frame)
              ? OptionalDouble.empty()
              : OptionalDouble.of(NumberReaders.DOUBLE.read(frame));

  private ReferenceReaders() {}

  /** A reader of an optional, given that of its value. */
  static <T> Reader<Optional<T>> optional(Reader<T> value) {
    Reader<T> nullable =
        new NullableReader<>(
            Optional.class,
            value.want(),
            (frame, tag, start) -> {
              frame.position = start;
              return value.read(frame);
            });
    return new Reader<>() {
      @Override
      public Optional<T> read(CallFrame frame) {
        return Optional.ofNullable(nullable.read(frame));
      }

      @Override
      public int want() {
        return value.want();
      }
    };
  }

  /** A reader of an interface, to which a Python object is bound. */
  static Reader<Object> bound(Class<?> type) {
    return new NullableReader<>(
        type,
        (frame, tag, start) -> {
          if (tag != Tag.HANDLE) {
            throw Mismatch.of(
                frame, start, type.getName(), "it crosses by value; take a PyObject and bind it");
          }
          return References.get().bind(References.get().wrap(frame.takeLong()), type);
        });
  }

  /** A reader of a class that only a Java object held by Python can be of. */
  static Reader<Object> held(Class<?> type) {
    return new NullableReader<>(
        type,
        (frame, tag, start) -> {
          throw Mismatch.of(
              frame,
              start,
              type.getTypeName(),
              "no Python value becomes one, only such a Java object that Python holds; take an"
                  + " interface, a record or a PyObject");
        });
  }

  private static boolean isNull(CallFrame frame) {
    if (frame.tag() == Tag.NULL) {
      frame.position++;
      return true;
    }
    return false;
  }
}
