package dev.naja.internal;

import java.lang.reflect.Executable;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How does an argument of Python become what a parameter takes? By the reader of the parameter's
 * generic type, so that a {@code List<Integer>} gets integers. Thread-safe.
 */
final class ArgumentReader {
  private static final ClassCache<Map<Executable, Reader<?>[]>> READERS =
      new ClassCache<>() {
        @Override
        Map<Executable, Reader<?>[]> find(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private ArgumentReader() {}

  /** See {@link JavaUpcalls#convert}. */
  static Object convert(ByteBuffer record, Object[] objects, Executable member, int parameter) {
    return CallFrame.decode(record, objects, reader(member, parameter));
  }

  /** See {@link JavaUpcalls#convertTo}. */
  static Object convertTo(ByteBuffer record, Object[] objects, Class<?> type) {
    return CallFrame.decode(record, objects, Readers.of(type));
  }

  /** The reader of a parameter. */
  static Reader<?> reader(Executable member, int parameter) {
    Map<Executable, Reader<?>[]> members = READERS.get(member.getDeclaringClass());
    Reader<?>[] readers = members.get(member);
    if (readers == null) {
      readers = new Reader<?>[member.getParameterCount()];
      members.put(member, readers);
    }
    Reader<?> reader = readers[parameter];
    if (reader == null) {
      reader = Readers.of(Signature.parameterTypes(member)[parameter]);
      readers[parameter] = reader;
    }
    return reader;
  }
}
