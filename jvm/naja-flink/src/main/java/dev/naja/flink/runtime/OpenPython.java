package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.deployment.JobFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.MDC;

/**
 * The Python of one environment in one job, with the job's code importable in it and nowhere else.
 * The tasks of a job that open equal environments share its modules; the last one that closes it
 * has them forgotten. Thread-safe.
 */
public final class OpenPython implements AutoCloseable {
  /** What is open in this class loader; guards {@link Opened#users} as well. */
  private static final Map<Object, Opened> OPEN = new HashMap<>();

  private final Opened opened;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OpenPython(Opened opened) {
    this.opened = opened;
  }

  /**
   * Starts or joins an environment's Python and lays out the job's files.
   *
   * @param environment which
   * @param task what needs it
   * @return the Python, to be closed
   * @throws dev.naja.PythonStartException if it does not start, or another one runs here
   * @throws IllegalArgumentException if a file of the job is not there
   * @throws dev.naja.PythonException if its packages cannot be installed or shared
   */
  public static OpenPython open(PythonEnvironment environment, TaskContext task) {
    // Each look at a plan sees the files as they are then.
    Object key = task.isPlanning() ? new Object() : List.of(environment, task.variable("job_id"));
    Opened opened;
    synchronized (OPEN) {
      Opened there = task.isDetached() ? there(environment) : null;
      if (there != null) {
        return borrowed(there);
      }
      opened = OPEN.computeIfAbsent(key, Opened::new);
      opened.users++;
    }
    try {
      opened.prepare(environment, task);
      return new OpenPython(opened);
    } catch (Throwable e) {
      opened.release();
      throw e;
    }
  }

  /**
   * What another function of the job has opened, for one that knows no job; Flink tells the job's
   * threads in the MDC.
   */
  private static Opened there(PythonEnvironment environment) {
    String job = MDC.get("flink-job-id");
    Opened found = null;
    for (Map.Entry<Object, Opened> entry : OPEN.entrySet()) {
      if (entry.getKey() instanceof List && entry.getValue().overlay != null) {
        List<?> key = (List<?>) entry.getKey();
        if (key.get(0).equals(environment) && (found == null || key.get(1).equals(job))) {
          found = entry.getValue();
        }
      }
    }
    return found;
  }

  /** Whoever has opened it closes it. */
  private static OpenPython borrowed(Opened opened) {
    OpenPython borrowed = new OpenPython(opened);
    borrowed.closed.set(true);
    return borrowed;
  }

  /**
   * The Python that runs in this process.
   *
   * @return the running Python
   */
  public Python python() {
    return opened.python;
  }

  /**
   * What imports modules as the job's code does: takes a full name, gives the module.
   *
   * @return a Python function, to be closed
   */
  public PyObject importer() {
    return opened.overlay.attr("import_module");
  }

  /**
   * A function of the Python half, for which names of modules mean the job's own.
   *
   * @param module a module of {@code naja.flink}
   * @param name the function's name
   * @return the function, to be closed
   */
  public PyObject half(String module, String name) {
    try (PyObject half = opened.overlay.attr("half")) {
      return half.callAs(PyObject.class, module, name);
    }
  }

  /** Gives the job's modules back. Twice is harmless. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      opened.release();
    }
  }

  /** What those that opened the same share. */
  private static final class Opened {
    private final Object key;
    private int users;
    private Python python;
    private JobFiles files;
    private volatile PyObject overlay;

    Opened(Object key) {
      this.key = key;
    }

    synchronized void prepare(PythonEnvironment environment, TaskContext task) {
      if (overlay != null) {
        return;
      }
      JobFiles laid = new JobFiles(environment, task);
      try {
        python = Python.start(laid.executable().map(PythonConfig::of).orElseGet(PythonConfig::of));
        laid.install(
            python.version() + " " + python.executable(),
            (requirements, wheels, directory) -> {
              try (PyObject module = python.module("naja.flink._requirements");
                  PyObject install = module.attr("install")) {
                install.callAs(void.class, requirements, wheels, directory);
              }
            });
        try (PyObject module = python.module("naja.flink._overlay");
            PyObject type = module.attr("Overlay")) {
          overlay =
              type.callAs(
                  PyObject.class,
                  task.isPlanning() ? "the job" : "job '" + task.variable("job_name") + "'",
                  UUID.randomUUID().toString(),
                  laid.paths(),
                  laid.files(),
                  laid.archives());
        }
        files = laid;
      } catch (Throwable e) {
        laid.close();
        throw e;
      }
    }

    void release() {
      synchronized (OPEN) {
        if (--users > 0) {
          return;
        }
        OPEN.remove(key);
      }
      synchronized (this) {
        if (overlay != null) {
          try (JobFiles laid = files;
              PyObject last = overlay;
              PyObject close = last.attr("close")) {
            close.callAs(void.class);
          }
        }
      }
    }
  }
}
