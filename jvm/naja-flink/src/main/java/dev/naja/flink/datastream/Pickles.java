package dev.naja.flink.datastream;

import dev.naja.PyObject;
import dev.naja.flink.runtime.OpenPython;

/** Bytes of Python objects that only Python reads, for one function. Safe for use by any thread. */
public final class Pickles {
  private final PyObject dumps;
  private final PyObject loads;

  /**
   * The pickles of one function.
   *
   * @param python where it was opened
   * @param owner its reference, for messages
   */
  public Pickles(OpenPython python, String owner) {
    try (PyObject make = python.half("_pickles", "of");
        PyObject importer = python.importer();
        PyObject made = make.invoke(owner, importer)) {
      dumps = made.item(0);
      loads = made.item(1);
    }
  }

  byte[] dump(PyObject held) {
    return dumps.callAs(byte[].class, held);
  }

  PyObject load(byte[] pickled) {
    return loads.invoke((Object) pickled);
  }
}
