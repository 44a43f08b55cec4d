package dev.naja.internal;

import dev.naja.PyObject;
import java.util.Map;

/**
 * A function of Python's library, or of the Python half of naja, that Java calls. Found at its
 * first use and kept.
 */
public final class PythonFunction {
  /** {@code hasattr(object, name)}. */
  public static final PythonFunction HAS_ATTRIBUTE = new PythonFunction("builtins", "hasattr");

  /** {@code callable(object)}. */
  public static final PythonFunction IS_CALLABLE = new PythonFunction("builtins", "callable");

  /** {@code value in object}, as {@code contains(object, value)}. */
  public static final PythonFunction CONTAINS = new PythonFunction("operator", "contains");

  /** A new {@code dict} of globals, for a module name. */
  public static final PythonFunction NEW_NAMESPACE = new PythonFunction("naja._namespace", "new");

  /** Runs statements: {@code execute(source, globals)}. */
  public static final PythonFunction EXECUTE = new PythonFunction("naja._namespace", "execute");

  /** Evaluates an expression: {@code evaluate(source, globals)}. */
  public static final PythonFunction EVALUATE = new PythonFunction("naja._namespace", "evaluate");

  /** Calls a coroutine function, see {@link AsyncCall}. */
  static final PythonFunction CALL_ASYNC = new PythonFunction("naja._async", "call_async");

  /** The name of an object's class, see {@link LiveHandles}. */
  static final PythonFunction KIND = new PythonFunction("naja._handles", "kind");

  /** The short text of an object. */
  static final PythonFunction TEXT = new PythonFunction("naja._handles", "text");

  /** The callable that a Java method calls, see {@link Binder}. */
  static final PythonFunction RESOLVE = new PythonFunction("naja._signature", "resolve");

  /** The methods that objects implement, as {@link #IMPLEMENTED} takes them. */
  static final PythonFunction METHODS = new PythonFunction("naja._signature", "Methods");

  /** What the methods of an implemented object call, see {@link Implementation}. */
  static final PythonFunction IMPLEMENTED = new PythonFunction("naja._signature", "implemented");

  /** What one method calls that Python lacked before. */
  static final PythonFunction IMPLEMENTATION =
      new PythonFunction("naja._signature", "implementation");

  /** The Java object that Python holds, or {@code None} for a Python object. */
  static final PythonFunction HELD = new PythonFunction("naja._handles", "held");

  /** What {@link NdArrayReader} needs of an array. */
  static final PythonFunction EXPORT = new PythonFunction("naja._arrays", "export");

  /** What makes a table of a {@link BatchMemory}. */
  static final PythonFunction ROW_BUILDER = new PythonFunction("naja._rows", "Builder");

  /** What {@link RowsReader} needs of a table. */
  static final PythonFunction TABLE_COLUMNS = new PythonFunction("naja._tables", "columns");

  /** What {@link ResultElements} takes of iterables and tables. */
  static final PythonFunction ELEMENTS = new PythonFunction("naja._results", "elements");

  /** The rows of tables, some of whose cells are wanted by reference. */
  static final PythonFunction OBJECTS = new PythonFunction("naja._results", "objects");

  /** The items of mappings. */
  static final PythonFunction PAIRS = new PythonFunction("naja._results", "pairs");

  /** The NumPy array that a column is. */
  static final PythonFunction ARRAY = new PythonFunction("naja._results", "array");

  /** What takes the components of a record of an object, see {@link RecordReader}. */
  static final PythonFunction COMPONENTS = new PythonFunction("naja._results", "components");

  /** {@code object[key]}, as {@code getitem(object, key)}. */
  static final PythonFunction GET_ITEM = new PythonFunction("operator", "getitem");

  /** A function as {@link VectorizedFunction} calls it. */
  static final PythonFunction PREPARE_BATCHES = new PythonFunction("naja._vectorized", "prepare");

  /** Raises an exception. */
  static final PythonFunction FAIL = new PythonFunction("naja._vectorized", "fail");

  /** Puts entries in front of {@code sys.path}. */
  static final PythonFunction ADD_PATHS = new PythonFunction("naja._search_path", "add_paths");

  /** Checks what is installed against a list of requirements. */
  static final PythonFunction REQUIRE_PACKAGES =
      new PythonFunction("naja._environment", "require_packages");

  /** Refuses what would take the JVM down. */
  static final PythonFunction INSTALL_GUARDS = new PythonFunction("naja._guards", "install");

  /** Sends output to Java. */
  static final PythonFunction INSTALL_OUTPUT = new PythonFunction("naja._output", "install");

  /** Sends log records to Java. */
  static final PythonFunction INSTALL_LOGGING = new PythonFunction("naja._logging", "install");

  private final String module;
  private final String name;
  private volatile PyObject function;

  private PythonFunction(String module, String name) {
    this.module = module;
    this.name = name;
  }

  /**
   * Calls the function.
   *
   * @param <T> the type of its result
   * @param reader takes its result
   * @param arguments its arguments
   * @return its result
   */
  public <T> T call(Reader<T> reader, Object... arguments) {
    return Operations.call(get(), 0, arguments, Map.of(), reader);
  }

  /** The function itself, not to be closed. */
  PyObject get() {
    PyObject found = function;
    if (found == null) {
      try (PyObject home = Operations.module(module)) {
        found = home.attr(name);
      }
      function = found;
    }
    return found;
  }
}
