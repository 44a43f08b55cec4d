package dev.naja.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a JVM of its own, for what can happen but once in a process. */
final class ChildJvm {
  private final List<String> options = new ArrayList<>();

  /** How a run ended and what it printed to stdout and stderr. */
  static final class Result {
    final int status;
    final String output;

    private Result(int status, String output) {
      this.status = status;
      this.output = output;
    }
  }

  ChildJvm() {
    options.add("-Xcheck:jni");
    if (Runtime.version().feature() >= 24) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
  }

  ChildJvm property(String name, Object value) {
    options.add("-D" + name + "=" + value);
    return this;
  }

  /** Runs with this JVM's class path and environment, plus some variables; null removes one. */
  Result run(Class<?> main, Map<String, String> environment, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      builder.environment().put(variable.getKey(), variable.getValue());
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the JVM has closed its output but does not end:\n" + output);
    }
    return new Result(process.exitValue(), output);
  }
}
