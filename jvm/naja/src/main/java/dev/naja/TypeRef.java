package dev.naja;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Names a generic type where a class literal cannot: {@code new TypeRef<List<Double>>() {}}.
 *
 * <p>Immutable and thread-safe; keep it in a constant.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {
  private final Type type;

  /**
   * Captures the type argument of the subclass.
   *
   * @throws IllegalStateException if the subclass gives none
   */
  protected TypeRef() {
    Type superclass = getClass().getGenericSuperclass();
    if (!(superclass instanceof ParameterizedType)
        || ((ParameterizedType) superclass).getRawType() != TypeRef.class) {
      throw new IllegalStateException(
          "a TypeRef needs its type where it is made: new TypeRef<List<Double>>() {}");
    }
    type = ((ParameterizedType) superclass).getActualTypeArguments()[0];
  }

  /**
   * Returns the type.
   *
   * @return the type argument
   */
  public final Type type() {
    return type;
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
