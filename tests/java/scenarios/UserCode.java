package scenarios;

import dev.naja.Namespace;
import dev.naja.Python;
import dev.naja.PythonException;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;

/**
 * Does Python find the classes of user code that has a class loader of its own, above naja's, and
 * does that loader go although Python knows its classes? Argument: the directory of the classes.
 */
public final class UserCode {
  private final Python python = Python.start();
  private final File directory;

  private UserCode(File directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    UserCode userCode = new UserCode(new File(arguments[0]));
    System.out.println("outside " + userCode.attempt("from acme import Secret"));
    System.out.println("collected " + isCollected(userCode.job()));
    System.out.println("gone " + userCode.attempt("naja_test_kept[0]()"));
    System.out.println("collected " + isCollected(userCode.job()));
    System.out.println("context " + userCode.inContext());
    System.out.println("outside " + userCode.attempt("from acme import Secret"));
  }

  /** Runs the job in a class loader of its own and leaves nothing of it. */
  private WeakReference<ClassLoader> job() throws Exception {
    try (URLClassLoader loader = loader()) {
      Class<?> job = loader.loadClass("acme.Job");
      System.out.println("job " + ((Callable<?>) job.getConstructor().newInstance()).call());
      return new WeakReference<>(loader);
    }
  }

  /** What this class runs sees the classes of the thread's context class loader. */
  private String inContext() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = loader();
        Namespace namespace = python.namespace()) {
      thread.setContextClassLoader(loader);
      namespace.exec("from acme import Secret");
      Class<?> found = namespace.evalAs(Class.class, "Secret.class_");
      return found.getName() + " " + (found.getClassLoader() == loader);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private String attempt(String source) {
    try (Namespace namespace = python.namespace()) {
      namespace.exec(source);
      return "returned";
    } catch (PythonException e) {
      return e.getMessage();
    }
  }

  private URLClassLoader loader() throws Exception {
    URL[] urls = {directory.toURI().toURL()};
    return new URLClassLoader(urls, UserCode.class.getClassLoader());
  }

  private static boolean isCollected(WeakReference<ClassLoader> trace) throws InterruptedException {
    for (int i = 0; i < 100 && trace.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    return trace.get() == null;
  }
}
