package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Texts that are keys of maps, of which both sides keep the short ones that came last. */
class MapKeysTest {
  private static final String LONGEST_KEPT = "twenty-four characters !";
  private static final String TOO_LONG = "twenty-five characters !!";

  private static final Namespace NAMESPACE =
      TestPython.namespace(
          "seen = []",
          "def echo(keys): return keys",
          "def see(keys): seen.append(list(keys))",
          "def same(): return [one is other for one, other in zip(*seen)]");

  private static Map<String, Long> echo(Map<String, Long> keys) {
    return NAMESPACE.get("echo", PyObject.class).callAs(new TypeRef<>() {}, keys);
  }

  /** All lengths to beyond what is kept, and in each the texts that differ in one character. */
  private static List<String> texts() {
    String alphabet = "abcdefghijklmnopqrstuvwxyz";
    List<String> texts =
        new ArrayList<>(List.of("b\u00ff", "\u00ff\u00ff", "ab\u00ff", "bb\u00ff"));
    for (int length = 0; length <= alphabet.length(); length++) {
      String text = alphabet.substring(0, length);
      texts.add(text);
      for (int i = 0; i < length; i++) {
        for (char other : new char[] {'\0', 'A', '\u00ff', '\u0416'}) {
          texts.add(text.substring(0, i) + other + text.substring(i + 1));
        }
      }
    }
    return texts;
  }

  @Test
  void eachTextIsAKeyOfItsOwn() {
    Map<String, Long> keys = new LinkedHashMap<>();
    for (String text : texts()) {
      keys.put(text, (long) keys.size());
    }
    for (int time = 0; time < 2; time++) {
      assertEquals(List.copyOf(keys.entrySet()), List.copyOf(echo(keys).entrySet()));
    }
  }

  @Test
  void eachTextIsItselfTheSecondTimeToo() {
    PyObject echo = NAMESPACE.get("echo", PyObject.class);
    for (String text : texts()) {
      for (int time = 0; time < 2; time++) {
        assertEquals(Map.of(text, 1L), echo(Map.of(text, 1L)));
        assertEquals(Map.of(text, text), echo.call(Map.of(text, text)));
        assertEquals(
            new TreeMap<>(Map.of(text, "x")),
            echo.callAs(new TypeRef<TreeMap<String, String>>() {}, Map.of(text, "x")));
      }
    }
  }

  @Test
  void shortKeysAreTheSameObjectsAgain() {
    Map<String, Long> keys = new LinkedHashMap<>();
    for (String text : List.of("id", "amount", "customer_number", LONGEST_KEPT, TOO_LONG)) {
      keys.put(text, 0L);
    }
    NAMESPACE.exec("seen.clear()");
    PyObject see = NAMESPACE.get("see", PyObject.class);
    see.call(keys);
    see.call(keys);
    assertEquals(List.of(true, true, true, true, false), NAMESPACE.eval("same()"));
    List<String> first = List.copyOf(echo(keys).keySet());
    List<String> second = List.copyOf(echo(keys).keySet());
    for (int i = 0; i < 4; i++) {
      assertSame(first.get(i), second.get(i));
    }
    assertEquals(TOO_LONG, second.get(4));
    assertNotSame(first.get(4), second.get(4));
  }
}
