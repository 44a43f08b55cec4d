package dev.naja.pemja;

import dev.naja.Namespace;
import dev.naja.Python;
import dev.naja.PythonConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import pemja.core.PythonInterpreterConfig;
import pemja.core.PythonInterpreterConfig.ExecType;

/** How does Python start with the module {@code pemja} in it? Thread-safe. */
public final class Start {
  private static final String[] MODULES = {
    "__init__", "version", "logger", "redirect_stream", "_calls", "_lens", "_isolated"
  };

  private static boolean served;

  private Start() {}

  /**
   * Starts Python, or joins it, and serves the module.
   *
   * @param config which Python
   * @return the running Python
   * @throws dev.naja.PythonStartException if it cannot be started, or another one runs
   */
  public static Python python(PythonInterpreterConfig config) {
    PythonConfig wanted = which(config).withLogging(false);
    Python python = Python.start(wanted);
    serve(python);
    // Not before: interpreters with paths of their own begin with what is there now.
    return config.getExecType() == ExecType.MULTI_THREAD && config.getPaths().length > 0
        ? Python.start(wanted.withPath(paths(config)))
        : python;
  }

  private static PythonConfig which(PythonInterpreterConfig config) {
    if (config.getPythonExec() != null) {
      return PythonConfig.of(config.getPythonExec());
    }
    return config.getPythonHome() != null
        ? PythonConfig.of(config.getPythonHome())
        : PythonConfig.of();
  }

  /** The paths of a configuration that are not empty, relative ones under its working directory. */
  static String[] paths(PythonInterpreterConfig config) {
    String base = config.getWorkingDirectory();
    Path directory = Paths.get(base == null ? "" : base).toAbsolutePath();
    return Stream.of(config.getPaths())
        .filter(path -> !path.isBlank())
        .map(path -> directory.resolve(path).toString())
        .toArray(String[]::new);
  }

  private static synchronized void serve(Python python) {
    if (served) {
      return;
    }
    Map<String, String> sources = new LinkedHashMap<>();
    for (String module : MODULES) {
      String name = module.equals("__init__") ? "pemja" : "pemja." + module;
      sources.put(name, source(module));
    }
    try (Namespace namespace = python.namespace()) {
      namespace.set("sources", sources);
      namespace.exec(source("_install"));
    }
    served = true;
  }

  private static String source(String module) {
    String name = "python/" + module + ".py";
    try (InputStream stream = Start.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("The jar of naja-pemja is damaged: it has no " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The jar of naja-pemja cannot be read at " + name, e);
    }
  }
}
