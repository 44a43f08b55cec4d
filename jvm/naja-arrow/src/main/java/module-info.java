/**
 * Arrow's tables between Java and Python, in one process and without a copy.
 *
 * <p>{@link dev.naja.arrow.Arrow} is where to begin.
 */
module dev.naja.arrow {
  requires transitive dev.naja;
  requires transitive org.apache.arrow.c;
  requires transitive org.apache.arrow.memory.core;
  requires transitive org.apache.arrow.vector;

  exports dev.naja.arrow;

  provides dev.naja.PythonConverter with
      dev.naja.arrow.BatchConverter,
      dev.naja.arrow.ReaderConverter,
      dev.naja.arrow.SchemaConverter,
      dev.naja.arrow.VectorConverter;
}
