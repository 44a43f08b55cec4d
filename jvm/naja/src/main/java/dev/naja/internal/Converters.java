package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PythonConverter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Which {@link PythonConverter} takes a class that naja itself does not convert? Thread-safe. */
final class Converters {
  private Converters() {}

  /** Found when first asked for, as looking for services takes milliseconds. */
  private static final class Found {
    @SuppressWarnings("rawtypes")
    static final List<PythonConverter> ALL =
        ServiceLoader.load(PythonConverter.class, PythonConverter.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toUnmodifiableList());
  }

  /** The converter of a class, or null. */
  static PythonConverter<?> of(Class<?> type) {
    PythonConverter<?> best = null;
    for (PythonConverter<?> each : Found.ALL) {
      if (each.type().isAssignableFrom(type)
          && (best == null || best.type().isAssignableFrom(each.type()))) {
        best = each;
      }
    }
    return best;
  }

  /** The Python object of a value that has a converter. */
  static PyObject toPython(Object value) {
    return toPython(of(value.getClass()), value);
  }

  private static <T> PyObject toPython(PythonConverter<T> converter, Object value) {
    return converter.toPython(converter.type().cast(value));
  }
}
