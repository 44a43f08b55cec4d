package dev.naja.pemja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import acme.Job;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pemja.core.PythonInterpreter;

/** Jobs of one JVM, one after the other, each in a class loader of its own. */
class ClassLoadersTest {

  @Test
  void aSecondJobRunsAndTheFirstIsCollected() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      loaders.add(runJob("job" + i));
    }
    try (PythonInterpreter interpreter = Interpreters.with("import gc")) {
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (loaders.stream().anyMatch(loader -> loader.get() != null)
          && System.nanoTime() < deadline) {
        System.gc();
        assertNotNull(interpreter.invoke("gc.collect"));
        Thread.sleep(20);
      }
    }
    for (WeakReference<ClassLoader> loader : loaders) {
      assertNull(loader.get());
    }
    assertEquals("hello own 2", Job.run("own"));
  }

  /** As flink-agents does: the job's class loader is handed over nowhere. */
  @Test
  void workerThreadsUseTheObjectsAndClassesOfAJob() throws Exception {
    Object said = loader().loadClass(Job.class.getName()).getMethod("agents").invoke(null);
    assertEquals("{'a': 2.0, 'b': 2.0, 'c': 2.0} {risk={c=2.0}}", said);
  }

  private static WeakReference<ClassLoader> runJob(String name) throws Exception {
    ClassLoader loader = loader();
    Object said =
        loader.loadClass(Job.class.getName()).getMethod("run", String.class).invoke(null, name);
    assertEquals("hello " + name + " 2", said);
    return new WeakReference<>(loader);
  }

  /** A loader of its own, not to be closed: the first call prepares itself in the background. */
  private static ClassLoader loader() throws MalformedURLException {
    return new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
  }

  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
