package dev.naja;

import java.util.List;
import java.util.Objects;

/**
 * A Python object that Java held when {@link Python#liveHandles()} was asked: what it was and where
 * it came to Java. Text alone, which keeps nothing alive. Immutable.
 */
public final class LiveHandle {
  private final String type;
  private final String text;
  private final List<StackTraceElement> created;

  /**
   * Makes a description.
   *
   * @param type the name of the Python object's class
   * @param text the object as short text
   * @param created where it came to Java, innermost frame first; empty if that is not known
   */
  public LiveHandle(String type, String text, List<StackTraceElement> created) {
    this.type = Objects.requireNonNull(type, "type");
    this.text = Objects.requireNonNull(text, "text");
    this.created = List.copyOf(created);
  }

  /**
   * The name of the Python object's class.
   *
   * @return its qualified name, with the module in front unless that is {@code builtins}
   */
  public String type() {
    return type;
  }

  /**
   * The Python object as text for programmers.
   *
   * @return what {@code repr} makes of it, shortened to some 200 characters; or, in angle brackets,
   *     how that failed
   */
  public String text() {
    return text;
  }

  /**
   * Where the object came to Java.
   *
   * @return the Java stack of that moment, innermost frame first and without naja's own,
   *     unmodifiable; empty unless {@link PythonConfig#withLeakTracing} was on then
   */
  public List<StackTraceElement> created() {
    return created;
  }

  /** Type and text in a line, and a line for each frame. */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder(type).append(' ').append(text);
    for (StackTraceElement frame : created) {
      lines.append("\n\tat ").append(frame);
    }
    return lines.toString();
  }
}
