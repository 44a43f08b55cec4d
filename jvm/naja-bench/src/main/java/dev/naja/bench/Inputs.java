package dev.naja.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The arguments that every library gets, and the results that they must give. */
final class Inputs {

  static final int KIB = 1 << 10;
  static final int MIB = 1 << 20;

  /** How many calls a loop in Python makes. */
  static final int LOOPS = 10_000;

  /** What plain Python gives for the row. */
  static final double ROW10 = 1_700_012_380.75;

  final String text = "the quick brown fox jumps over a"; // 32 characters
  final List<Double> samples = new ArrayList<>();
  final Map<String, Long> counts = new HashMap<>();
  final byte[] kib = new byte[KIB];
  final byte[] mib = new byte[MIB];
  final DoubleUnaryOperator operator = x -> x * 0.5 + 1.0;
  final List<Object> list = new ArrayList<>();

  Inputs() {
    for (int i = 0; i < 100; i++) {
      samples.add(i * 0.25);
    }
    for (long i = 0; i < 10; i++) {
      counts.put("key" + i, i * 1000);
    }
    for (int i = 0; i < MIB; i++) {
      mib[i] = (byte) i;
    }
  }

  /** Calls the row with numbers and strings as a transaction might hold them. */
  double row10(Workloads on) {
    return on.row10(
        12_345L, 7L, 1_700_000_000L, 12.5, 0.25, -3.0, "acme", "card-present", "GB", true);
  }

  /**
   * Calls each function once.
   *
   * @throws IllegalStateException when a result is not what plain Python gives
   */
  void check(Library library) {
    Workloads on = library.workloads();
    expect("half", 0.75, on.half(1.5));
    expect("upper", "THE QUICK BROWN FOX JUMPS OVER A", on.upper(text));
    expect("row10", ROW10, row10(on));
    expect("samples", samples, List.copyOf(on.samples(samples)));
    expect("counters", counts, Map.copyOf(on.counters(counts)));
    expect("length of 1 KiB", (long) KIB, on.length(kib));
    expect("length of 1 MiB", (long) MIB, on.length(mib));
    expect("callback", 1.96875, on.callback(operator, 5));
    expect("arraylist", 10L, on.arraylist(library.reference(list), 5));
    expect("the list", 5, list.size());
    on.pause(0.0);
  }

  static void expect(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new IllegalStateException(what + " gave " + actual + " instead of " + expected);
    }
  }
}
