package dev.naja.internal;

import java.lang.reflect.Executable;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;

/** How does an argument of Python become what a parameter takes? */
final class ArgumentReader {
  private ArgumentReader() {}

  /** See {@link JavaUpcalls#convert}. */
  static Object convert(ByteBuffer record, Object[] objects, Executable member, int parameter) {
    Type[] erased = member.getParameterTypes();
    Type[] generic = member.getGenericParameterTypes();
    Type type = generic.length == erased.length ? generic[parameter] : erased[parameter];
    return CallFrame.decode(record, objects, Readers.of(type));
  }

  /** See {@link JavaUpcalls#convertTo}. */
  static Object convertTo(ByteBuffer record, Object[] objects, Class<?> type) {
    return CallFrame.decode(record, objects, Readers.of(type));
  }
}
