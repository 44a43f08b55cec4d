package dev.naja.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which of the names that there are may a wrong name mean? Those that differ by few letters; case
 * and underscores do not count, nor does the {@code get} of a getter.
 */
final class NearNames {
  private static final int MOST = 3;

  private NearNames() {}

  /**
   * At most three names, the nearest first.
   *
   * @param wrong the name that is none
   * @param names the names that there are
   */
  static List<String> of(String wrong, Collection<String> names) {
    String sought = plain(wrong);
    Map<Integer, TreeSet<String>> byDistance = new TreeMap<>();
    for (String name : names) {
      String candidate = plain(name);
      int distance =
          candidate.equals("get" + sought) || candidate.equals("is" + sought)
              ? 1
              : distance(sought, candidate);
      if (distance <= Math.max(1, sought.length() / 3)) {
        byDistance.computeIfAbsent(distance, key -> new TreeSet<>()).add(name);
      }
    }
    List<String> near = new ArrayList<>();
    for (TreeSet<String> each : byDistance.values()) {
      near.addAll(each);
    }
    return near.subList(0, Math.min(MOST, near.size()));
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** How many letters are to be inserted, deleted, replaced or swapped with the next one. */
  private static int distance(String from, String to) {
    int[][] steps = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : least(from, to, i, j, steps);
      }
    }
    return steps[from.length()][to.length()];
  }

  private static int least(String from, String to, int i, int j, int[][] steps) {
    int replaced = steps[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }
}
