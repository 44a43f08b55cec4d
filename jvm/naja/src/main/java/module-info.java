/**
 * CPython inside the JVM: call Python from Java, in process.
 *
 * <p>{@link dev.naja.Python} is where to begin.
 */
module dev.naja {
  requires static org.slf4j;

  exports dev.naja;

  uses dev.naja.PythonConverter;
}
