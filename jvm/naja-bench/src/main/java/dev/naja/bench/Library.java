package dev.naja.bench;

/**
 * One way of calling Python from Java, opened on the thread that will make the calls.
 *
 * <p>Confined to that thread, as Jep and PEMJA demand.
 */
public interface Library extends AutoCloseable {

  /** Returns the bound functions. */
  Workloads workloads();

  /**
   * Returns the bound functions of arrays; NumPy is imported for them.
   *
   * @throws UnsupportedOperationException when the library is not measured with arrays
   */
  default ArrayWorkloads arrays() {
    throw new UnsupportedOperationException("not measured with arrays");
  }

  /** What to pass so that Python gets an object of a class that crosses by value as itself. */
  default Object reference(Object object) {
    return object;
  }

  /** Called on the measuring thread before each run of calls. */
  default void enter() {}

  /** Called on the measuring thread after each run of calls. */
  default void leave() {}

  @Override
  default void close() {}

  /**
   * Starts CPython through the named library. Serialized, because no peer promises that its start
   * may race.
   *
   * @param name one of {@code naja}, {@code naja-session}, {@code pemja}, {@code jep}, {@code jpy}
   * @throws IllegalArgumentException when the name is none of these
   */
  static Library open(String name) {
    synchronized (Library.class) {
      switch (name) {
        case "naja":
          return new NajaLibrary();
        case "naja-session":
          return new NajaSessionLibrary();
        case "pemja":
          return new PemjaLibrary();
        case "jep":
          return new JepLibrary();
        case "jpy":
          return new JpyLibrary();
        default:
          throw new IllegalArgumentException(
              "no library \"" + name + "\": use naja, naja-session, pemja, jep or jpy");
      }
    }
  }
}
