package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import dev.naja.PythonPanicException;
import dev.naja.PythonStartException;
import dev.naja.PythonTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** What does native code ask of Java? It looks these methods up by name and signature. */
final class Upcalls {
  private static final int PYTHON = 0;
  private static final int CONVERSION = 1;
  private static final int STATE = 2;
  private static final int PANIC = 3;
  private static final int START = 4;
  private static final int UNFRAMED = 5;

  private Upcalls() {}

  /**
   * The exception that a failed native call throws.
   *
   * @param kind 0 Python raised, 1 a value cannot cross, 2 something is closed or in the wrong
   *     state, 3 the bridge panicked, 4 CPython did not start, 5 a call without a frame gave
   *     another type than it can carry
   * @param record for kind 0 what {@code naja._errors.describe} told of the exception, for kind 5
   *     the result's handle, else the message
   * @param objects the Java objects that the record refers to, or null
   */
  static Throwable throwable(int kind, ByteBuffer record, Object[] objects) {
    Object told = CallFrame.decode(record, objects);
    switch (kind) {
      case PYTHON:
        return raised((List<?>) told, javaStack());
      case CONVERSION:
        return trimmed(new PythonConversionException((String) told));
      case STATE:
        return trimmed(new IllegalStateException((String) told));
      case PANIC:
        return trimmed(new PythonPanicException((String) told));
      case START:
        return trimmed(new PythonStartException((String) told));
      case UNFRAMED:
        return new UnframedResult((PyObject) told);
      default:
        throw new IllegalArgumentException("native code reports an unknown failure, " + kind);
    }
  }

  /** Logs a record of Python's {@code logging}; see {@link LogBridge}. */
  static void log(int level, String logger, String message) {
    LogBridge.log(level, logger, message);
  }

  /**
   * The next element of an iterator that Python iterates over: its record and the objects that it
   * refers to, as {@link CallFrame#encode} gives them; null at the end.
   */
  static Object[] next(Iterator<?> iterator) {
    return iterator.hasNext() ? CallFrame.encode(iterator.next()) : null;
  }

  /** The methods that Python's use of Java's classes needs; loaded with the first such use. */
  static Class<?> javaUpcalls() {
    return JavaUpcalls.class;
  }

  /** Makes an exception of the tuple that {@code naja._errors.describe} documents. */
  private static Throwable raised(List<?> told, StackTraceElement[] javaStack) {
    if (told.get(7) instanceof Throwable) {
      return (Throwable) told.get(7);
    }
    PyObject exception = (PyObject) told.get(7);
    Throwable cause = told.get(6) == null ? null : raised((List<?>) told.get(6), javaStack);
    String type = (String) told.get(1);
    String message = (String) told.get(2);
    String traceback = (String) told.get(4);
    List<String> notes = new ArrayList<>();
    for (Object note : (List<?>) told.get(5)) {
      notes.add((String) note);
    }
    PythonException made;
    switch ((String) told.get(0)) {
      case "timeout":
        made = new PythonTimeoutException(type, message, traceback, notes, cause, exception);
        break;
      case "panic":
        made = new PythonPanicException(message);
        break;
      default:
        made = new PythonException(type, message, traceback, notes, cause, exception);
        break;
    }
    made.setStackTrace(merged((List<?>) told.get(3), javaStack));
    return made;
  }

  /** The Python frames, innermost first, on top of the Java frames that called them. */
  private static StackTraceElement[] merged(List<?> frames, StackTraceElement[] javaStack) {
    StackTraceElement[] all =
        Arrays.copyOf(new StackTraceElement[0], frames.size() + javaStack.length);
    for (int i = 0; i < frames.size(); i++) {
      List<?> frame = (List<?>) frames.get(i);
      int line = ((Long) frame.get(1)).intValue();
      all[i] =
          new StackTraceElement("<python>", (String) frame.get(2), (String) frame.get(0), line);
    }
    System.arraycopy(javaStack, 0, all, frames.size(), javaStack.length);
    return all;
  }

  private static Throwable trimmed(Throwable made) {
    made.setStackTrace(javaStack());
    return made;
  }

  /** This thread's stack without the frames of this class. */
  private static StackTraceElement[] javaStack() {
    StackTraceElement[] stack = new Throwable().getStackTrace();
    int own = 0;
    while (own < stack.length && stack[own].getClassName().equals(Upcalls.class.getName())) {
      own++;
    }
    return Arrays.copyOfRange(stack, own, stack.length);
  }
}
