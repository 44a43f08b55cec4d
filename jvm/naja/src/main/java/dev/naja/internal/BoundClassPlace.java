package dev.naja.internal;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Where does the class that implements an interface live?
 *
 * <p>That of a public interface in a class loader of its own, whose parent is the interface's and
 * which also sees this package, so that it is collected with its last instance. That of any other
 * interface in the interface's own package, which nobody else may implement it in.
 */
final class BoundClassPlace {
  private static final String PACKAGE = "dev.naja.bound.";
  private static final Module NAJA = BoundClassPlace.class.getModule();
  private static final String INTERNALS = BoundClassPlace.class.getPackageName();

  private BoundClassPlace() {}

  /**
   * The constructor of the class that implements an interface, which is defined if need be.
   *
   * @throws IllegalArgumentException if there is no place where it can be defined
   */
  static Constructor<?> constructor(BoundInterface face) {
    Class<?> type = face.type;
    try {
      ChildLoader child = new ChildLoader(type.getClassLoader());
      Class<?> made =
          isVisible(face, child.getUnnamedModule()) ? inChild(face, child) : inOwnPackage(face);
      Constructor<?> constructor = made.getConstructor(Binding.class);
      constructor.setAccessible(true);
      return constructor;
    } catch (IllegalAccessException e) {
      throw refused(
          type,
          "naja may not define a class in its package, which it must because the interface, or a"
              + " type in one of its methods, is not visible to everybody: make them public"
              + (type.getModule().isNamed()
                  ? ", or open package "
                      + type.getPackageName()
                      + " of "
                      + type.getModule()
                      + " to module dev.naja"
                  : ""),
          e);
    } catch (LinkageError | SecurityException | NoSuchMethodException e) {
      throw refused(type, e.toString(), e);
    }
  }

  private static Class<?> inChild(BoundInterface face, ChildLoader loader) {
    String name = PACKAGE + face.type.getSimpleName();
    NAJA.addExports(INTERNALS, loader.getUnnamedModule());
    NAJA.addReads(loader.getUnnamedModule());
    return loader.define(name, BoundClass.write(face, name));
  }

  private static Class<?> inOwnPackage(BoundInterface face) throws IllegalAccessException {
    Class<?> type = face.type;
    NAJA.addReads(type.getModule());
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    checkSame(type);
    NAJA.addExports(INTERNALS, type.getModule());
    String name = type.getName() + "$$Naja";
    try {
      return lookup.defineClass(BoundClass.write(face, name));
    } catch (LinkageError e) {
      return defined(name, type.getClassLoader(), e);
    }
  }

  /** The class that was defined when this interface was bound before. */
  private static Class<?> defined(String name, ClassLoader loader, LinkageError otherwise) {
    try {
      Class<?> found = Class.forName(name, false, loader);
      if (Bound.class.isAssignableFrom(found)) {
        return found;
      }
    } catch (ClassNotFoundException e) {
      otherwise.addSuppressed(e);
    }
    throw otherwise;
  }

  private static void checkSame(Class<?> type) {
    Class<?> seen;
    try {
      seen = Class.forName(Bound.class.getName(), false, type.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw refused(type, "it is not public, and its class loader does not see naja", e);
    }
    if (seen != Bound.class) {
      throw refused(
          type,
          "it is not public, and its class loader sees another copy of naja than the one that"
              + " started this Python: make it public, or have naja in one place of the class path",
          null);
    }
  }

  private static boolean isVisible(BoundInterface face, Module child) {
    if (!isVisible(face.type, child)) {
      return false;
    }
    for (BoundMethod bound : face.methods) {
      Method method = bound.method;
      if (!isVisible(method.getReturnType(), child)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(Class<?> type, Module child) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return Modifier.isPublic(element.getModifiers())
        && element.getModule().isExported(element.getPackageName(), child);
  }

  private static IllegalArgumentException refused(Class<?> type, String why, Throwable cause) {
    return new IllegalArgumentException("Cannot implement " + type.getName() + ": " + why, cause);
  }

  /** Sees the interface's classes, and this package where the interface's loader does not. */
  private static final class ChildLoader extends ClassLoader {
    ChildLoader(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.startsWith(INTERNALS)
          ? BoundClassPlace.class.getClassLoader().loadClass(name)
          : super.loadClass(name, resolve);
    }

    Class<?> define(String name, byte[] bytes) {
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
