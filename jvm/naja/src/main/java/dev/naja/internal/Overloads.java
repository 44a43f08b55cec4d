package dev.naja.internal;

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Which overload does a call mean? In the phases of the Java Language Specification, 15.12.2:
 * strict invocation, loose invocation, variable arity; in the first phase that has any, the one
 * that is best for every argument.
 */
final class Overloads {
  private final Class<?> type;
  private final String name;
  private final List<Shape> shapes = new ArrayList<>();

  private Overloads(Class<?> type, String name, Object[] shapes) {
    this.type = type;
    this.name = name;
    for (Object shape : shapes) {
      this.shapes.add(Shape.of(shape));
    }
  }

  /** See {@link JavaUpcalls#choose}. */
  static Object choose(Class<?> type, String name, boolean onInstance, Object[] shapes) {
    return new Overloads(type, name, shapes).choose(onInstance);
  }

  private Object choose(boolean onInstance) {
    List<Executable> members = new ArrayList<>();
    List<Executable> others = new ArrayList<>();
    for (Executable member : JavaMembers.named(type, name)) {
      boolean counts =
          onInstance || !(member instanceof Method) || Modifier.isStatic(member.getModifiers());
      (counts ? members : others).add(member);
    }
    Object chosen = chosen(members);
    if (chosen instanceof String && chosen(others) instanceof Object[]) {
      return name + " is an instance method of " + type.getTypeName() + ": call it on an instance";
    }
    return chosen;
  }

  private Object chosen(List<Executable> members) {
    for (int phase = Fit.STRICT; phase <= Fit.NONE; phase++) {
      List<Invocation> applicable = new ArrayList<>();
      for (Executable member : members) {
        Invocation invocation = Invocation.of(member, shapes, phase == Fit.NONE);
        if (invocation != null && invocation.phase <= phase) {
          applicable.add(invocation);
        }
      }
      if (!applicable.isEmpty()) {
        return best(applicable);
      }
    }
    return message(
        "no overload of " + type.getTypeName() + "." + name + " takes " + shapes, members);
  }

  private Object best(List<Invocation> applicable) {
    for (Invocation each : applicable) {
      boolean best = true;
      for (Invocation other : applicable) {
        best &= each == other || each.isBetterThan(other);
      }
      if (best) {
        return new Object[] {each.member, each.codes(), each.how()};
      }
    }
    List<Executable> members = new ArrayList<>();
    for (Invocation each : applicable) {
      members.add(each.member);
    }
    return message("the call of " + type.getTypeName() + "." + name + " is ambiguous", members);
  }

  private static String message(String what, List<Executable> members) {
    StringBuilder text = new StringBuilder(what).append(':');
    for (Executable member : members) {
      text.append("\n  ").append(Signature.of(member));
    }
    return text.toString();
  }
}
