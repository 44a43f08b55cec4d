package dev.naja.internal;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * The native methods of the bridge, one to one with {@code bridge/src/abi.rs} and {@code naja.h}.
 *
 * <p>Handles are numbers that native code checks: a handle that was released is an error, never a
 * crash. Frames are addresses of memory laid out as {@link CallFrame} describes. All methods may be
 * called on any thread and throw what {@link Upcalls#throwable} makes of a failure.
 */
final class Native {

  /** The result crosses by value where its type does, else as a handle. */
  static final int WANT_VALUE = 0;

  /** The result crosses as a handle whatever its type. */
  static final int WANT_HANDLE = 1;

  /** The result is dropped. */
  static final int WANT_NOTHING = 2;

  /** The result crosses by value if it is of one of few types, see {@link PlainReader}. */
  static final int WANT_PLAIN = 3;

  /** {@code getattr(object, name)}. */
  static final int GET_ATTRIBUTE = 0;

  /** {@code setattr(object, name, value)}. */
  static final int SET_ATTRIBUTE = 1;

  /** {@code delattr(object, name)}. */
  static final int DELETE_ATTRIBUTE = 2;

  /** {@code object[key]}. */
  static final int GET_ITEM = 3;

  /** {@code object[key] = value}. */
  static final int SET_ITEM = 4;

  /** {@code del object[key]}. */
  static final int DELETE_ITEM = 5;

  /** {@code len(object)}. */
  static final int LENGTH = 6;

  /** {@code str(object)}. */
  static final int STR = 7;

  /** {@code repr(object)}. */
  static final int REPR = 8;

  /** {@code object == other}. */
  static final int EQUALS = 9;

  /** {@code hash(object)}. */
  static final int HASH = 10;

  /** {@code bool(object)}. */
  static final int TRUTH = 11;

  /** {@code isinstance(object, type)}. */
  static final int IS_INSTANCE = 12;

  /** {@code type(object)}'s qualified name with its module unless that is {@code builtins}. */
  static final int TYPE_NAME = 13;

  /** {@code dir(object)}. */
  static final int DIR = 14;

  /** {@code iter(object)}. */
  static final int ITERATE = 15;

  /** {@code next(object)} as a tuple of one, or {@code None} at its end. */
  static final int NEXT = 16;

  /** The object itself, by value where its type crosses so. */
  static final int VALUE = 17;

  /** {@code importlib.import_module(name)}; the object is not used. */
  static final int IMPORT = 18;

  /** {@code object is other}. */
  static final int IS = 19;

  /** {@code operator.index(object)}: the int that the object stands for. */
  static final int INDEX = 20;

  /** {@code float(object)} of a real number; text is refused. */
  static final int FLOAT = 21;

  /** The operand itself; the object is not used. */
  static final int IDENTITY = 22;

  /** Where the elements of a NumPy array lie, or {@code None} for what is no plain one. */
  static final int DESCRIBE = 23;

  private Native() {}

  /**
   * Starts CPython in this process, or joins the one that runs.
   *
   * @param upcalls the class {@link Upcalls}
   * @param executable the path of the interpreter whose environment is used, in UTF-16 code units
   * @param minor the minor version of that interpreter
   * @throws dev.naja.PythonStartException if CPython does not start
   */
  static native void start(Class<?> upcalls, String executable, int minor);

  /** Calls a callable with one double. */
  static native double callDouble(long callable, double argument);

  /** Calls a callable with one long. */
  static native long callLong(long callable, long argument);

  /**
   * Calls a callable with the arguments that lie in a frame.
   *
   * @param callable handle of the callable
   * @param frame address of the frame: {@code count} records, then {@code named} pairs of a name
   *     record and a value record
   * @param length bytes that the records take
   * @param capacity bytes of memory at {@code frame}
   * @param objects the Java objects that records refer to by index; element 0 is kept for results
   * @param count positional arguments
   * @param named keyword arguments
   * @param want one of the {@code WANT_} constants
   * @param deadline nanoseconds after which the call is interrupted, or 0
   * @return bytes of the result record at {@code frame}; or -1 if it does not fit: then two longs
   *     at {@code frame} are the address and the size of memory to be given to {@link #free}. Java
   *     objects in the result are in an {@code Object[]} in element 0 of {@code objects}.
   */
  static native long call(
      long callable,
      long frame,
      int length,
      int capacity,
      Object[] objects,
      int count,
      int named,
      int want,
      long deadline);

  /** Performs an operation on an object; operands and result as in {@link #call}. */
  static native long operate(
      int operation, long object, long frame, int length, int capacity, Object[] objects, int want);

  /**
   * Says what Java's arrays of primitives become from now on.
   *
   * @param form the ordinal of a {@link dev.naja.PythonConfig.Arrays}
   */
  static native void chooseArrays(int form);

  /**
   * A handle of an attribute of a module of the pure-Python half, such as {@code _errors.describe}.
   */
  static native long half(String module, String attribute);

  /**
   * Gives a handle back, now or at the next attach. Never blocks, never throws; twice is harmless.
   */
  static native void release(long handle);

  /** Drops the references that were given back, now and on this thread. */
  static native void drain();

  /** Holds the GIL for this thread until {@link #endSession}. Sessions nest. */
  static native void beginSession();

  /** Ends the innermost session of this thread. */
  static native void endSession();

  /** The address of a direct buffer, its position not counted; 0 if it is not direct. */
  static native long address(Buffer buffer);

  /** Whether a buffer is over a {@code MemorySegment}, whose arena may be closed. */
  static native boolean hasArena(Buffer buffer);

  /**
   * Keeps the arena of the {@code MemorySegment} that a buffer is over open.
   *
   * @param buffer a direct buffer
   * @return a handle of the Python object whose end lets the arena be closed; 0 if there is none
   * @throws IllegalStateException if the arena is closed
   * @throws WrongThreadException if it is confined to another thread
   */
  static native long keepOpen(Buffer buffer);

  /** A view of memory that native code owns. */
  static native ByteBuffer view(long address, long size);

  /** Frees the memory of a result that did not fit its frame. */
  static native void free(long address, long size);

  /** The number of handles that Java holds. */
  static native long liveHandles();

  /** Panics inside Rust, for the test that a panic comes out as an exception. */
  static native void panic(String message);
}
