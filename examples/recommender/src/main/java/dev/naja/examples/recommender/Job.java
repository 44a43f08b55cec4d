package dev.naja.examples.recommender;

import static org.apache.flink.table.api.Expressions.$;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.types.Row;

/** What a step has at hand: SQL, streams, and the tables between them. */
final class Job {
  /** A statement of the SQL client's, which {@code executeSql} does not know. */
  private static final Pattern SET = Pattern.compile("\\s*SET\\s+'(.+)'\\s*=\\s*'(.*)'\\s*");

  final StreamExecutionEnvironment env;
  final StreamTableEnvironment tables;
  final Settings settings;
  private final StreamStatementSet inserts;

  Job(StreamExecutionEnvironment env, Settings settings) {
    this.env = env;
    this.settings = settings;
    tables = StreamTableEnvironment.create(env);
    inserts = tables.createStatementSet();
  }

  /**
   * Runs the statements of a file, as the SQL client would, and waits for each to be done.
   *
   * <p>A statement ends with a semicolon at the end of a line; a line that begins with {@code --}
   * is a comment.
   */
  void sql(String file) throws Exception {
    for (String statement : read(file).split(";\\s*(?:\n|$)")) {
      Matcher set = SET.matcher(statement);
      if (set.matches()) {
        tables.getConfig().set(set.group(1), set.group(2));
      } else if (!statement.isBlank()) {
        tables.executeSql(settings.fill(statement)).await();
      }
    }
  }

  /** Adds the {@code INSERT INTO} that is a file's only statement to what {@link #run} runs. */
  void insert(String file) throws IOException {
    inserts.addInsertSql(settings.fill(read(file).replaceFirst(";\\s*$", "")));
  }

  private String read(String file) throws IOException {
    return Files.readString(Path.of(settings.get("sql"), file)).replaceAll("(?m)^--.*$", "");
  }

  /**
   * Adds a stream to what {@link #run} runs: its rows go to a table that has some of its fields.
   */
  void insert(DataStream<Row> rows, String table) {
    Expression[] columns =
        tables.from(table).getResolvedSchema().getColumns().stream()
            .filter(Column::isPhysical)
            .map(column -> $(column.getName()))
            .toArray(Expression[]::new);
    inserts.addInsert(table, tables.fromDataStream(rows).select(columns));
  }

  /** Runs what was added as one job and waits for its end. */
  void run(String name) throws Exception {
    inserts.attachAsDataStream();
    env.execute(name);
  }
}
