package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Does a Java object stay the one that it is, and go when nobody holds it? */
class JavaIdentityTest {
  private final Script python =
      new Script(
          "import gc", "from java.util import ArrayList, HashMap", "from java.lang import Object");

  @Test
  void aJavaObjectIsOnePythonObject() {
    python
        .run("o = Object()", "a = ArrayList([o, o])", "m = HashMap({'o': o})")
        .gives(
            true, "a[0] is o and a[1] is o and m['o'] is o",
            true, "list(a)[0] is o and next(a.iterator()) is o",
            true, "naja.java_array('java.lang.Object', [o])[0] is o",
            false, "Object() is o");
  }

  @Test
  void itComesBackToJavaAsItself() {
    Object object = new Object();
    List<Object> list = new ArrayList<>();
    python.set("o", PyRef.of(object)).set("list", PyRef.of(list)).run("list.add(o)");
    assertSame(object, list.get(0));
    assertSame(object, python.eval(Object.class, "o"));
    assertSame(list, python.eval(List.class, "list"));
    assertSame(object, python.eval(List.class, "[o]").get(0));
  }

  @Test
  void typesAreOneToo() {
    python.gives(
        true,
        "type(ArrayList()) is ArrayList is naja.java_type('java.util.ArrayList')",
        true,
        "ArrayList.class_ is ArrayList().getClass()",
        "java.util.ArrayList",
        "ArrayList.class_.getName()");
  }

  @Test
  void whatPythonDropsJavaCollects() throws InterruptedException {
    Object object = new Object();
    WeakReference<Object> trace = new WeakReference<>(object);
    python.set("held", PyRef.of(object));
    object = null;
    System.gc();
    assertEquals(true, python.eval("held.hashCode() == hash(held)"));
    python.run("del held", "gc.collect()");
    for (int i = 0; i < 100 && trace.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(trace.get());
  }

  @Test
  void whatJavaDropsPythonCollects() throws InterruptedException {
    python
        .run(
            "import weakref",
            "from java.lang import Runnable",
            "@naja.implements(Runnable)",
            "class Task:",
            "    def run(self): pass",
            "task = Task()",
            "trace = weakref.ref(task)",
            "a = ArrayList([task])",
            "del task")
        .gives(true, "trace() is not None")
        .run("a.clear()");
    for (int i = 0; i < 100 && !python.eval(boolean.class, "trace() is None"); i++) {
      System.gc();
      Thread.sleep(20);
      TestPython.eval("object()").close(); // What is collected is given back with the next handle.
    }
    assertEquals(true, python.eval("trace() is None"));
  }

  @Test
  void aPythonObjectInAJavaMapComesBackAsItself() {
    python
        .run("class Plain: pass", "p = Plain()", "m = HashMap()", "m['p'] = p")
        .gives(true, "m['p'] is p and list(m.values())[0] is p");
  }

  @Test
  void wrappersTakeWeakReferences() {
    python
        .run("import weakref", "o = Object()", "r = weakref.ref(o)")
        .gives(true, "r() is o")
        .run("del o")
        .gives(null, "r()");
  }
}
