package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.deployment.JobFiles;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
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
  /** Where Flink tells the threads of a job which it is. */
  private static final String JOB = "flink-job-id";

  /** What is open in this class loader; guards {@link Opened#users} as well. */
  private static final Map<Object, Opened> OPEN = new HashMap<>();

  /** What functions have opened that know no task, with their threads; it guards itself. */
  private static final Map<OpenPython, WeakReference<Thread>> UNENDED = new HashMap<>();

  private final Opened opened;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OpenPython(Opened opened) {
    this.opened = opened;
  }

  /**
   * Starts or joins an environment's Python and lays out the job's files. What a function opens
   * that knows no task is closed when this thread closes something, and at the latest when
   * something is opened after the thread's end.
   *
   * @param environment which
   * @param task what needs it
   * @return the Python, to be closed
   * @throws dev.naja.PythonStartException if it does not start, or another one runs here
   * @throws IllegalArgumentException if a file of the job is not there
   * @throws dev.naja.PythonException if its packages cannot be installed or shared
   */
  public static OpenPython open(PythonEnvironment environment, TaskContext task) {
    closeEnded(null);
    Opened opened;
    synchronized (OPEN) {
      opened = task.isDetached() ? there(environment) : null;
      if (opened == null) {
        // Each look at a plan sees the files as they are then.
        Object key = task.isPlanning() ? new Object() : List.of(environment, job(task));
        opened = OPEN.computeIfAbsent(key, Opened::new);
      }
      opened.users++;
    }
    try {
      opened.prepare(environment, task);
    } catch (Throwable e) {
      opened.release();
      throw e;
    }
    OpenPython open = new OpenPython(opened);
    if (task.isDetached()) {
      synchronized (UNENDED) {
        UNENDED.put(open, new WeakReference<>(Thread.currentThread()));
      }
    }
    return open;
  }

  private static String job(TaskContext task) {
    // Without the job's files, so not what its other functions open.
    return task.isDetached() ? "of " + MDC.get(JOB) : task.variable("job_id");
  }

  /**
   * What another function of the job has opened, for one that knows no job; Flink tells the job's
   * threads in the MDC, unless nothing that logs has one.
   */
  private static Opened there(PythonEnvironment environment) {
    String job = MDC.get(JOB);
    for (Map.Entry<Object, Opened> entry : OPEN.entrySet()) {
      if (entry.getKey() instanceof List && entry.getValue().overlay != null) {
        List<?> key = (List<?>) entry.getKey();
        if (key.get(0).equals(environment) && (job == null || key.get(1).equals(job))) {
          return entry.getValue();
        }
      }
    }
    return null;
  }

  /**
   * Closes what tasks have left that have ended, or end now: Flink runs each on a thread of its
   * own, which closes its functions at the end.
   */
  private static void closeEnded(Thread ending) {
    List<OpenPython> ended = new ArrayList<>();
    synchronized (UNENDED) {
      UNENDED.forEach(
          (open, reference) -> {
            Thread thread = reference.get();
            if (thread == null || thread == ending || !thread.isAlive()) {
              ended.add(open);
            }
          });
      UNENDED.keySet().removeAll(ended);
    }
    ended.forEach(OpenPython::close);
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
      closeEnded(Thread.currentThread());
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
