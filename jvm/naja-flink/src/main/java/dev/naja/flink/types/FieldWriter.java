package dev.naja.flink.types;

import dev.naja.internal.CallFrame;

/** Puts values of one SQL type into a call frame. Immutable, thread-safe. */
@FunctionalInterface
public interface FieldWriter {

  /**
   * Puts a value.
   *
   * @param frame where to
   * @param value of Flink's internal class for the type ({@code StringData}, {@code RowData} ...);
   *     null for NULL, which becomes {@code None}
   */
  void write(CallFrame frame, Object value);
}
