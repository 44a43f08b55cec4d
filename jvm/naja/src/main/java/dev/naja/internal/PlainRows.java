package dev.naja.internal;

import java.util.List;

/** Rows that go to Python as they are, in one list. */
final class PlainRows<T> implements BatchArguments<T> {

  @Override
  public boolean areAlike(T one, T other) {
    return true;
  }

  @Override
  public Object[] of(List<T> rows) {
    return new Object[] {rows};
  }
}
