package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What Python logs, as SLF4J sees it. */
@Isolated
class LoggingTest {

  private static List<String> logged(String... lines) {
    RecordingLogProvider.RECORDS.clear();
    TestPython.namespace(lines);
    return List.copyOf(RecordingLogProvider.RECORDS);
  }

  @Test
  void levelsAndNamesAreMapped() {
    assertEquals(
        List.of(
            "TRACE naja.test fine",
            "DEBUG naja.test d",
            "INFO naja.test i 5",
            "WARN naja.test w {}",
            "ERROR naja.test e",
            "ERROR naja.test c"),
        logged(
            "import logging",
            "log = logging.getLogger('naja.test')",
            "log.setLevel(1)",
            "log.log(5, 'fine')",
            "log.debug('d')",
            "log.info('i %d', 5)",
            "log.warning('w {}')",
            "log.error('e')",
            "log.critical('c')"));
  }

  @Test
  void rootIsRoot() {
    assertEquals(List.of("WARN root hello"), logged("import logging", "logging.warning('hello')"));
  }

  @Test
  void exceptionsBringTheirTraceback() {
    List<String> records =
        logged(
            "import logging",
            "try:",
            "  1 / 0",
            "except ZeroDivisionError:",
            "  logging.exception('failed')");
    assertEquals(1, records.size());
    String record = records.get(0);
    assertTrue(
        record.startsWith("ERROR root failed\nTraceback (most recent call last):\n"), record);
    assertTrue(record.endsWith("ZeroDivisionError: division by zero"), record);
  }
}
