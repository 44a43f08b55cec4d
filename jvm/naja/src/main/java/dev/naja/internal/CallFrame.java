package dev.naja.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call's arguments, then its result: records in off-heap memory that native code reads and
 * writes by address.
 *
 * <p>A record is a {@link Tag} and its payload. Java objects that go by reference travel in an
 * array beside the memory and keep their referents reachable until {@link #release}. Put the
 * arguments, call, get the result, release in a {@code finally} block. A {@code get} throws {@link
 * PythonConversionException} where the result is not what it takes, and gives every handle in the
 * result back. Not thread-safe; a call within a call takes a frame of its own.
 */
public final class CallFrame extends FrameBytes {
  private static final int KEPT_OBJECTS = 64;
  private static final int TINY_TEXT = 12;

  private Object[] objects = new Object[8];
  private int objectCount = 1;
  private Object[] referenced;

  /** What was made for this call alone; null mostly. */
  private List<PyObject> owned;

  /** Where the bytes of short text lie for a moment. */
  final byte[] scratch = new byte[256];

  /** The containers being written, which stop a value that contains itself. */
  final ContainerPath path = new ContainerPath();

  private final AtomicBoolean taken = new AtomicBoolean(true);

  /** A frame that is taken. */
  CallFrame() {}

  /** Takes the frame, unless somebody else has it. */
  boolean claim() {
    return taken.compareAndSet(false, true);
  }

  /** Lets others take the frame. */
  void unclaim() {
    taken.setRelease(false);
  }

  /** An empty frame that no one else uses. */
  public static CallFrame acquire() {
    return FramePool.take();
  }

  /** Forgets everything in the frame, which must not be used afterwards. Never throws. */
  public void release() {
    reset();
    if (worthKeeping()) {
      FramePool.give(this);
    } else {
      FramePool.drop(this);
    }
  }

  /**
   * Forgets everything in the frame, for the next call of one who keeps a frame. Never throws.
   *
   * @return this frame, or null if it has grown too large to be kept
   */
  public CallFrame reuse() {
    reset();
    return worthKeeping() ? this : null;
  }

  @Override
  void reset() {
    super.reset();
    path.clear();
    if (referenced != null) {
      referenced = null;
    }
    if (owned != null) {
      closeOwned();
    }
    if (objects.length > KEPT_OBJECTS) {
      objects = new Object[8];
    } else if (objectCount > 1 || objects[0] != null) {
      Arrays.fill(objects, 0, objectCount, null);
    }
    objectCount = 1;
  }

  /** Puts {@code None}. */
  public void putNull() {
    setByte(room(1), Tag.NULL);
  }

  /** Puts a {@code bool}. */
  public void putBoolean(boolean value) {
    setByte(room(1), value ? Tag.TRUE : Tag.FALSE);
  }

  /** Puts an {@code int}. */
  public void putLong(long value) {
    int at = room(9);
    setByte(at, Tag.I64);
    setLong(at + 1, value);
  }

  /** Puts a {@code float}, every bit kept. */
  public void putDouble(double value) {
    int at = room(9);
    setByte(at, Tag.F64);
    setDouble(at + 1, value);
  }

  /** Puts a {@code str} of one character, which may be a lone surrogate. */
  public void putChar(char value) {
    if (value < 0x100) {
      int at = room(6);
      setByte(at, Tag.LATIN1);
      setInt(at + 1, 1);
      setByte(at + 5, value);
    } else {
      int at = room(7);
      setByte(at, Tag.UTF16);
      setInt(at + 1, 1);
      setChar(at + 5, value);
    }
  }

  /** Puts a {@code str} with its lone surrogates, or {@code None} for null. */
  public void putString(String value) {
    if (value == null) {
      putNull();
      return;
    }
    int length = value.length();
    if (length > TINY_TEXT) {
      Text.put(this, value);
      return;
    }
    int at = room(5 + 2 * length);
    int bits = 0;
    for (int i = 0; i < length; i++) {
      char unit = value.charAt(i);
      bits |= unit;
      setByte(at + 5 + i, unit);
    }
    if (bits < 0x100) {
      setByte(at, Tag.LATIN1);
      position = at + 5 + length;
    } else {
      setByte(at, Tag.UTF16);
      for (int i = 0; i < length; i++) {
        setChar(at + 5 + 2 * i, value.charAt(i));
      }
    }
    setInt(at + 1, length);
  }

  /** Puts a {@code str} whose characters are UTF-8 already, which Python checks. */
  public void putUtf8(byte[] bytes, int length) {
    putCounted(Tag.UTF8, length);
    setBytes(room(length), bytes, length);
  }

  /** Puts {@code bytes}. */
  public void putBytes(byte[] bytes) {
    putCounted(Tag.BYTES, bytes.length);
    setBytes(room(bytes.length), bytes, bytes.length);
  }

  /** Begins a {@code tuple}, whose elements are put next. */
  public void putTuple(int count) {
    putCounted(Tag.TUPLE, count);
  }

  /** Begins a {@code list}, whose elements are put next. */
  public void putList(int count) {
    putCounted(Tag.LIST, count);
  }

  /** Begins a {@code dict}, whose keys are put next, each before its value. */
  public void putMap(int count) {
    putCounted(Tag.MAP, count);
  }

  /** Puts a Python object by its handle, which the caller keeps alive until the call is over. */
  public void putHandle(long handle) {
    int at = room(9);
    setByte(at, Tag.HANDLE);
    setLong(at + 1, handle);
  }

  /** Puts a Python object that is not closed; it stays reachable until {@link #release}. */
  public void putPyObject(PyObject object) {
    keep(object);
    putHandle(References.get().handle(object));
  }

  /** Puts a Python object by its handle; what keeps that stays reachable until {@link #release}. */
  void putHandle(Handle handle, Object keeper) {
    keep(keeper);
    putHandle(handle.value());
  }

  /** Puts a Python object that was made for this call, and is closed by {@link #release}. */
  void putOwned(PyObject object) {
    if (owned == null) {
      owned = new ArrayList<>();
    }
    owned.add(object);
    putPyObject(object);
  }

  /** Has Python drop the objects now, as they may keep memory that their maker waits for. */
  private void closeOwned() {
    owned.forEach(PyObject::close);
    owned = null;
    Native.liveHandles();
  }

  /** Puts a Java object by reference. */
  public void putObject(Object object) {
    putKept(Tag.OBJECT, object);
  }

  /** Puts a record whose payload is an object in the array beside the frame. */
  void putKept(byte tag, Object object) {
    int at = room(5);
    setByte(at, tag);
    setInt(at + 1, keep(object));
  }

  /** Puts an array of primitives, or of such arrays. */
  void putArray(byte kind, int dimensions, Object array) {
    int at = room(7);
    setByte(at, Tag.ARRAY);
    setByte(at + 1, kind);
    setByte(at + 2, dimensions);
    setInt(at + 3, keep(array));
  }

  /**
   * Puts any value as its class is mapped by default; see {@code docs/conversion.md}.
   *
   * @param value a value or null
   * @throws PythonConversionException if the value has no lossless counterpart, contains itself or
   *     is nested more deeply than the stack of this thread allows
   */
  public void putValue(Object value) {
    try {
      ValueWriter.write(this, value);
    } catch (StackOverflowError e) {
      throw new PythonConversionException(
          "cannot pass a value that is nested too deeply for the stack of this thread: pass it by"
              + " reference with PyRef.of, or call on a thread with a larger stack",
          e);
    }
  }

  /** Puts a tag and a count and returns where the count lies. */
  int putCounted(byte tag, int count) {
    int at = room(5);
    setByte(at, tag);
    setInt(at + 1, count);
    return at + 1;
  }

  /** Keeps an object reachable until {@link #release}. */
  int keep(Object object) {
    int index = objectCount;
    if (index == objects.length) {
      objects = Arrays.copyOf(objects, 2 * index);
    }
    objects[index] = object;
    objectCount = index + 1;
    return index;
  }

  /**
   * Calls a callable with the arguments in this frame, then holds its result.
   *
   * @param callable handle of the callable
   * @param count positional arguments that were put
   * @param named keyword arguments that were put after them, each a name and a value
   * @param want how the result crosses: {@link Reader#want}
   * @param deadline nanoseconds after which the call is interrupted, or 0
   */
  public void call(long callable, int count, int named, int want, long deadline) {
    long frame = address();
    turnToResult(
        Native.call(callable, frame, position, capacity(), objects, count, named, want, deadline));
  }

  /**
   * Calls a callable with the positional arguments in this frame and takes its result.
   *
   * @param <T> the type of the result
   * @param callable the callable
   * @param count positional arguments that were put
   * @param deadline nanoseconds after which the call is interrupted, or 0
   * @param reader takes the result
   * @return what the reader makes of the result
   */
  public <T> T call(PyObject callable, int count, long deadline, Reader<T> reader) {
    return call(callable, count, 0, deadline, reader);
  }

  /**
   * Calls a callable with the arguments in this frame and takes its result.
   *
   * @param <T> the type of the result
   * @param callable the callable
   * @param count positional arguments that were put
   * @param named keyword arguments that were put after them, each a name and a value
   * @param deadline nanoseconds after which the call is interrupted, or 0
   * @param reader takes the result
   * @return what the reader makes of the result
   */
  public <T> T call(PyObject callable, int count, int named, long deadline, Reader<T> reader) {
    try {
      call(References.get().handle(callable), count, named, reader.want(), deadline);
      return get(reader);
    } finally {
      Reference.reachabilityFence(callable);
    }
  }

  /**
   * Performs an operation on an object with the operands in this frame, then holds its result.
   *
   * @param operation a constant of {@link Native}
   * @param object handle of the object
   * @param want how the result crosses: {@link Reader#want}
   */
  public void operate(int operation, long object, int want) {
    long frame = address();
    turnToResult(Native.operate(operation, object, frame, position, capacity(), objects, want));
  }

  private void turnToResult(long length) {
    holdResult(length);
    Object results = objects[0];
    if (results != null) {
      referenced = (Object[]) results;
    }
  }

  /** Turns back to the records that were put, as if they were a result. */
  void rewind() {
    position = 0;
    referenced = objects;
  }

  /**
   * The value of a record that lies elsewhere.
   *
   * @param record the record, whose memory is valid until this returns
   * @param objects the Java objects that it refers to by index, or null
   */
  static Object decode(ByteBuffer record, Object[] objects) {
    return decode(record, objects, ValueReader.INSTANCE);
  }

  /**
   * What a reader makes of a record that lies elsewhere.
   *
   * @param record the record, whose memory is valid until this returns
   * @param objects the Java objects that it refers to by index, or null
   */
  static <T> T decode(ByteBuffer record, Object[] objects, Reader<T> reader) {
    CallFrame frame = acquire();
    try {
      frame.holdRecord(record);
      frame.referenced = objects;
      return frame.get(reader);
    } finally {
      frame.release();
    }
  }

  /**
   * A value's record that lies in no frame.
   *
   * @param value a value or null
   * @return the record, a {@code byte[]}, and the Java objects that it refers to by index, an
   *     {@code Object[]}, which keep alive what was made for it
   */
  static Object[] encode(Object value) {
    CallFrame frame = acquire();
    try {
      frame.putValue(value);
      byte[] record = new byte[frame.position];
      frame.position = 0;
      frame.takeBytes(record, record.length);
      frame.owned = null;
      return new Object[] {record, Arrays.copyOf(frame.objects, frame.objectCount)};
    } finally {
      frame.release();
    }
  }

  /** The object that a record refers to by index; moves behind the index. */
  Object takeReferenced() {
    return referenced[takeInt()];
  }

  /** Takes a float, or a number that a double represents exactly. */
  public double getDouble() {
    return tag() == Tag.F64 ? takeTaggedDouble() : (double) get(NumberReader.DOUBLE);
  }

  /** Takes a number that a Java float represents exactly. */
  public float getFloat() {
    return (float) get(NumberReader.FLOAT);
  }

  /** Takes a whole number of 64 bits. */
  public long getLong() {
    return tag() == Tag.I64 ? takeTaggedLong() : (long) get(NumberReader.LONG);
  }

  /** Takes a whole number of 32 bits. */
  public int getInt() {
    if (tag() == Tag.I64) {
      long value = taggedLong();
      if ((int) value == value) {
        position += 9;
        return (int) value;
      }
    }
    return (int) get(NumberReader.INT);
  }

  /** Takes a whole number of 16 bits. */
  public short getShort() {
    return (short) get(NumberReader.SHORT);
  }

  /** Takes a whole number of 8 bits. */
  public byte getByte() {
    return (byte) get(NumberReader.BYTE);
  }

  /** Takes a str of one UTF-16 code unit. */
  public char getChar() {
    return (char) get(TextReader.CHAR);
  }

  /** Takes a bool. */
  public boolean getBoolean() {
    switch (tag()) {
      case Tag.TRUE:
        position++;
        return true;
      case Tag.FALSE:
        position++;
        return false;
      default:
        return (boolean) get(NumberReader.BOOLEAN);
    }
  }

  /** Takes a str, or null for {@code None}. */
  public String getString() {
    return tag() == Tag.LATIN1 ? Text.takeLatin1(this) : (String) get(Readers.STRING);
  }

  /** Takes {@code None} if it comes next, and says whether it did. */
  public boolean takeNull() {
    if (tag() != Tag.NULL) {
      return false;
    }
    position++;
    return true;
  }

  /** Takes a str that native code wrote, as UTF-8: what that writes as Latin-1 is all ASCII. */
  public byte[] takeUtf8() {
    byte tag = tag();
    if (tag == Tag.UTF8 || tag == Tag.LATIN1) {
      position++;
      return takeSizedBytes();
    }
    return TextReader.string(this).getBytes(UTF_8);
  }

  /**
   * Takes the head of a list, tuple, named tuple or set, whose elements come next.
   *
   * @param target the type that is made of it, for the exception
   * @return how many elements there are
   */
  public int takeElements(String target) {
    int start = position;
    switch (takeByte()) {
      case Tag.LIST:
      case Tag.TUPLE:
      case Tag.SET:
      case Tag.FROZEN_SET:
        return takeInt();
      case Tag.NAMED:
        TextReader.string(this);
        int count = takeInt();
        for (int i = 0; i < count; i++) {
          TextReader.string(this);
        }
        return count;
      default:
        throw mismatch(start, target, "only a list, tuple or set can");
    }
  }

  /**
   * Takes the head of a dict, whose keys come next, each before its value.
   *
   * @param target the type that is made of it, for the exception
   * @return how many entries there are
   */
  public int takeEntries(String target) {
    int start = position;
    if (takeByte() != Tag.MAP) {
      throw mismatch(start, target, "only a dict can");
    }
    return takeInt();
  }

  /** Where the next record is, for {@link #mismatch}. */
  public int mark() {
    return position;
  }

  /**
   * The exception for a record that does not suit its target.
   *
   * @param mark where the record is
   * @param target the type that was asked for
   * @param reason why not and what to do
   */
  public PythonConversionException mismatch(int mark, String target, String reason) {
    return Mismatch.of(this, mark, target, reason);
  }

  /**
   * Takes the result as its Python type is mapped by default; see {@code docs/conversion.md}.
   *
   * @return a value, or a {@link PyObject} where the type has no counterpart
   * @throws PythonConversionException if the value has no lossless counterpart
   */
  public Object getValue() {
    return get(ValueReader.INSTANCE);
  }

  /**
   * Takes the result by a reader. Inside a reader, elements are read by {@link Reader#read}
   * instead.
   *
   * @param <T> the type of the value
   * @param reader reads the record
   * @return what the reader makes of it
   * @throws PythonConversionException if the record does not suit the reader or is nested more
   *     deeply than the stack of this thread allows
   */
  public <T> T get(Reader<T> reader) {
    try {
      return reader.read(this);
    } catch (StackOverflowError e) {
      ResultHandles.release(this);
      throw new PythonConversionException(
          "cannot take a result that is nested too deeply for the stack of this thread: take it by"
              + " reference as a PyObject, or call on a thread with a larger stack",
          e);
    } catch (Throwable e) {
      ResultHandles.release(this);
      throw e;
    }
  }
}
