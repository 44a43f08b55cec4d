package dev.naja.bench;

/** What {@code scripts/bench} tells the benchmarks about the machine, as system properties. */
enum Setting {
  /** The Python executable of the benchmarks' own venv. */
  PYTHON("naja.bench.python"),
  /** The directory that holds {@code workloads.py}. */
  PATH("naja.bench.path"),
  /** That venv's site-packages: Jep and PEMJA must be told, for they find no venv by themselves. */
  PACKAGES("naja.bench.packages"),
  /** The venv's libpython, which jpy must be told of. */
  LIBPYTHON("naja.bench.libpython"),
  /** The native library of the crate {@code naja-floor}. */
  FLOOR("naja.bench.floor");

  private final String property;

  Setting(String property) {
    this.property = property;
  }

  /**
   * Returns the value.
   *
   * @throws IllegalStateException when the property is not set
   */
  String value() {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException(
          "the system property " + property + " is not set: run the benchmarks by scripts/bench");
    }
    return value;
  }
}
