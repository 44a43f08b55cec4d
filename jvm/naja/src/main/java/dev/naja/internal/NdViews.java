package dev.naja.internal;

import dev.naja.NdArray;

/**
 * How this package makes and opens {@link NdArray}s, whose constructor and view are not public.
 *
 * <p>{@code NdArray}'s static initializer gives the one implementation.
 */
public abstract class NdViews {
  private static volatile NdViews instance;

  /** For {@code NdArray} alone. */
  protected NdViews() {}

  /**
   * Gives the implementation.
   *
   * @param views what {@code NdArray} offers
   */
  public static void set(NdViews views) {
    instance = views;
  }

  static NdViews get() {
    NdViews views = instance;
    return views != null ? views : load();
  }

  private static NdViews load() {
    try {
      Class.forName(NdArray.class.getName(), true, NdArray.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("NdArray is missing although it was just named", e);
    }
    return instance;
  }

  /**
   * What an array is a view of.
   *
   * @param array an array
   * @return its view
   */
  public abstract NdView of(NdArray array);

  /**
   * An array.
   *
   * @param view what it is a view of
   * @return the array
   */
  public abstract NdArray array(NdView view);
}
