package scenarios;

import dev.naja.Column;
import dev.naja.DType;
import dev.naja.Namespace;
import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonException;
import dev.naja.RowBatch;
import dev.naja.Rows;
import dev.naja.TableForm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * What remains after very many calls, handles, exceptions and values? Arguments: which, and how
 * many. Prints how much the process has grown in KiB, and counts of references and handles before
 * and after.
 */
public final class Memory {
  private final Python python = Python.start();
  private final Namespace namespace = python.namespace();

  private Memory() {}

  public static void main(String[] arguments) throws InterruptedException {
    new Memory().measure(arguments[0], Integer.parseInt(arguments[1]));
  }

  private void measure(String what, int times) throws InterruptedException {
    namespace.exec(
        "import sys, numpy\n"
            + "class Target: pass\n"
            + "target = Target()\n"
            + "def half(x): return x / 2\n"
            + "def same(x): return x\n"
            + "def held(*_): return target\n"
            + "def fail(x): raise ValueError(target)\n"
            + "owner = numpy.arange(4.0)\n"
            + "class Tensor:\n"
            + "    def __dlpack_device__(self): return 1, 0\n"
            + "    def __dlpack__(self, **asked): return owner.__dlpack__(**asked)\n"
            + "tensor = Tensor()\n"
            + "watched = [owner, tensor, target, half, same, held, fail, Target, ValueError]\n"
            + "def counts(): return [sys.getrefcount(each) for each in watched]");
    repeat(what, times / 5);
    String before = settledCounts();
    long resident = Resident.kilobytes();
    repeat(what, times);
    System.out.println("before " + before);
    System.out.println("after " + settledCounts());
    System.out.println("grown " + (Resident.kilobytes() - resident));
  }

  /** The counts once the collector finds no handle more that nobody has closed. */
  private String settledCounts() throws InterruptedException {
    String counts = counts();
    for (int same = 0; same < 5; ) {
      System.gc();
      Thread.sleep(30);
      String now = counts();
      same = now.equals(counts) ? same + 1 : 0;
      counts = now;
    }
    return counts;
  }

  /** Reference counts of what is watched, and the number of live handles. */
  private String counts() {
    return namespace.evalAs(List.class, "counts()") + " " + python.handleCount();
  }

  private void repeat(String what, int times) {
    switch (what) {
      case "calls":
        calls(times);
        break;
      case "closed-handles":
        for (int i = 0; i < times; i++) {
          namespace.get("target", PyObject.class).close();
        }
        break;
      case "dropped-handles":
        for (int i = 0; i < times; i++) {
          namespace.get("target", PyObject.class);
        }
        break;
      case "exceptions":
        exceptions(times);
        break;
      case "values":
        values(times);
        break;
      case "arrays":
        arrays(times);
        break;
      case "tables":
        tables(times);
        break;
      case "tensors":
        tensors(times);
        break;
      default:
        throw new IllegalArgumentException(what);
    }
  }

  private void calls(int times) {
    try (PyObject function = namespace.get("half", PyObject.class);
        PyObject held = namespace.get("held", PyObject.class)) {
      DoubleUnaryOperator half = function.bind(DoubleUnaryOperator.class);
      Runnable drop = held.bind(Runnable.class);
      double sum = 0;
      for (int i = 0; i < times; i += 2) {
        sum += half.applyAsDouble(i);
        drop.run();
      }
      require(sum == (double) times / 2 * (times / 2 - 1) / 2);
    }
  }

  private void exceptions(int times) {
    try (PyObject fail = namespace.get("fail", PyObject.class)) {
      for (int i = 0; i < times; i++) {
        try {
          fail.call(i);
          require(false);
        } catch (PythonException e) {
          e.exception().ifPresent(PyObject::close);
        }
      }
    }
  }

  private void values(int times) {
    List<?> list = List.of(1L, 2.5, "é🐍", List.of(true), Map.of("key", 1L));
    String text = "x".repeat(10_000) + "é";
    byte[] bytes = new byte[100_000];
    Arrays.fill(bytes, (byte) 7);
    try (PyObject same = namespace.get("same", PyObject.class)) {
      for (int i = 0; i < times; i += 4) {
        require(same.call(list).equals(list));
        require(same.call(text).equals(text));
        require(Arrays.equals(same.callAs(byte[].class, (Object) bytes), bytes));
        try (PyObject object = python.of(list)) {
          require(object.length() == 5);
        }
      }
    }
  }

  /** One batch, of another size each time; every third table is kept until the next one is. */
  private void tables(int times) {
    RowBatch batch =
        RowBatch.of(TableForm.NUMPY, Column.int64("n"), Column.text("s"), Column.float64("x"));
    try (PyObject same = namespace.get("same", PyObject.class)) {
      for (int i = 0; i < times; i++) {
        for (int row = 0; row < i % 20; row++) {
          batch.setLong(0, i).setText(1, "text é").setDouble(2, row).endRow();
        }
        Rows rows = same.callAs(Rows.class, batch);
        require(rows.size() == i % 20);
        if (i % 3 == 0 && rows.size() > 0) {
          namespace.set("kept", batch);
          require(rows.getLong(rows.size() - 1, 0) == i && rows.getText(0, 1).equals("text é"));
        }
        batch.clear();
      }
    }
  }

  /** Half of the views are closed, the others left to the collector. */
  private void arrays(int times) {
    double[] numbers = {1, 2, 3, 4};
    int[][] table = {{1, 2}, {3, 4}};
    ByteBuffer memory = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder());
    try (PyObject same = namespace.get("same", PyObject.class);
        PyObject owner = namespace.get("owner", PyObject.class)) {
      for (int i = 0; i < times; i += 2) {
        NdArray wrapped = NdArray.wrap(memory, DType.FLOAT64, 4);
        NdArray back = same.callAs(NdArray.class, wrapped);
        back.setDouble(i, 3);
        require(memory.getDouble(24) == i);
        NdArray seen = owner.as(NdArray.class);
        require(seen.getDouble(3) == 3);
        require(Arrays.equals(same.callAs(double[].class, (Object) numbers), numbers));
        require(Arrays.deepEquals(same.callAs(int[][].class, (Object) table), table));
        if (i % 4 == 0) {
          back.close();
          wrapped.close();
          seen.close();
        }
      }
    }
  }

  /** Half of what DLPack exports is closed, the other left to the collector. */
  private void tensors(int times) {
    try (PyObject tensor = namespace.get("tensor", PyObject.class)) {
      for (int i = 0; i < times; i += 2) {
        NdArray seen = tensor.as(NdArray.class);
        require(seen.getDouble(3) == 3);
        seen.close();
        require(tensor.as(NdArray.class).slice(0, 2, 4).asBuffer().getDouble(8) == 3);
      }
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new AssertionError("a wrong value came back");
    }
  }
}
