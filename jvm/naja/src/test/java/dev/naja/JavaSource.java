package dev.naja;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** The values of Java expressions that are text, which the JDK's compiler is there for. */
final class JavaSource {
  private static final String IMPORTS =
      "import dev.naja.*; import java.math.*; import java.time.*; import java.util.*;\n";

  private JavaSource() {}

  /**
   * Evaluates expressions.
   *
   * @param declarations what stands beside the expressions in their class
   * @param expressions the expressions
   * @return their values in the same order
   */
  static List<Object> evaluate(String declarations, List<String> expressions) {
    String values =
        expressions.stream()
            .map(expression -> "(Object) (" + expression + ")")
            .collect(Collectors.joining(",\n"));
    String source =
        IMPORTS
            + "public class Rows {\n"
            + declarations.replaceAll("(?m)^(enum|record|interface)", "public $1")
            + "public static Object[] values() { return new Object[] {\n"
            + values
            + "}; }\n}\n";
    try {
      Path directory = Files.createTempDirectory("naja-rows");
      Path file = Files.writeString(directory.resolve("Rows.java"), source);
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  System.out,
                  System.err,
                  "-cp",
                  System.getProperty("java.class.path") + File.pathSeparator + classes(),
                  "-d",
                  directory.toString(),
                  file.toString());
      if (status != 0) {
        throw new AssertionError("these do not compile:\n" + source);
      }
      URLClassLoader loader =
          new URLClassLoader(
              new URL[] {directory.toUri().toURL()}, JavaSource.class.getClassLoader());
      return Arrays.asList((Object[]) loader.loadClass("Rows").getMethod("values").invoke(null));
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Where this library's classes lie, whatever the test runner's class path says. */
  private static Path classes() {
    return Path.of(Python.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
