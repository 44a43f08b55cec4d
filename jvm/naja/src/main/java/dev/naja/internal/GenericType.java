package dev.naja.internal;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What does a type mean in an interface that gives type arguments to those it extends? In {@code
 * interface Scorer extends Function<Double, List<Long>>} the {@code R} of {@code apply} is {@code
 * List<Long>}. An instance is a generic type with its arguments.
 */
final class GenericType implements ParameterizedType {
  private final Class<?> raw;
  private final Type[] arguments;

  GenericType(Class<?> raw, Type... arguments) {
    this.raw = raw;
    this.arguments = arguments;
  }

  /** What the type variables of an interface's ancestors stand for in it. */
  static Map<TypeVariable<?>, Type> variables(Class<?> type) {
    Map<TypeVariable<?>, Type> variables = new HashMap<>();
    collect(type, variables);
    return variables;
  }

  private static void collect(Class<?> type, Map<TypeVariable<?>, Type> variables) {
    for (Type parent : type.getGenericInterfaces()) {
      if (parent instanceof ParameterizedType) {
        Class<?> raw = (Class<?>) ((ParameterizedType) parent).getRawType();
        Type[] arguments = ((ParameterizedType) parent).getActualTypeArguments();
        for (int i = 0; i < arguments.length; i++) {
          variables.put(raw.getTypeParameters()[i], resolve(arguments[i], variables));
        }
        collect(raw, variables);
      } else {
        collect((Class<?>) parent, variables);
      }
    }
  }

  /**
   * A type without variables and wildcards: those that stand for nothing become the class that
   * bounds them.
   */
  static Type resolve(Type type, Map<TypeVariable<?>, Type> variables) {
    if (type instanceof TypeVariable) {
      Type known = variables.get(type);
      return known != null ? known : erased(type);
    }
    if (type instanceof WildcardType) {
      return resolve(((WildcardType) type).getUpperBounds()[0], variables);
    }
    if (type instanceof GenericArrayType) {
      Type component = ((GenericArrayType) type).getGenericComponentType();
      Type resolved = resolve(component, variables);
      return resolved instanceof Class
          ? arrayOf((Class<?>) resolved)
          : (GenericArrayType) () -> resolved;
    }
    if (type instanceof ParameterizedType) {
      ParameterizedType generic = (ParameterizedType) type;
      Type[] arguments =
          Arrays.stream(generic.getActualTypeArguments())
              .map(argument -> resolve(argument, variables))
              .toArray(Type[]::new);
      return new GenericType((Class<?>) generic.getRawType(), arguments);
    }
    return type;
  }

  private static Class<?> erased(Type type) {
    if (type instanceof TypeVariable) {
      return erased(((TypeVariable<?>) type).getBounds()[0]);
    }
    if (type instanceof ParameterizedType) {
      return (Class<?>) ((ParameterizedType) type).getRawType();
    }
    return (Class<?>) type;
  }

  private static Class<?> arrayOf(Class<?> component) {
    return Array.newInstance(component, 0).getClass();
  }

  @Override
  public Type getRawType() {
    return raw;
  }

  @Override
  public Type[] getActualTypeArguments() {
    return arguments.clone();
  }

  @Override
  public Type getOwnerType() {
    return raw.getDeclaringClass();
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof ParameterizedType)) {
      return false;
    }
    ParameterizedType that = (ParameterizedType) other;
    return raw.equals(that.getRawType()) && Arrays.equals(arguments, that.getActualTypeArguments());
  }

  @Override
  public int hashCode() {
    return raw.hashCode() ^ Arrays.hashCode(arguments);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(raw.getName()).append('<');
    for (int i = 0; i < arguments.length; i++) {
      text.append(i == 0 ? "" : ", ").append(arguments[i].getTypeName());
    }
    return text.append('>').toString();
  }
}
