package dev.naja.internal;

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

/** How a method or constructor is written in Java, without its modifiers and packages. */
final class Signature {
  private Signature() {}

  static String of(Executable member) {
    StringBuilder text = new StringBuilder();
    if (member instanceof Method) {
      text.append(type(((Method) member).getGenericReturnType()))
          .append(' ')
          .append(member.getName());
    } else {
      text.append(member.getDeclaringClass().getSimpleName());
    }
    text.append('(');
    Type[] parameters = member.getParameterTypes();
    for (int i = 0; i < parameters.length; i++) {
      text.append(i == 0 ? "" : ", ").append(type(parameters[i]));
    }
    return text.append(')').toString();
  }

  private static String type(Type type) {
    return type.getTypeName();
  }
}
