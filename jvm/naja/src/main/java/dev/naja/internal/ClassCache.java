package dev.naja.internal;

import java.lang.ref.WeakReference;

/**
 * Remembers what was found out about classes, as long as someone uses it.
 *
 * <p>What is stored with a class is a weak reference: a value of this library's own classes would
 * keep this library's class loader alive as long as that class, which may be the JDK's.
 * Thread-safe.
 *
 * @param <T> what is found out
 */
abstract class ClassCache<T> {
  private final ClassValue<WeakReference<T>> values =
      new ClassValue<>() {
        @Override
        protected WeakReference<T> computeValue(Class<?> type) {
          return new WeakReference<>(find(type));
        }
      };

  /** Finds it out. */
  abstract T find(Class<?> type);

  final T get(Class<?> type) {
    T value = values.get(type).get();
    while (value == null) {
      values.remove(type);
      value = values.get(type).get();
    }
    return value;
  }
}
