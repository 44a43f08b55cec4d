package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PythonPanicException;
import dev.naja.TestPython;
import org.junit.jupiter.api.Test;

/** A bug of the bridge, injected. */
class PanicTest {

  @Test
  void aPanicIsAnExceptionAndTheBridgeGoesOn() {
    assertEquals(2, TestPython.eval("1 + 1").as(int.class));
    for (int i = 0; i < 3; i++) {
      PythonPanicException panic =
          assertThrows(PythonPanicException.class, () -> Native.panic("injected"));
      assertTrue(panic.getMessage().contains("injected"), panic.getMessage());
      assertEquals(Native.class.getName(), panic.getStackTrace()[0].getClassName());
    }
    assertEquals(2, TestPython.eval("1 + 1").as(int.class));
  }
}
