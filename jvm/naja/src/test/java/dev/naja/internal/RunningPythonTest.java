package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.naja.Python;
import dev.naja.TestPython;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a start makes of the mark that another start has left. */
class RunningPythonTest {
  private static final String OF_ANOTHER_PROCESS = "1 CPython 3.9.1 of elsewhere";

  @Test
  void whatAnotherProcessRunsIsNoConcern() throws Exception {
    Python running = TestPython.get();
    ChildJvm.Result child =
        new ChildJvm()
            .property("dev.naja.running", OF_ANOTHER_PROCESS)
            .run(Starting.class, Map.of("NAJA_PYTHON", running.executable().toString()));
    assertEquals(running.version() + "\n", child.output);
    assertEquals(0, child.status);
  }

  /** Starts Python and prints its version. */
  static final class Starting {
    public static void main(String[] arguments) {
      System.out.println(Python.start().version());
    }
  }
}
