package dev.naja.internal;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;

/**
 * Where does the class that implements interfaces live?
 *
 * <p>That of public interfaces in a class loader of its own, whose parent sees them and which also
 * sees this package, so that it is collected with its last instance. That of any other interface in
 * the interface's own package, which nobody else may implement it in.
 */
final class BoundClassPlace {
  private static final String PACKAGE = "dev.naja.bound.";
  private static final Module NAJA = BoundClassPlace.class.getModule();
  private static final String INTERNALS = BoundClassPlace.class.getPackageName();

  private BoundClassPlace() {}

  /**
   * The constructor of the class that implements interfaces, which is defined if need be.
   *
   * @throws IllegalArgumentException if there is no place where it can be defined
   */
  static Constructor<?> constructor(BoundInterface face) {
    Class<?> hidden = null;
    try {
      ChildLoader child = new ChildLoader(face.host.getClassLoader());
      hidden = hidden(face, child.getUnnamedModule());
      Class<?> made = hidden == null ? inChild(face, child) : inPackageOf(hidden, face);
      Constructor<?> constructor = made.getConstructor(Binding.class);
      constructor.setAccessible(true);
      return constructor;
    } catch (IllegalAccessException e) {
      throw refused(
          face,
          "naja may not define a class in the package of "
              + hidden.getName()
              + ", which it must because that, or a type in one of its methods, is not visible to"
              + " everybody: make them public"
              + (hidden.getModule().isNamed()
                  ? ", or open package "
                      + hidden.getPackageName()
                      + " of "
                      + hidden.getModule()
                      + " to module dev.naja"
                  : ""),
          e);
    } catch (LinkageError | SecurityException | NoSuchMethodException e) {
      throw refused(face, e.toString(), e);
    }
  }

  private static Class<?> inChild(BoundInterface face, ChildLoader loader) {
    String name = PACKAGE + face.types.get(0).getSimpleName();
    NAJA.addExports(INTERNALS, loader.getUnnamedModule());
    NAJA.addReads(loader.getUnnamedModule());
    return loader.define(name, BoundClass.write(face, name));
  }

  private static Class<?> inPackageOf(Class<?> type, BoundInterface face)
      throws IllegalAccessException {
    NAJA.addReads(type.getModule());
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    checkSame(type, face);
    NAJA.addExports(INTERNALS, type.getModule());
    String name = nameBeside(type, face);
    try {
      return lookup.defineClass(BoundClass.write(face, name));
    } catch (LinkageError e) {
      return defined(name, type.getClassLoader(), e);
    }
  }

  /** A name that tells all that the class is made of, with signs that no source gives a class. */
  private static String nameBeside(Class<?> type, BoundInterface face) {
    if (!face.implemented) {
      return type.getName() + "$$Naja";
    }
    StringBuilder name = new StringBuilder(type.getName()).append("$$NajaImplementation");
    if (face.types.size() > 1) {
      for (Class<?> each : face.types) {
        name.append('+').append(each.getName().replace('.', '-'));
      }
    }
    return name.toString();
  }

  /** The class that was defined when the same was asked for before. */
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

  private static void checkSame(Class<?> type, BoundInterface face) {
    Class<?> seen;
    try {
      seen = Class.forName(Bound.class.getName(), false, type.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw refused(
          face, type.getName() + " is not public, and its class loader does not see naja", e);
    }
    if (seen != Bound.class) {
      throw refused(
          face,
          type.getName()
              + " is not public, and its class loader sees another copy of naja than the one that"
              + " started this Python: make it public, or have naja in one place of the class path",
          null);
    }
  }

  /** The interface that is hidden from the child, or has a method that returns what is; or null. */
  private static Class<?> hidden(BoundInterface face, Module child) {
    for (Class<?> type : face.types) {
      if (!isVisible(type, child)) {
        return type;
      }
    }
    for (BoundMethod bound : face.methods) {
      if (!isVisible(bound.method.getReturnType(), child)) {
        return bound.type;
      }
    }
    return null;
  }

  private static boolean isVisible(Class<?> type, Module child) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return Modifier.isPublic(element.getModifiers())
        && element.getModule().isExported(element.getPackageName(), child);
  }

  private static IllegalArgumentException refused(
      BoundInterface face, String why, Throwable cause) {
    return new IllegalArgumentException("Cannot implement " + face.names() + ": " + why, cause);
  }

  /** Sees the interfaces' classes, and this package where their loader does not. */
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
