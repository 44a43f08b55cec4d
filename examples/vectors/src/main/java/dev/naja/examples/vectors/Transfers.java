package dev.naja.examples.vectors;

import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long does it take until NumPy has vectors of Java's: as a view of the same memory, as a copy,
 * as a list?
 */
final class Transfers {
  private static final int[] COUNTS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  /** More would be hundreds of millions of objects. */
  private static final int LONGEST_LIST = 10_000;

  private static final long ENOUGH_NANOS = 300_000_000;

  private final Python python;
  private final PyObject arrive;
  private final NdArray vectors;

  Transfers(Python python, PyObject arrive, NdArray vectors) {
    this.python = python;
    this.arrive = arrive;
    this.vectors = vectors;
  }

  /** Prints a table and draws a chart of it, {@code target/transfers.svg}. */
  void measure() throws IOException {
    Map<String, Map<Integer, Double>> series = new LinkedHashMap<>();
    series.put("view", new LinkedHashMap<>());
    series.put("copy", new LinkedHashMap<>());
    series.put("list", new LinkedHashMap<>());
    System.out.printf("%n%10s %12s %12s %12s%n", "vectors", "view", "copy", "list");
    for (int count : COUNTS) {
      NdArray view = vectors.slice(0, 0, count);
      float[] values = view.toFloatArray();
      series.get("view").put(count, micros(values.length, () -> call(view)));
      series.get("copy").put(count, micros(values.length, () -> call(values)));
      if (count <= LONGEST_LIST) {
        List<Float> list = boxed(values);
        series.get("list").put(count, micros(values.length, () -> call(list)));
      }
      System.out.printf("%,10d", count);
      for (Map<Integer, Double> each : series.values()) {
        Double micros = each.get(count);
        System.out.print(micros == null ? "" : String.format(" %,9.1f us", micros));
      }
      System.out.println();
    }
    Path chart = Path.of("target", "transfers.svg");
    Files.createDirectories(chart.getParent());
    Files.writeString(chart, python.module("chart").attr("draw").callAs(String.class, series));
    System.out.println("chart: " + chart);
  }

  private int call(Object values) {
    return arrive.callAs(int.class, values);
  }

  private static List<Float> boxed(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private interface Transfer {
    int run();
  }

  /** The median of as many transfers as there is time for, once warm. */
  private static double micros(int expected, Transfer transfer) {
    List<Long> times = new ArrayList<>();
    long begun = System.nanoTime();
    for (long now = begun; now - begun < 2 * ENOUGH_NANOS || times.size() < 3; ) {
      if (transfer.run() != expected) {
        throw new AssertionError("numbers got lost");
      }
      long end = System.nanoTime();
      if (end - begun > ENOUGH_NANOS || end - now > ENOUGH_NANOS / 10) {
        times.add(end - now);
      }
      now = end;
    }
    long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[sorted.length / 2] / 1e3;
  }
}
