package pemja.utils;

import dev.naja.pemja.Start;
import pemja.core.PythonInterpreterConfig;

/** What PEMJA has for its own use and leaves public. Thread-safe. */
public class CommonUtils {

  /** The one instance. */
  public static final CommonUtils INSTANCE = new CommonUtils();

  private CommonUtils() {}

  /**
   * Starts Python, or joins it.
   *
   * @param pythonExec as of {@link
   *     PythonInterpreterConfig.PythonInterpreterConfigBuilder#setPythonExec}
   */
  public void loadPython(String pythonExec) {
    Start.python(PythonInterpreterConfig.newBuilder().setPythonExec(pythonExec).build());
  }

  /**
   * Starts Python, or joins it.
   *
   * @param pythonExec as of {@link #loadPython(String)}
   * @param environment not used: Python is asked for its environment in another way
   */
  public void loadPython(String pythonExec, String[] environment) {
    loadPython(pythonExec);
  }

  /**
   * Where the Python module {@code pemja} lies.
   *
   * @param pythonExec not used
   * @return the text that is its {@code __file__}'s directory; there is no such directory, the jar
   *     serves it
   */
  public String getPemJaModulePath(String pythonExec) {
    return "<pemja>";
  }

  /**
   * As {@link #getPemJaModulePath(String)}.
   *
   * @param pythonExec not used
   * @param environment not used
   * @return the same
   */
  public String getPemJaModulePath(String pythonExec, String[] environment) {
    return getPemJaModulePath(pythonExec);
  }
}
