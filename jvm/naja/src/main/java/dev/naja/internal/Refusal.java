package dev.naja.internal;

import java.nio.file.InvalidPathException;

/** Why one Python cannot be used, and what would make it usable. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String mend;

  Refusal(String what, String mend) {
    this(what, mend, null);
  }

  Refusal(String what, String mend, Throwable cause) {
    super(what, cause);
    this.mend = mend;
  }

  /** A file name that this JVM cannot speak of, because of the locale it was started in. */
  static Refusal unmappable(InvalidPathException e) {
    return new Refusal(
        String.format(
            "\"%s\" cannot be a file name in this JVM, whose file names are %s",
            e.getInput(), System.getProperty("sun.jnu.encoding")),
        "Start the JVM in a UTF-8 locale, such as LC_ALL=C.UTF-8.",
        e);
  }

  /** What to do about it: one sentence or more, each with its full stop. */
  String mend() {
    return mend;
  }
}
