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

  private static final PythonConfig DEFAULT =
      new PythonConfig(null, List.of(), null, List.of(), Output.JAVA, true, false, null, null);

  private final String executable;
  private final List<String> path;
  private final String requiredVersion;
  private final List<String> requiredPackages;
  private final Output output;
  private final boolean logging;
  private final boolean leakTracing;
  private final Predicate<String> classFilter;
  private final Arrays arrays;

  private PythonConfig(
      String executable,
      List<String> path,
      String requiredVersion,
      List<String> requiredPackages,
      Output output,
      boolean logging,
      boolean leakTracing,
      Predicate<String> classFilter,
      Arrays arrays) {
    this.executable = executable;
    this.path = path;
    this.requiredVersion = requiredVersion;
    this.requiredPackages = requiredPackages;
    this.output = output;
    this.logging = logging;
    this.leakTracing = leakTracing;
    this.classFilter = classFilter;
    this.arrays = arrays;
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
    return new PythonConfig(
        value,
        path,
        requiredVersion,
        requiredPackages,
        output,
        logging,
        leakTracing,
        classFilter,
        arrays);
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
    List<String> all = new ArrayList<>(path);
    for (String entry : entries) {
      all.add(new File(notBlank(entry, "path entry")).getAbsolutePath());
    }
    return new PythonConfig(
        executable,
        Collections.unmodifiableList(all),
        requiredVersion,
        requiredPackages,
        output,
        logging,
        leakTracing,
        classFilter,
        arrays);
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
    return new PythonConfig(
        executable,
        path,
        notBlank(specifier, "version specifier"),
        requiredPackages,
        output,
        logging,
        leakTracing,
        classFilter,
        arrays);
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
    List<String> all = new ArrayList<>(requiredPackages);
    for (String requirement : requirements) {
      all.add(notBlank(requirement, "requirement"));
    }
    return new PythonConfig(
        executable,
        path,
        requiredVersion,
        Collections.unmodifiableList(all),
        output,
        logging,
        leakTracing,
        classFilter,
        arrays);
  }

  /**
   * Says where {@code sys.stdout} and {@code sys.stderr} go; {@link Output#JAVA} unless told.
   *
   * @param output the destination
   * @return a configuration with this destination
   */
  public PythonConfig withOutput(Output output) {
    Objects.requireNonNull(output, "output");
    return new PythonConfig(
        executable,
        path,
        requiredVersion,
        requiredPackages,
        output,
        logging,
        leakTracing,
        classFilter,
        arrays);
  }

  /**
   * Says whether records that reach the root logger of Python's {@code logging} go to SLF4J, or to
   * {@link System.Logger} when SLF4J is not on the class path; true unless told.
   *
   * @param logging whether to forward
   * @return a configuration with this choice
   */
  public PythonConfig withLogging(boolean logging) {
    return new PythonConfig(
        executable,
        path,
        requiredVersion,
        requiredPackages,
        output,
        logging,
        leakTracing,
        classFilter,
        arrays);
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
    return new PythonConfig(
        executable,
        path,
        requiredVersion,
        requiredPackages,
        output,
        logging,
        leakTracing,
        classFilter,
        arrays);
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
    return new PythonConfig(
        executable,
        path,
        requiredVersion,
        requiredPackages,
        output,
        logging,
        leakTracing,
        filter,
        arrays);
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
    return new PythonConfig(
        executable,
        path,
        requiredVersion,
        requiredPackages,
        output,
        logging,
        leakTracing,
        classFilter,
        arrays);
  }

  /**
   * The Python asked for.
   *
   * @return the executable, directory or name given to {@link #of(String)}; empty when the
   *     environment decides
   */
  public Optional<String> executable() {
    return Optional.ofNullable(executable);
  }

  /**
   * What goes in front of {@code sys.path}.
   *
   * @return absolute paths in the order of search, unmodifiable
   */
  public List<String> path() {
    return path;
  }

  /**
   * The version demanded.
   *
   * @return the specifier given to {@link #withRequiredVersion}, if any
   */
  public Optional<String> requiredVersion() {
    return Optional.ofNullable(requiredVersion);
  }

  /**
   * The packages demanded.
   *
   * @return the requirements given to {@link #withRequiredPackages}, unmodifiable
   */
  public List<String> requiredPackages() {
    return requiredPackages;
  }

  /**
   * Where output goes.
   *
   * @return the destination of {@code sys.stdout} and {@code sys.stderr}
   */
  public Output output() {
    return output;
  }

  /**
   * Whether log records are forwarded.
   *
   * @return true if Python's {@code logging} goes to Java's
   */
  public boolean logging() {
    return logging;
  }

  /**
   * Whether Python objects remember where they came to Java.
   *
   * @return true if they do
   */
  public boolean leakTracing() {
    return leakTracing;
  }

  /**
   * Which Java classes Python may touch.
   *
   * @return the filter given to {@link #withClassFilter}; empty if it may touch all
   */
  public Optional<Predicate<String>> classFilter() {
    return Optional.ofNullable(classFilter);
  }

  /**
   * What Java's arrays become.
   *
   * @return the choice of {@link #withArrays}; empty if none was made
   */
  public Optional<Arrays> arrays() {
    return Optional.ofNullable(arrays);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof PythonConfig)) {
      return false;
    }
    PythonConfig that = (PythonConfig) other;
    return Objects.equals(executable, that.executable)
        && path.equals(that.path)
        && Objects.equals(requiredVersion, that.requiredVersion)
        && requiredPackages.equals(that.requiredPackages)
        && output == that.output
        && logging == that.logging
        && leakTracing == that.leakTracing
        && Objects.equals(classFilter, that.classFilter)
        && arrays == that.arrays;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        executable,
        path,
        requiredVersion,
        requiredPackages,
        output,
        logging,
        leakTracing,
        classFilter,
        arrays);
  }

  @Override
  public String toString() {
    return "PythonConfig[executable="
        + (executable == null ? "from the environment" : executable)
        + ", path="
        + path
        + ", requiredVersion="
        + (requiredVersion == null ? "any" : requiredVersion)
        + ", requiredPackages="
        + requiredPackages
        + ", output="
        + output
        + ", logging="
        + logging
        + ", leakTracing="
        + leakTracing
        + ", classFilter="
        + (classFilter == null ? "none" : classFilter)
        + ", arrays="
        + (arrays == null ? "none" : arrays)
        + "]";
  }

  private static String notBlank(String text, String what) {
    if (Objects.requireNonNull(text, what).isBlank()) {
      throw new IllegalArgumentException("The " + what + " is empty");
    }
    return text;
  }
}
