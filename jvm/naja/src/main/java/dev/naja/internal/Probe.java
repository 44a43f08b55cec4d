package dev.naja.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What does a Python executable say about itself? Runs it once, isolated ({@code -I -S}: no
 * environment, no user site, no {@code .pth} file), with a bound on time and output.
 */
final class Probe {
  /** How many seconds an executable may take to answer. */
  static final String TIMEOUT_PROPERTY = "dev.naja.probeTimeout";

  private static final int MOST_BYTES = 1 << 18;
  private static final int MOST_QUOTED = 2000;
  private static final String KEY = "naja:";

  /**
   * Prints {@code naja:key=value} and NUL for each fact. The library that the executable has mapped
   * needs no look-up; only where none is mapped (Debian, conda) is {@code sysconfig} worth its
   * import, a third of the whole run.
   */
  private static final String SCRIPT =
      String.join(
          "\n",
          "import sys",
          "def say(key, value):",
          "    text = 'naja:%s=%s\\0' % (key, value)",
          "    sys.stdout.buffer.write(text.encode('utf-8', 'surrogateescape'))",
          "version = sys.version_info",
          "say('implementation', sys.implementation.name)",
          "say('version', '%d.%d.%d' % version[:3])",
          "say('executable', sys.executable or '')",
          "say('prefix', sys.prefix)",
          "say('base', sys.base_prefix)",
          "say('bits', 64 if sys.maxsize > 2 ** 32 else 32)",
          "say('threaded', int('t' in getattr(sys, 'abiflags', '')))",
          "mapped = None",
          "try:",
          "    with open('/proc/self/maps', 'rb') as maps:",
          "        for line in maps:",
          "            path = line.rstrip().split(None, 5)[5:]",
          "            if path and b'/libpython%d.%d' % version[:2] in path[0]:",
          "                mapped = path[0].decode(sys.getfilesystemencoding(), 'surrogateescape')",
          "                break",
          "except OSError:",
          "    pass",
          "if mapped:",
          "    say('mapped', mapped)",
          "elif sys.implementation.name == 'cpython':",
          "    import sysconfig",
          "    for key in ('LIBDIR', 'INSTSONAME', 'LDLIBRARY', 'MULTIARCH', 'LIBPL',",
          "                'PYTHONFRAMEWORKPREFIX', 'Py_ENABLE_SHARED'):",
          "        say(key, sysconfig.get_config_var(key) or '')",
          "say('end', '')",
          // What Python does at its end would take a tenth of the whole run.
          "sys.stdout.flush()",
          "try:",
          "    from posix import _exit",
          "except ImportError:",
          "    pass",
          "else:",
          "    _exit(0)");

  private Probe() {}

  /** Asks for the facts. A refusal says that the executable did not answer as a Python 3 does. */
  static Map<String, String> ask(Path executable) throws Refusal {
    String output = run(executable, "-I", "-S", "-c", SCRIPT);
    Map<String, String> facts = new HashMap<>();
    for (String piece : output.split("\0")) {
      int key = piece.lastIndexOf(KEY);
      int equals = key < 0 ? -1 : piece.indexOf('=', key);
      if (equals >= 0) {
        facts.put(piece.substring(key + KEY.length(), equals), piece.substring(equals + 1));
      }
    }
    if (facts.containsKey("end")) {
      return facts;
    }
    if (output.contains("Unknown option: -I")) {
      // Options after -V are not read, and Python 2 prints its version to stderr.
      String version = run(executable, "-V").trim();
      throw new Refusal(
          executable + " is " + (version.startsWith("Python ") ? version : "a Python before 3.4"),
          Interpreter.NEEDS);
    }
    if (output.contains("Fatal Python error")
        || output.contains("Traceback (most")
        // The dynamic linker's words, those of musl's too.
        || output.contains("shared librar") && output.contains("libpython")) {
      throw new Refusal(
          executable + " is a Python that does not start. " + quoted(output),
          "Mend or reinstall it; until \"" + executable + " -c pass\" works, naja cannot either.");
    }
    throw new Refusal(
        executable + " is not Python: it does not run a Python script. " + quoted(output),
        "Name the python executable itself.");
  }

  /**
   * Runs an executable to its end and returns what it prints, both streams together. {@link
   * NativeLoader#loadLoader()} comes first.
   */
  static String run(Path executable, String... arguments) throws Refusal {
    List<String> words = new ArrayList<>();
    words.add(executable.toString());
    words.addAll(Arrays.asList(arguments));
    long seconds = Long.getLong(TIMEOUT_PROPERTY, 30);
    byte[] printed;
    try {
      printed = Loader.run(Loader.bytes(words), seconds * 1000, MOST_BYTES);
    } catch (IOException e) {
      throw new Refusal(
          executable + " cannot be run: " + e.getMessage(),
          "See what \"" + executable + " -c pass\" says in a shell.",
          e);
    }
    if (printed == null) {
      throw new Refusal(
          executable + " gave no answer within " + seconds + " s and was killed",
          "If it only needs longer, give it more seconds by -D" + TIMEOUT_PROPERTY + "=SECONDS.");
    }
    if (printed.length == MOST_BYTES) {
      throw new Refusal(
          executable + " is not Python: it prints without end",
          "Name the python executable itself.");
    }
    return new String(printed, StandardCharsets.UTF_8);
  }

  /** Output for an error message: its end, which is where Python says what is wrong. */
  private static String quoted(String output) {
    String trimmed = output.replace('\0', '\n').trim();
    if (trimmed.isEmpty()) {
      return "It printed nothing.";
    }
    int from = Math.max(0, trimmed.length() - MOST_QUOTED);
    String end = (from == 0 ? "" : "... ") + trimmed.substring(from);
    return "It printed:\n    " + end.replace("\n", "\n    ");
  }
}
