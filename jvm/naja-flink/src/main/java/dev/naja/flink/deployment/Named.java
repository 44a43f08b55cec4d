package dev.naja.flink.deployment;

import java.util.Optional;

/** What {@code path#name} in an option says: a path and, perhaps, what follows. Immutable. */
final class Named {
  private final String path;
  private final String name;

  private Named(String path, String name) {
    this.path = path;
    this.name = name;
  }

  static Named of(String text) {
    int at = text.indexOf('#');
    return at < 0
        ? new Named(text.trim(), null)
        : new Named(text.substring(0, at).trim(), text.substring(at + 1).trim());
  }

  String path() {
    return path;
  }

  Optional<String> name() {
    return Optional.ofNullable(name).filter(text -> !text.isEmpty());
  }

  /** The last part of the path. */
  String fileName() {
    return fileName(path);
  }

  /** The last part of a path or URI. */
  static String fileName(String path) {
    String trimmed = path.replaceAll("/+$", "");
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
