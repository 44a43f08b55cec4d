package dev.naja.flink.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConversionException;
import dev.naja.internal.CallFrame;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Python gets of a value of SQL's. */
class FieldWritersTest {
  private static final Python PYTHON = Python.start();

  private static String described(StringData text) {
    try (PyObject ascii = PYTHON.namespace().evalAs(PyObject.class, "ascii")) {
      CallFrame frame = CallFrame.acquire();
      try {
        FieldWriters.of(VarCharType.STRING_TYPE).write(frame, text);
        return frame.call(ascii, 1, 0, CallFrame::getString);
      } finally {
        frame.release();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ascii", "\u00e9t\u00e9", "\u65e5\u672c", "\ud83d\ude00 a"})
  void textsKeepTheirCharacters(String text) {
    StringBuilder expected = new StringBuilder("'");
    text.codePoints()
        .forEach(
            point ->
                expected.append(
                    point < 0x80
                        ? Character.toString(point)
                        : String.format(
                            point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x",
                            point)));
    String described = expected.append("'").toString();
    assertEquals(described, described(StringData.fromString(text)));
    assertEquals(described, described(StringData.fromBytes(StringData.fromString(text).toBytes())));
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    StringData broken = StringData.fromBytes(new byte[] {'a', (byte) 0xc3, 'b'});
    PythonConversionException refused =
        assertThrows(PythonConversionException.class, () -> described(broken));
    assertEquals(
        "'utf-8' codec can't decode byte 0xc3 in position 1: invalid continuation byte",
        refused.getMessage());
  }
}
