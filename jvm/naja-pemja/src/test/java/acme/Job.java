package acme;

import java.util.ArrayList;
import java.util.List;
import pemja.core.PythonInterpreter;
import pemja.core.PythonInterpreterConfig;

/** What a class loader of its own runs in a test. */
public final class Job {

  /** Calls Python, which calls this class and finds it by its name. */
  public static String run(String name) {
    PythonInterpreterConfig config = PythonInterpreterConfig.newBuilder().build();
    try (PythonInterpreter interpreter = new PythonInterpreter(config)) {
      interpreter.exec(
          "from pemja import findClass\n"
              + "def call(host, rows):\n"
              + "  Job = findClass('acme.Job')\n"
              + "  assert isinstance(host, Job)\n"
              + "  rows.append(host.twice((1, object())))\n"
              + "  return Job.greet(rows[0])");
      List<Object> rows = new ArrayList<>(List.of(name));
      Object greeting = interpreter.invoke("call", new Job(), rows);
      return greeting + " " + rows.size();
    }
  }

  public static String greet(String name) {
    return "hello " + name;
  }

  public Object twice(Object value) {
    return new Object[] {value, value};
  }
}
