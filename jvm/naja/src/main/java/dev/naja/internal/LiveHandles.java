package dev.naja.internal;

import dev.naja.LiveHandle;
import dev.naja.PyObject;
import dev.naja.PythonException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/** What are the Python objects that Java holds by this class loader? */
public final class LiveHandles {
  /** Nanoseconds that the text of one object may take. */
  private static final long DEADLINE = 1_000_000_000;

  private static final Reader<String> TEXT = Operations.reader(String.class);

  private LiveHandles() {}

  /** Describes them, the latest first. Those that are given back meanwhile are left out. */
  public static List<LiveHandle> dump() {
    Handle.giveBackCollected();
    List<LiveHandle> live = new ArrayList<>();
    for (Handle.Owner owner : Handle.owners()) {
      try {
        String kind = ask(PythonFunction.KIND, owner.value, 0);
        live.add(new LiveHandle(kind, text(owner.value), owner.created()));
      } catch (IllegalStateException e) {
        continue; // Given back.
      }
    }
    return live;
  }

  private static String text(long handle) {
    try {
      return ask(PythonFunction.TEXT, handle, DEADLINE);
    } catch (PythonException e) {
      return "<repr() raised " + e.pythonType() + ">";
    }
  }

  private static String ask(PythonFunction question, long handle, long deadline) {
    PyObject function = question.get();
    CallFrame frame = CallFrame.acquire();
    try {
      frame.putHandle(handle);
      frame.call(References.get().handle(function), 1, 0, TEXT.want(), deadline);
      return frame.get(TEXT);
    } finally {
      frame.release();
      Reference.reachabilityFence(function);
    }
  }
}
