package dev.naja.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages about SQL: Python blocks are written to the files that their first lines name, SQL
 * blocks are run, and the text block behind a query is its result, in any order.
 */
class DocumentationTest {
  private static final Path PAGES = Path.of("../../docs/flink");

  private static final Pattern BLOCK =
      Pattern.compile("^```(python|sql|text)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern SET = Pattern.compile("SET '(.+)' = '(.+)'");
  private static final Pattern VIEW = Pattern.compile("CREATE TEMPORARY VIEW (\\w+)");
  private static final Pattern FILES = Pattern.compile("('python\\.files' = ')(.+?)(')");

  @TempDir Path folder;

  private final TableEnvironment tables = TestTables.create();
  private List<Row> rows;

  @ParameterizedTest
  @ValueSource(strings = {"models", "row-operations", "lookup", "vectorized"})
  void pagesDoWhatTheySay(String page) throws Exception {
    Matcher blocks = BLOCK.matcher(Files.readString(PAGES.resolve(page + ".md")));
    int results = 0;
    while (blocks.find()) {
      String text = blocks.group(2);
      switch (blocks.group(1)) {
        case "python":
          String name = text.substring(2, text.indexOf('\n'));
          Files.writeString(folder.resolve(name), text);
          break;
        case "sql":
          for (String statement : text.split(";\\s*\n")) {
            run(FILES.matcher(statement.strip()).replaceAll("$1" + folder + "/$2$3"));
          }
          break;
        default:
          results++;
          assertEquals(
              text.strip(),
              rows.stream().map(Row::toString).sorted().collect(Collectors.joining("\n")));
      }
    }
    assertFalse(results == 0, "the page has no results");
  }

  private void run(String statement) throws Exception {
    Matcher set = SET.matcher(statement);
    Matcher view = VIEW.matcher(statement);
    if (set.matches()) {
      tables.getConfig().set(set.group(1), set.group(2));
      return;
    }
    if (statement.startsWith("SELECT")) {
      rows = TestTables.rows(tables, statement);
      return;
    }
    if (view.lookingAt()) {
      tables.executeSql("DROP TEMPORARY VIEW IF EXISTS " + view.group(1));
    }
    if (statement.startsWith("LOAD MODULE") && List.of(tables.listModules()).contains("naja")) {
      tables.executeSql("UNLOAD MODULE naja");
    }
    tables.executeSql(statement);
  }
}
