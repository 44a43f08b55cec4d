package dev.naja.internal;

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Which overload does a call mean? In the phases of the Java Language Specification, 15.12.2:
 * strict invocation, loose invocation, variable arity; in the first phase that has any, the one
 * that is best for every argument. Which parameter is better for an argument that is no Java object
 * is told by its {@link Shape}.
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
    List<Executable> callable = new ArrayList<>();
    List<Executable> ofInstances = new ArrayList<>();
    for (Executable member : PublicMembers.named(type, name)) {
      boolean ofInstance =
          member instanceof Method && !Modifier.isStatic(member.getModifiers()) && !onInstance;
      (ofInstance ? ofInstances : callable).add(member);
    }
    if (isConstructor() && (callable.isEmpty() || JavaMembers.isAbstract(type))) {
      return noConstructor();
    }
    List<Invocation> applicable = applicable(callable);
    if (!applicable.isEmpty()) {
      return best(applicable);
    }
    if (!ofInstances.isEmpty() && (callable.isEmpty() || !applicable(ofInstances).isEmpty())) {
      return name + " is an instance method of " + type.getTypeName() + ": call it on an instance";
    }
    return callable.isEmpty() ? noMethod() : noneApplicable(callable);
  }

  private boolean isConstructor() {
    return name.equals(PublicMembers.CONSTRUCTOR);
  }

  /** The invocations of the first phase in which there are any. */
  private List<Invocation> applicable(List<Executable> members) {
    List<Invocation> loose = new ArrayList<>();
    List<Invocation> strict = new ArrayList<>();
    List<Invocation> spread = new ArrayList<>();
    for (Executable member : members) {
      Invocation invocation = new Invocation(member, shapes, false);
      if (invocation.phase == Fit.STRICT) {
        strict.add(invocation);
      }
      if (invocation.phase <= Fit.LOOSE) {
        loose.add(invocation);
      }
      if (member.isVarArgs()) {
        Invocation variable = new Invocation(member, shapes, true);
        if (variable.mismatch == null) {
          spread.add(variable);
        }
      }
    }
    return !strict.isEmpty() ? strict : !loose.isEmpty() ? loose : spread;
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
    return ambiguous(applicable);
  }

  private String ambiguous(List<Invocation> applicable) {
    List<Executable> members = new ArrayList<>();
    for (Invocation each : applicable) {
      members.add(each.member);
    }
    StringBuilder text = new StringBuilder(what()).append(" is ambiguous for ").append(arguments());
    text.append("; fix an argument's type, as naja.cast(x, \"java.lang.String\") does:");
    for (Executable each : Signature.sorted(members)) {
      text.append("\n  ").append(Signature.of(each));
    }
    return text.toString();
  }

  private String noneApplicable(List<Executable> members) {
    StringBuilder text = new StringBuilder(what()).append(" does not take ").append(arguments());
    text.append(members.size() == 1 ? ":" : "; none of its overloads does:");
    for (Executable each : Signature.sorted(members)) {
      Invocation invocation = new Invocation(each, shapes, each.isVarArgs());
      text.append("\n  ").append(Signature.of(each)).append(": ").append(invocation.mismatch);
    }
    return text.toString();
  }

  private String what() {
    return isConstructor()
        ? "the constructor of " + type.getTypeName()
        : type.getTypeName() + "." + name;
  }

  private String arguments() {
    List<String> texts = new ArrayList<>();
    for (Shape shape : shapes) {
      texts.add(shape.toString());
    }
    return "(" + String.join(", ", texts) + ")";
  }

  private String noConstructor() {
    if (type.isInterface()) {
      return type.getTypeName()
          + " is an interface, which has no instances of its own: implement it by a Python class"
          + " with @naja.implements";
    }
    return type.getTypeName()
        + (JavaMembers.isAbstract(type)
            ? " is abstract, and has no instances of its own: call the constructor of a subclass"
            : " has no public constructor: see its static methods for what makes one");
  }

  private String noMethod() {
    List<String> near = JavaMembers.near(type, name);
    return type.getTypeName()
        + " has no method "
        + name
        + (near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?");
  }
}
