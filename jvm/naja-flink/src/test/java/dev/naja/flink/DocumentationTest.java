package dev.naja.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages about SQL: Python blocks are written to the files that their first lines name, SQL
 * blocks are run, and the text block behind a query is its result, in any order; one that ends with
 * dots is how the sorted result begins. A text block before the SQL is a table that {@link
 * #createEvents} makes.
 */
class DocumentationTest {
  private static final Path PAGES = Path.of("../../docs/flink");

  private static final Pattern BLOCK =
      Pattern.compile("^```(python|sql|text)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern SET = Pattern.compile("SET '(.+)' = '(.+)'");
  private static final Pattern VIEW = Pattern.compile("CREATE TEMPORARY VIEW (\\w+)");
  private static final Pattern FILES = Pattern.compile("('python\\.files' = ')(.+?)(')");
  private static final Pattern PATH = Pattern.compile("('python\\.pythonpath' = ')(.+?)(')");

  @TempDir Path folder;

  private final StreamExecutionEnvironment streams =
      new StreamExecutionEnvironment(TestTables.config());
  private final StreamTableEnvironment tables = StreamTableEnvironment.create(streams);
  private List<Row> rows;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aggregates",
        "lookup",
        "models",
        "row-operations",
        "stateful-sql",
        "table-functions",
        "vectorized"
      })
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
            String here = FILES.matcher(statement.strip()).replaceAll("$1" + folder + "/$2$3");
            run(PATH.matcher(here).replaceAll("$1" + folder + "$3"));
          }
          break;
        default:
          if (rows == null) {
            createEvents(text.lines().map(line -> line.split("  +")).collect(Collectors.toList()));
          } else {
            results++;
            assertResult(text.strip());
          }
      }
    }
    assertFalse(results == 0, "the page has no results");
  }

  private void assertResult(String expected) {
    List<String> found = rows.stream().map(Row::toString).sorted().collect(Collectors.toList());
    if (expected.endsWith("\n...")) {
      expected = expected.substring(0, expected.length() - 4);
      found = found.subList(0, (int) expected.lines().count());
    }
    assertEquals(expected, String.join("\n", found));
  }

  /**
   * Makes the table that a page tells of: `v` of visits, or `events`; the last column is the time.
   */
  private void createEvents(List<String[]> lines) {
    boolean visits = lines.get(0).length == 4;
    Row[] events = new Row[lines.size()];
    for (int i = 0; i < events.length; i++) {
      String[] cells = lines.get(i);
      LocalDateTime time = Timestamp.valueOf(cells[cells.length - 1]).toLocalDateTime();
      events[i] =
          visits
              ? Row.of(cells[0], cells[1], Long.valueOf(cells[2]), time)
              : Row.of(cells[0], time);
    }
    TypeInformation<Row> type =
        visits
            ? Types.ROW_NAMED(
                new String[] {"u", "item", "s", "ts"},
                Types.STRING,
                Types.STRING,
                Types.LONG,
                Types.LOCAL_DATE_TIME)
            : Types.ROW_NAMED(new String[] {"who", "ts"}, Types.STRING, Types.LOCAL_DATE_TIME);
    Schema.Builder schema = Schema.newBuilder();
    if (visits) {
      schema.column("u", "STRING").column("item", "STRING").column("s", "BIGINT");
    } else {
      schema.column("who", "STRING");
    }
    schema.column("ts", "TIMESTAMP(3)").watermark("ts", "ts - INTERVAL '1' SECOND");
    tables.createTemporaryView(
        visits ? "v" : "events", streams.fromData(type, events), schema.build());
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
