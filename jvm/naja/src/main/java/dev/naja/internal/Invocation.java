package dev.naja.internal;

import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** One way to call a member with arguments. Immutable. */
final class Invocation {
  final Executable member;

  /** Whether the last parameter takes the arguments from there on as an array. */
  final boolean spread;

  /** The worst phase of its arguments. */
  final int phase;

  private final List<Class<?>> targets;
  private final List<Fit> fits;

  private Invocation(Executable member, boolean spread, List<Class<?>> targets, List<Fit> fits) {
    this.member = member;
    this.spread = spread;
    this.targets = targets;
    this.fits = fits;
    int worst = Fit.STRICT;
    for (Fit fit : fits) {
      worst = Math.max(worst, fit.phase);
    }
    this.phase = worst;
  }

  /** The invocation with these arguments, or null if their number is wrong. */
  static Invocation of(Executable member, List<Shape> shapes, boolean spread) {
    Class<?>[] parameters = member.getParameterTypes();
    int last = parameters.length - 1;
    if (spread ? !member.isVarArgs() || shapes.size() < last : shapes.size() != last + 1) {
      return null;
    }
    List<Class<?>> targets = new ArrayList<>();
    List<Fit> fits = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      Class<?> target = spread && i >= last ? parameters[last].getComponentType() : parameters[i];
      targets.add(target);
      fits.add(shapes.get(i).fit(target));
    }
    for (Fit fit : fits) {
      if (!fit.suits()) {
        return null;
      }
    }
    return new Invocation(member, spread, targets, fits);
  }

  /** Whether this is no worse for any argument, and better for one. */
  boolean isBetterThan(Invocation other) {
    boolean better = false;
    for (int i = 0; i < fits.size(); i++) {
      int compared = compare(i, other);
      if (compared > 0) {
        return false;
      }
      better |= compared < 0;
    }
    return better;
  }

  private int compare(int i, Invocation other) {
    int compared = fits.get(i).compare(other.fits.get(i));
    Class<?> own = targets.get(i);
    Class<?> others = other.targets.get(i);
    if (compared != 0 || own == others) {
      return compared;
    }
    return own.isAssignableFrom(others) ? 1 : others.isAssignableFrom(own) ? -1 : 1;
  }

  /** The codes of the parameters. */
  String codes() {
    StringBuilder codes = new StringBuilder();
    int fixed = member.getParameterCount() - (spread ? 1 : 0);
    for (int i = 0; i < fixed; i++) {
      char code = fits.get(i).code;
      codes.append(code == 'X' && targets.get(i).isPrimitive() ? 'x' : code);
    }
    return spread ? codes.append('X').toString() : codes.toString();
  }

  /**
   * How the member is called: {@code s} on the class or {@code i} on an instance, {@code *} if
   * arguments are spread or {@code -}, and the first character of the result's descriptor.
   */
  String how() {
    boolean isStatic = Modifier.isStatic(member.getModifiers());
    Class<?> result = member instanceof Method ? ((Method) member).getReturnType() : Object.class;
    char kind = MethodType.methodType(result).toMethodDescriptorString().charAt(2);
    return (isStatic ? "s" : "i") + (spread ? "*" : "-") + (kind == '[' ? 'L' : kind);
  }
}
