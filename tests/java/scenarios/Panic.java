package scenarios;

import dev.naja.Python;
import dev.naja.PythonPanicException;
import dev.naja.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** What does a panic inside the bridge come out as? Its argument is the panic's message. */
public final class Panic {
  private Panic() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    Python python = Python.start();
    // No public method panics.
    Method panic =
        Class.forName("dev.naja.internal.Native").getDeclaredMethod("panic", String.class);
    panic.setAccessible(true);
    try (Session session = python.session()) {
      panic.invoke(null, arguments[0]);
    } catch (InvocationTargetException e) {
      PythonPanicException thrown = (PythonPanicException) e.getCause();
      System.out.println(thrown.toString().replace('\n', ' '));
    }
    System.out.println("alive " + python.namespace().eval("6 * 7"));
  }
}
