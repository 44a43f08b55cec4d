package dev.naja.internal;

import dev.naja.PythonStartException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions of Python does a text such as {@code >=3.10,<3.13} mean? Its clauses are those of
 * PEP 440, with versions that are numbers only.
 */
final class VersionSpecifier {
  private static final Pattern CLAUSE =
      Pattern.compile("(~=|===?|!=|<=|>=|<|>)\\s*(\\d+(?:\\.\\d+)*)(\\.\\*)?");

  private VersionSpecifier() {}

  /**
   * Whether a version meets all clauses.
   *
   * @param specifier clauses, joined by commas
   * @param version numbers, joined by dots
   * @throws PythonStartException if the clauses cannot be read
   */
  static boolean admits(String specifier, String version) {
    boolean admitted = true;
    for (String clause : specifier.split(",", -1)) {
      Matcher match = CLAUSE.matcher(clause.strip());
      if (!match.matches()
          || (match.group(3) != null && !match.group(1).matches("==|!="))
          || (match.group(1).equals("~=") && !match.group(2).contains("."))) {
        throw new PythonStartException(
            String.format(
                "Cannot read the required version \"%s\": \"%s\" is no clause of PEP 440 with a"
                    + " version of numbers.%n"
                    + "  to mend: write clauses such as >=3.10, <3.13, ==3.11.* or ~=3.9.2, joined"
                    + " by commas.",
                specifier, clause));
      }
      boolean series = match.group(3) != null;
      admitted &= admits(match.group(1), numbers(match.group(2)), series, numbers(version));
    }
    return admitted;
  }

  private static boolean admits(String operator, int[] limit, boolean series, int[] version) {
    int[] compared = series ? prefix(version, limit.length) : version;
    int order = compare(compared, limit);
    switch (operator) {
      case "<":
        return order < 0;
      case "<=":
        return order <= 0;
      case ">":
        return order > 0;
      case ">=":
        return order >= 0;
      case "!=":
        return order != 0;
      case "~=":
        int[] stem = Arrays.copyOf(limit, limit.length - 1);
        return order >= 0 && compare(prefix(version, stem.length), stem) == 0;
      default:
        return order == 0;
    }
  }

  /** Compares as if the shorter one went on with zeros. */
  private static int compare(int[] one, int[] other) {
    int length = Math.max(one.length, other.length);
    return Arrays.compare(Arrays.copyOf(one, length), Arrays.copyOf(other, length));
  }

  private static int[] prefix(int[] version, int length) {
    return Arrays.copyOf(version, length);
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }
}
