package dev.naja;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code docs/conversion.md} says: the rows of its tables and the code that they use. */
final class ConversionTable {
  private static final String TEXT = read();

  private ConversionTable() {}

  private static String read() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("docs/conversion.md");
      if (Files.exists(file)) {
        try {
          return Files.readString(file);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
    throw new AssertionError("no docs/conversion.md above " + Path.of("").toAbsolutePath());
  }

  /** The code block in a language. */
  static String code(String language) {
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(TEXT);
    if (!block.find()) {
      throw new AssertionError("docs/conversion.md has no block of " + language);
    }
    return block.group(1);
  }

  /** The cells of the table under a heading, without the quotes of code. */
  static List<List<String>> rows(String heading) {
    String section = TEXT.split("\n## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
    return section
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(ConversionTable::cells)
        .collect(Collectors.toList());
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|"))
        .map(cell -> cell.strip().replaceFirst("^`(.*)`$", "$1"))
        .collect(Collectors.toList());
  }
}
