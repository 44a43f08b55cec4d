package dev.naja.internal;

import dev.naja.RowBatch;
import dev.naja.Rows;

/**
 * How this package opens {@link RowBatch}es and makes {@link Rows}, whose memory is not public.
 *
 * <p>The static initializer of {@code Rows} gives the one implementation.
 */
public abstract class Tables {
  private static volatile Tables instance;

  /** For {@code Rows} alone. */
  protected Tables() {}

  /**
   * Gives the implementation.
   *
   * @param tables what both offer
   */
  public static void set(Tables tables) {
    instance = tables;
  }

  static Tables get() {
    Tables tables = instance;
    return tables != null ? tables : load();
  }

  private static Tables load() {
    try {
      Class.forName(Rows.class.getName(), true, Rows.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Rows is missing although it was just named", e);
    }
    return instance;
  }

  /**
   * The memory of a batch.
   *
   * @param batch a batch
   * @return its memory
   */
  public abstract BatchMemory memory(RowBatch batch);

  /**
   * Rows.
   *
   * @param table what they consist of
   * @return the rows
   */
  public abstract Rows rows(TableMemory table);
}
