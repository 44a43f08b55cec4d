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

  private static final Reader<String[]> TEXTS = Operations.reader(String[].class);

  private LiveHandles() {}

  /** Describes them, the latest first. Those that are given back meanwhile are left out. */
  public static List<LiveHandle> dump() {
    Handle.giveBackCollected();
    List<LiveHandle> live = new ArrayList<>();
    for (Handle.Owner owner : Handle.owners()) {
      try {
        String[] texts = describe(owner.value);
        live.add(new LiveHandle(texts[0], texts[1], owner.created()));
      } catch (PythonException e) {
        live.add(new LiveHandle("object", "<" + e.getMessage() + ">", owner.created()));
      } catch (IllegalStateException e) {
        continue; // Given back.
      }
    }
    return live;
  }

  private static String[] describe(long handle) {
    PyObject function = PythonFunction.DESCRIBE.get();
    CallFrame frame = CallFrame.acquire();
    try {
      frame.putHandle(handle);
      frame.call(References.get().handle(function), 1, 0, TEXTS.want(), DEADLINE);
      return frame.get(TEXTS);
    } finally {
      frame.release();
      Reference.reachabilityFence(function);
    }
  }
}
