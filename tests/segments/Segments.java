import dev.naja.DType;
import dev.naja.Namespace;
import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.Python;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Callable;

/** What of memory segments and their arenas does Python see? Prints a line for each answer. */
public final class Segments {
  private final Namespace namespace = Python.start().namespace();

  private Segments() {}

  public static void main(String[] arguments) throws Exception {
    Segments segments = new Segments();
    segments.namespace.exec("import numpy");
    segments.share();
    segments.giveBack();
    segments.keepOpen();
    segments.refuse();
    segments.collect();
    segments.repeat();
  }

  private static NdArray doubles(MemorySegment segment) {
    return NdArray.wrap(segment.asByteBuffer(), DType.FLOAT64, segment.byteSize() / 8);
  }

  private static void tell(String what, Callable<?> code) {
    Object found;
    try {
      found = code.call();
    } catch (Exception e) {
      found = e.getClass().getSimpleName() + ": " + e.getMessage();
    }
    System.out.println(what + " " + found);
  }

  private static Callable<?> closing(Arena arena) {
    return () -> {
      arena.close();
      return "closed";
    };
  }

  /** One memory, seen as a segment on both ends. */
  private void share() {
    try (Arena arena = Arena.ofConfined();
        NdArray array = doubles(arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 3))) {
      namespace.set("a", array);
      namespace.exec("a[1] = 20; total = a.sum(); del a");
      MemorySegment back = MemorySegment.ofBuffer(array.asBuffer());
      System.out.println("total " + namespace.eval("float(total)"));
      System.out.println("written " + back.getAtIndex(ValueLayout.JAVA_DOUBLE, 1));
    }
    MemorySegment owned =
        MemorySegment.ofBuffer(namespace.evalAs(NdArray.class, "numpy.arange(3.0)").asBuffer());
    System.gc();
    System.out.println("owned " + owned.getAtIndex(ValueLayout.JAVA_DOUBLE, 2));
  }

  /** Closing an array lets its arena be closed, whatever views of it have been in Python. */
  private void giveBack() {
    PyObject sum = namespace.evalAs(PyObject.class, "lambda a: a.sum()");
    for (Arena arena : new Arena[] {Arena.ofConfined(), Arena.ofShared()}) {
      NdArray array = doubles(arena.allocate(24));
      sum.callAs(double.class, array.slice(0, 1, 3));
      sum.callAs(double.class, array);
      tell("unclosed", closing(arena));
      array.close();
      tell("closed", closing(arena));
      tell("after", () -> sum.callAs(double.class, doubles(arena.allocate(8))));
    }
  }

  /** An array that Python keeps keeps the arena open, and the memory valid. */
  private void keepOpen() throws InterruptedException {
    Arena arena = Arena.ofShared();
    NdArray array = doubles(arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 7));
    namespace.set("kept", array);
    array.close();
    tell("kept", closing(arena));
    System.out.println("value " + namespace.eval("float(kept[0])"));
    // Python lets go of it on a thread of its own.
    namespace.exec(
        "import threading\n"
            + "holder = [kept]; del kept\n"
            + "t = threading.Thread(target=holder.clear); t.start(); t.join()");
    tell("released", closing(arena));
  }

  @SuppressWarnings("restricted")
  private void refuse() throws InterruptedException {
    PyObject sum = namespace.evalAs(PyObject.class, "lambda a: a.sum()");
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocate(16);
    NdArray early = doubles(segment);
    tell("typed", () -> NdArray.wrap(segment.asByteBuffer().asDoubleBuffer()));
    arena.close();
    tell("read", () -> early.getDouble(0));
    tell("passed", () -> sum.callAs(double.class, early));
    tell("large", () -> doubles(Arena.global().allocate(16).reinterpret(3L << 30)));
    tell("heap", () -> doubles(MemorySegment.ofArray(new byte[8])));
    try (Arena confined = Arena.ofConfined()) {
      NdArray array = doubles(confined.allocate(8));
      Thread other = new Thread(() -> tell("thread", () -> sum.callAs(double.class, array)));
      other.start();
      other.join();
    }
  }

  /** Memory that the collector frees stays for as long as Python sees it. */
  private void collect() throws InterruptedException {
    namespace.set("auto", doubles(Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, 5)));
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(20);
      Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, 9);
    }
    System.out.println("auto " + namespace.eval("float(auto[0])"));
    namespace.set("global", doubles(Arena.global().allocate(8)));
    System.out.println("global " + namespace.eval("float(globals()['global'][0])"));
  }

  /** Each of very many acquisitions is released: else the arena could not be closed. */
  private void repeat() {
    PyObject sum = namespace.evalAs(PyObject.class, "lambda a: a.sum()");
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 3);
    double total = 0;
    for (int i = 0; i < 100_000; i++) {
      try (NdArray array = doubles(segment)) {
        total += sum.callAs(double.class, array);
      }
    }
    System.out.println("repeated " + total);
    tell("repeated", closing(arena));
  }
}
