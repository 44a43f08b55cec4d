package dev.naja.internal;

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** One way to call a member with arguments of some shapes. Immutable. */
final class Invocation {
  final Executable member;

  /** Whether the last parameter takes the arguments from there on. */
  final boolean spread;

  /** The last of its arguments' phases. */
  final int phase;

  /** Why the arguments do not suit, or null. */
  final String mismatch;

  private final List<Shape> shapes;
  private final List<Class<?>> targets = new ArrayList<>();
  private final List<Fit> fits = new ArrayList<>();

  Invocation(Executable member, List<Shape> shapes, boolean spread) {
    this.member = member;
    this.shapes = shapes;
    this.spread = spread;
    this.mismatch = fit();
    int last = Fit.STRICT;
    for (Fit fit : fits) {
      last = Math.max(last, fit.phase);
    }
    this.phase = mismatch == null ? last : Fit.NONE;
  }

  private String fit() {
    Class<?>[] parameters = member.getParameterTypes();
    int fixed = spread ? parameters.length - 1 : parameters.length;
    if (spread ? shapes.size() < fixed : shapes.size() != fixed) {
      return "takes "
          + (spread ? "at least " : "")
          + (fixed == 0 ? "no arguments" : fixed == 1 ? "1 argument" : fixed + " arguments");
    }
    for (int i = 0; i < shapes.size(); i++) {
      Class<?> target = i < fixed ? parameters[i] : parameters[fixed].getComponentType();
      Fit fit = shapes.get(i).fit(target);
      if (!fit.suits()) {
        return (shapes.size() == 1 ? "" : "argument " + (i + 1) + ": ") + fit.reason;
      }
      targets.add(target);
      fits.add(fit);
    }
    return null;
  }

  /**
   * Whether this is meant rather than another, which takes the same arguments: it is as good for
   * each of them, and better for one; or takes no argument with a more specific array.
   */
  boolean isBetterThan(Invocation other) {
    boolean better = false;
    for (int i = 0; i < fits.size(); i++) {
      int compared = compare(i, other);
      if (compared > 0) {
        return false;
      }
      better |= compared < 0;
    }
    return better || spread && fits.size() < member.getParameterCount() && isNarrower(other);
  }

  private int compare(int i, Invocation other) {
    int compared = fits.get(i).compare(other.fits.get(i));
    Class<?> own = targets.get(i);
    Class<?> others = other.targets.get(i);
    if (compared != 0 || own == others) {
      return compared;
    }
    if (others.isAssignableFrom(own)) {
      return -1;
    }
    return shapes.get(i).isCallable() && FunctionalMethod.isPreferred(own, others) ? -1 : 1;
  }

  private boolean isNarrower(Invocation other) {
    Class<?> own = last(member).getComponentType();
    Class<?> others = last(other.member).getComponentType();
    return own != others && (others.isAssignableFrom(own) || Primitive.widening(own, others) > 0);
  }

  private static Class<?> last(Executable member) {
    Class<?>[] parameters = member.getParameterTypes();
    return parameters[parameters.length - 1];
  }

  /** How native code makes each parameter's value; see {@link Fit}. */
  String codes() {
    StringBuilder codes = new StringBuilder();
    for (int i = 0; i < member.getParameterCount(); i++) {
      boolean packed = spread && i == member.getParameterCount() - 1;
      char code = packed ? 'X' : fits.get(i).code;
      codes.append(code == 'X' ? converted(i) : code);
    }
    return codes.toString();
  }

  private char converted(int parameter) {
    if (member.getParameterTypes()[parameter].isPrimitive()) {
      return 'x';
    }
    return ArgumentReader.reader(member, parameter).want() == Native.WANT_HANDLE ? 'H' : 'X';
  }

  /**
   * How the member is called: {@code s} on the class or {@code i} on an instance, {@code *} if
   * arguments are spread or {@code -}, and the first character of the result's descriptor.
   */
  String how() {
    boolean isStatic = Modifier.isStatic(member.getModifiers());
    Class<?> result = member instanceof Method ? ((Method) member).getReturnType() : Object.class;
    return (isStatic ? "s" : "i") + (spread ? "*" : "-") + Primitive.code(result);
  }
}
