package dev.naja.flink.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConversionException;
import dev.naja.internal.CallFrame;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which results of Python's a SQL type refuses, and by what words. */
class FieldReadersTest {
  private static final Python PYTHON = Python.start();

  private static Object read(String expression, String type) {
    try (PyObject function = PYTHON.namespace().evalAs(PyObject.class, "lambda: " + expression)) {
      CallFrame frame = CallFrame.acquire();
      try {
        return frame.call(
            function,
            0,
            0,
            FieldReaders.of(
                LogicalTypeParser.parse(type, FieldReadersTest.class.getClassLoader())));
      } finally {
        frame.release();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'7' | INT | cannot convert '7' (Python str) to",
        "300 | TINYINT | cannot convert 300 (Python int) to byte: it is out of range",
        "1.5 | BIGINT | cannot convert 1.5 (Python float) to long: it has a fraction",
        "7 | STRING | cannot convert 7 (Python int) to java.lang.String: only a str can",
        "1 | BOOLEAN | only a bool can",
        "123.45 | DECIMAL(4, 2) | DECIMAL(4, 2): it has more than 2 digits before the point",
        "float('nan') | DECIMAL(4, 2) | DECIMAL(4, 2): it is not finite",
        "__import__('datetime').date(2026, 2, 28) | TIMESTAMP(3) | only a datetime without tzinfo can",
        "1 | ARRAY<INT> | ARRAY<INT>: only a list, tuple or set can",
        "[] | MAP<STRING, INT> | MAP<STRING, INT>: only a dict can",
        "(1, 2, 3) | ROW<a INT, b INT> | it has 3 elements for 2 fields",
        "object() | DOUBLE | (Python object) to",
      })
  void resultsThatDoNotFitAreRefused(String expression, String type, String expected) {
    String message =
        assertThrows(PythonConversionException.class, () -> read(expression, type)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void fractionsAreRoundedToTheDigitsOfTheType() {
    assertEquals("0.67", read("2 / 3", "DECIMAL(3, 2)").toString());
    assertEquals(0.1f, read("0.1", "FLOAT"));
    assertEquals("10000000000000000000", read("10 ** 19", "DECIMAL(20, 0)").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ascii", "\u00e9t\u00e9", "\u65e5\u672c", "\ud83d\ude00 a"})
  void textsKeepTheirCharacters(String text) {
    assertEquals(StringData.fromString(text), read("'" + text + "'", "STRING"));
  }

  @Test
  void noneIsNull() {
    assertEquals(null, read("None", "ROW<a INT, b INT>"));
  }
}
