package dev.naja.internal;

import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.GenericSignatureFormatError;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How is a method or constructor written in Java? Without packages, and with the names of
 * parameters where the class file has them: {@code static <T> List<T> of(T...)}.
 */
final class Signature {
  /** Reflection gives no order of its own. */
  private static final Comparator<Executable> FEWEST_PARAMETERS_FIRST =
      Comparator.comparingInt(Executable::getParameterCount).thenComparing(Signature::of);

  private Signature() {}

  /** A member's signature. */
  static String of(Executable member) {
    StringBuilder text = new StringBuilder();
    if (member instanceof Method) {
      text.append(Modifier.isStatic(member.getModifiers()) ? "static " : "");
    }
    List<String> variables = new ArrayList<>();
    for (TypeVariable<?> each : member.getTypeParameters()) {
      variables.add(each.getName());
    }
    if (!variables.isEmpty()) {
      text.append('<').append(String.join(", ", variables)).append("> ");
    }
    if (member instanceof Method) {
      text.append(text(result((Method) member))).append(' ').append(member.getName());
    } else {
      text.append(member.getDeclaringClass().getSimpleName());
    }
    return text.append('(').append(String.join(", ", parameters(member))).append(')').toString();
  }

  /** The members, those of the fewest parameters first. */
  static List<Executable> sorted(List<Executable> members) {
    List<Executable> sorted = new ArrayList<>(members);
    sorted.sort(FEWEST_PARAMETERS_FIRST);
    return sorted;
  }

  private static List<String> parameters(Executable member) {
    Type[] types = parameterTypes(member);
    Parameter[] declared = member.getParameters();
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      String type = text(types[i]);
      if (member.isVarArgs() && i == types.length - 1) {
        type = type.substring(0, type.length() - 2) + "...";
      }
      parameters.add(declared[i].isNamePresent() ? type + " " + declared[i].getName() : type);
    }
    return parameters;
  }

  /**
   * The types of a member's parameters, generic where that is known of all: the compiler leaves
   * parameters of its own making out, such as the outer instance of an inner class.
   */
  static Type[] parameterTypes(Executable member) {
    Class<?>[] erased = member.getParameterTypes();
    try {
      Type[] generic = member.getGenericParameterTypes();
      return generic.length == erased.length ? generic : erased;
    } catch (TypeNotPresentException
        | GenericSignatureFormatError
        | MalformedParameterizedTypeException e) {
      return erased;
    }
  }

  private static Type result(Method method) {
    try {
      return method.getGenericReturnType();
    } catch (TypeNotPresentException
        | GenericSignatureFormatError
        | MalformedParameterizedTypeException e) {
      return method.getReturnType();
    }
  }

  /** A type without packages. */
  static String text(Type type) {
    if (type instanceof Class) {
      return className((Class<?>) type);
    }
    if (type instanceof ParameterizedType) {
      ParameterizedType generic = (ParameterizedType) type;
      return text(generic.getRawType()) + "<" + texts(generic.getActualTypeArguments()) + ">";
    }
    if (type instanceof GenericArrayType) {
      return text(((GenericArrayType) type).getGenericComponentType()) + "[]";
    }
    if (type instanceof WildcardType) {
      WildcardType wildcard = (WildcardType) type;
      if (wildcard.getLowerBounds().length > 0) {
        return "? super " + text(wildcard.getLowerBounds()[0]);
      }
      Type bound = wildcard.getUpperBounds()[0];
      return bound == Object.class ? "?" : "? extends " + text(bound);
    }
    return type.getTypeName();
  }

  private static String texts(Type[] types) {
    List<String> texts = new ArrayList<>();
    for (Type each : types) {
      texts.add(text(each));
    }
    return String.join(", ", texts);
  }

  private static String className(Class<?> type) {
    if (type.isArray()) {
      return className(type.getComponentType()) + "[]";
    }
    Class<?> outer = type.getDeclaringClass();
    return outer == null ? type.getSimpleName() : className(outer) + "." + type.getSimpleName();
  }
}
