package dev.naja.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;

/**
 * Does the page of options say what the options say? Run with {@code -Dnaja.docs.write=true} it
 * writes the page's table anew.
 */
class OptionsPageTest {
  private static final Path PAGE = Path.of("../../docs/flink/options.md");
  private static final String BEGIN = "<!-- options: begin -->\n";
  private static final String END = "<!-- options: end -->\n";

  @Test
  void theTableIsThatOfTheOptions() throws Exception {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String table = table();
    if (Boolean.getBoolean("naja.docs.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    } else {
      assertEquals(
          table,
          page.substring(begin, end),
          "docs/flink/options.md is not that of the code: write it by -Dnaja.docs.write=true");
    }
  }

  private static String table() throws IllegalAccessException {
    StringBuilder table =
        new StringBuilder("| option | type | default | meaning |\n|---|---|---|---|\n");
    for (Field field : PythonOptions.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers()) && field.getType() == ConfigOption.class) {
        ConfigOption<?> option = (ConfigOption<?>) field.get(null);
        Object value = option.defaultValue();
        table
            .append("| `")
            .append(option.key())
            .append("` | ")
            .append(type(field))
            .append(" | ")
            .append(value == null ? "none" : "`" + text(value) + "`")
            .append(" | ")
            .append(new HtmlFormatter().format(option.description()))
            .append(" |\n");
      }
    }
    return table.toString();
  }

  private static String type(Field option) {
    String name = option.getGenericType().getTypeName();
    String argument = name.substring(name.indexOf('<') + 1, name.lastIndexOf('>'));
    return FailurePolicy.class.getName().equals(argument)
        ? "enum"
        : argument.substring(argument.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String text(Object value) {
    return value instanceof Duration
        ? TimeUtils.formatWithHighestUnit((Duration) value)
        : value.toString();
  }
}
