package dev.naja;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which Python to start, what to put on its path, what to demand of it, where its output goes, and
 * which Java classes it may touch.
 *
 * <p>Instances are immutable and safe for use by any thread; each {@code with...} method returns a
 * new one. Nothing is looked up before {@link Python#start(PythonConfig)}.
 *
 * <pre>{@code
 * PythonConfig.of("venv")
 *     .withPath("models")
 *     .withRequiredVersion(">=3.10")
 *     .withRequiredPackages("numpy>=1.24", "scikit-learn");
 * }</pre>
 */
public final class PythonConfig {

  /** Where {@code sys.stdout} and {@code sys.stderr} go. */
  public enum Output {
    /**
     * To {@link System#out} and {@link System#err} as they are at the moment of the write, so that
     * {@link System#setOut} and whatever captures Java's output capture Python's too. The default.
     */
    JAVA,
    /** To the process's own file descriptors 1 and 2, as a plain {@code python} writes. */
    INHERIT
  }

  /**
   * What Java's arrays of numbers and truth values become in Python, such as {@code double[]}, and
   * arrays of such arrays. {@code byte[]} is {@code bytes} and {@code char[]} a list whatever this
   * says.
   */
  public enum Arrays {
    /**
     * {@link #NUMPY} where NumPy is installed, which is imported when the first array is passed;
     * else {@link #LISTS}. The default.
     */
    AUTO,
    /**
     * A {@code numpy.ndarray} with elements of the same type; arrays of arrays have as many
     * dimensions, and rows of one length. Passing one fails where NumPy cannot be imported.
     */
    NUMPY,
    /** A {@code list} of {@code int}, {@code float} or {@code bool}; arrays of arrays nest. */
    LISTS,
    /**
     * An {@code array.array}, which Python has without NumPy; {@code boolean[]}, which it has no
     * type for, is a {@code list}, and so are arrays of arrays.
     */
    ARRAY_MODULE
  }

  private static final PythonConfig DEFAULT = new PythonConfig(new Choices());

  private final Choices choices;

  private PythonConfig(Choices choices) {
    this.choices = choices;
  }

  /** What a configuration consists of; not changed once there is one. */
  private static final class Choices implements Cloneable {
    String executable;
    List<String> path = List.of();
    String requiredVersion;
    List<String> requiredPackages = List.of();
    Output output = Output.JAVA;
    boolean logging = true;
    boolean leakTracing;
    Predicate<String> classFilter;
    Arrays arrays;

    Choices copy() {
      try {
        return (Choices) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * Takes the first Python named by the environment: {@code NAJA_PYTHON}, then {@code VIRTUAL_ENV},
   * then {@code CONDA_PREFIX}, then {@code python3} on {@code PATH}. The first that is set decides;
   * if it turns out to be unusable, the start fails and no other is taken in its stead.
   *
   * @return the default configuration
   */
  public static PythonConfig of() {
    return DEFAULT;
  }

  /**
   * Takes the given Python.
   *
   * @param executable a Python executable; or the directory of a virtual environment, a conda
   *     environment or an installation, that is, one with {@code bin/python3} in it; or a name
   *     without a slash, such as {@code "python3.12"}, which is looked up on {@code PATH}. Relative
   *     paths are relative to the JVM's working directory.
   * @return the configuration
   * @throws IllegalArgumentException if the text is empty
   */
  public static PythonConfig of(String executable) {
    return DEFAULT.withExecutable(notBlank(executable, "executable"));
  }

  /**
   * Takes the given Python.
   *
   * @param executable a Python executable, or the directory of a virtual environment, a conda
   *     environment or an installation
   * @return the configuration
   */
  public static PythonConfig of(Path executable) {
    return DEFAULT.withExecutable(executable.toAbsolutePath().toString());
  }

  private PythonConfig withExecutable(String value) {
    Choices changed = choices.copy();
    changed.executable = value;
    return new PythonConfig(changed);
  }

  /**
   * Adds directories or zip files in front of {@code sys.path}: the first one given, over all calls
   * of this method, is the first one searched.
   *
   * @param entries directories or zip files; relative ones are relative to the JVM's working
   *     directory
   * @return a configuration with these entries after those it had
   * @throws IllegalArgumentException if an entry is empty
   */
  public PythonConfig withPath(String... entries) {
    List<String> all = new ArrayList<>(choices.path);
    for (String entry : entries) {
      all.add(new File(notBlank(entry, "path entry")).getAbsolutePath());
    }
    Choices changed = choices.copy();
    changed.path = Collections.unmodifiableList(all);
    return new PythonConfig(changed);
  }

  /**
   * Adds directories or zip files in front of {@code sys.path}, as {@link #withPath(String...)}.
   *
   * @param entries directories or zip files
   * @return a configuration with these entries after those it had
   */
  public PythonConfig withPath(Path... entries) {
    return withPath(Stream.of(entries).map(Path::toString).toArray(String[]::new));
  }

  /**
   * Demands a version of Python; the start fails with a {@link PythonStartException} that names
   * both when another one is found.
   *
   * @param specifier clauses as in <a href="https://peps.python.org/pep-0440/#version-specifiers">
   *     PEP 440</a>, joined by commas, such as {@code ">=3.10,<3.13"} or {@code "==3.11.*"}
   * @return a configuration with this demand instead of the one it had
   * @throws IllegalArgumentException if the text is empty
   */
  public PythonConfig withRequiredVersion(String specifier) {
    Choices changed = choices.copy();
    changed.requiredVersion = notBlank(specifier, "version specifier");
    return new PythonConfig(changed);
  }

  /**
   * Demands installed packages; the start fails with a {@link PythonStartException} that lists
   * every one that is missing or of another version.
   *
   * @param requirements names of distributions, each with an optional version specifier as in
   *     {@link #withRequiredVersion}, such as {@code "numpy>=1.24"}
   * @return a configuration with these demands after those it had
   * @throws IllegalArgumentException if a requirement is empty
   */
  public PythonConfig withRequiredPackages(String... requirements) {
    List<String> all = new ArrayList<>(choices.requiredPackages);
    for (String requirement : requirements) {
      all.add(notBlank(requirement, "requirement"));
    }
    Choices changed = choices.copy();
    changed.requiredPackages = Collections.unmodifiableList(all);
    return new PythonConfig(changed);
  }

  /**
   * Says where {@code sys.stdout} and {@code sys.stderr} go; {@link Output#JAVA} unless told.
   *
   * @param output the destination
   * @return a configuration with this destination
   */
  public PythonConfig withOutput(Output output) {
    Objects.requireNonNull(output, "output");
    Choices changed = choices.copy();
    changed.output = output;
    return new PythonConfig(changed);
  }

  /**
   * Says whether records that reach the root logger of Python's {@code logging} go to SLF4J, or to
   * {@link System.Logger} when SLF4J is not on the class path; true unless told.
   *
   * @param logging whether to forward
   * @return a configuration with this choice
   */
  public PythonConfig withLogging(boolean logging) {
    Choices changed = choices.copy();
    changed.logging = logging;
    return new PythonConfig(changed);
  }

  /**
   * Says whether each Python object that Java holds remembers where it came to Java, for {@link
   * Python#liveHandles()}; false unless told. It costs some microseconds an object. The first start
   * that asks for it turns it on for the class loader's lifetime, for objects that come from then
   * on.
   *
   * @param leakTracing whether to remember
   * @return a configuration with this choice
   */
  public PythonConfig withLeakTracing(boolean leakTracing) {
    Choices changed = choices.copy();
    changed.leakTracing = leakTracing;
    return new PythonConfig(changed);
  }

  /**
   * Says which Java classes Python may touch; all unless told. Python cannot import a class that is
   * refused, and sees no members of its instances; what other classes inherit from it stays.
   *
   * <p>The filter holds for the class loader of naja: a later start there that gives none keeps it,
   * one that gives another replaces it for what Python has not touched yet. It is kept as long as
   * that class loader is, and is called by any thread.
   *
   * @param filter gives true for the binary names of classes that Python may touch, such as {@code
   *     "java.util.Map$Entry"}; what it throws comes out of the Python code that asks for a class
   * @return a configuration with this filter instead of the one it had
   */
  public PythonConfig withClassFilter(Predicate<String> filter) {
    Objects.requireNonNull(filter, "filter");
    Choices changed = choices.copy();
    changed.classFilter = filter;
    return new PythonConfig(changed);
  }

  /**
   * Says what Java's arrays of numbers and truth values become in Python; {@link Arrays#AUTO}
   * unless told. It holds for the class loader of naja: a later start there that does not say keeps
   * it.
   *
   * @param arrays what they become
   * @return a configuration with this choice
   */
  public PythonConfig withArrays(Arrays arrays) {
    Objects.requireNonNull(arrays, "arrays");
    Choices changed = choices.copy();
    changed.arrays = arrays;
    return new PythonConfig(changed);
  }

  /**
   * The Python asked for.
   *
   * @return the executable, directory or name given to {@link #of(String)}; empty when the
   *     environment decides
   */
  public Optional<String> executable() {
    return Optional.ofNullable(choices.executable);
  }

  /**
   * What goes in front of {@code sys.path}.
   *
   * @return absolute paths in the order of search, unmodifiable
   */
  public List<String> path() {
    return choices.path;
  }

  /**
   * The version demanded.
   *
   * @return the specifier given to {@link #withRequiredVersion}, if any
   */
  public Optional<String> requiredVersion() {
    return Optional.ofNullable(choices.requiredVersion);
  }

  /**
   * The packages demanded.
   *
   * @return the requirements given to {@link #withRequiredPackages}, unmodifiable
   */
  public List<String> requiredPackages() {
    return choices.requiredPackages;
  }

  /**
   * Where output goes.
   *
   * @return the destination of {@code sys.stdout} and {@code sys.stderr}
   */
  public Output output() {
    return choices.output;
  }

  /**
   * Whether log records are forwarded.
   *
   * @return true if Python's {@code logging} goes to Java's
   */
  public boolean logging() {
    return choices.logging;
  }

  /**
   * Whether Python objects remember where they came to Java.
   *
   * @return true if they do
   */
  public boolean leakTracing() {
    return choices.leakTracing;
  }

  /**
   * Which Java classes Python may touch.
   *
   * @return the filter given to {@link #withClassFilter}; empty if it may touch all
   */
  public Optional<Predicate<String>> classFilter() {
    return Optional.ofNullable(choices.classFilter);
  }

  /**
   * What Java's arrays become.
   *
   * @return the choice of {@link #withArrays}; empty if none was made
   */
  public Optional<Arrays> arrays() {
    return Optional.ofNullable(choices.arrays);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof PythonConfig)) {
      return false;
    }
    Choices that = ((PythonConfig) other).choices;
    return Objects.equals(choices.executable, that.executable)
        && choices.path.equals(that.path)
        && Objects.equals(choices.requiredVersion, that.requiredVersion)
        && choices.requiredPackages.equals(that.requiredPackages)
        && choices.output == that.output
        && choices.logging == that.logging
        && choices.leakTracing == that.leakTracing
        && Objects.equals(choices.classFilter, that.classFilter)
        && choices.arrays == that.arrays;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        choices.executable,
        choices.path,
        choices.requiredVersion,
        choices.requiredPackages,
        choices.output,
        choices.logging,
        choices.leakTracing,
        choices.classFilter,
        choices.arrays);
  }

  @Override
  public String toString() {
    return "PythonConfig[executable="
        + (choices.executable == null ? "from the environment" : choices.executable)
        + ", path="
        + choices.path
        + ", requiredVersion="
        + (choices.requiredVersion == null ? "any" : choices.requiredVersion)
        + ", requiredPackages="
        + choices.requiredPackages
        + ", output="
        + choices.output
        + ", logging="
        + choices.logging
        + ", leakTracing="
        + choices.leakTracing
        + ", classFilter="
        + (choices.classFilter == null ? "none" : choices.classFilter)
        + ", arrays="
        + (choices.arrays == null ? "none" : choices.arrays)
        + "]";
  }

  private static String notBlank(String text, String what) {
    if (Objects.requireNonNull(text, what).isBlank()) {
      throw new IllegalArgumentException("The " + what + " is empty");
    }
    return text;
  }
}
