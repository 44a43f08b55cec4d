package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which type a {@link TypeRef} names. */
class TypeRefTest {

  @Test
  void namesItsTypeArgument() {
    assertEquals("java.util.List<java.lang.Double>", new TypeRef<List<Double>>() {}.toString());
    assertEquals(String.class, new TypeRef<String>() {}.type());
  }

  @Test
  void withoutATypeArgumentIsRefused() {
    @SuppressWarnings("rawtypes")
    class Raw extends TypeRef {}
    assertThrows(IllegalStateException.class, Raw::new);
  }
}
