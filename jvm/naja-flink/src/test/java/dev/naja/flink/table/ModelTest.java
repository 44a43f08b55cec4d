package dev.naja.flink.table;

import static dev.naja.flink.TestTables.assertMessage;
import static dev.naja.flink.TestTables.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.naja.flink.TestMetrics;
import dev.naja.flink.TestTables;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Python models for {@code ML_PREDICT}. */
class ModelTest {
  private static TableEnvironment tables;

  @BeforeAll
  static void createTables() {
    tables = TestTables.create();
    tables.getConfig().set("python.pythonpath", TestTables.FILES);
    tables.executeSql(
        "CREATE TEMPORARY VIEW payments AS SELECT * FROM (VALUES"
            + " (1, CAST(2.5 AS DOUBLE), 'acme'), (2, CAST(10 AS DOUBLE), 'bbb'),"
            + " (3, CAST(4 AS DOUBLE), 'c')) AS T(id, amount, merchant)");
  }

  private static void model(String name, String input, String output, String options) {
    tables.executeSql("DROP TEMPORARY MODEL IF EXISTS " + name);
    tables.executeSql(
        String.format(
            "CREATE TEMPORARY MODEL %s INPUT (%s) OUTPUT (%s) WITH ('provider' = 'naja', %s)",
            name, input, output, options));
  }

  private static List<Row> predict(String model, String columns, String more) throws Exception {
    List<Row> found =
        rows(
            tables,
            String.format(
                "SELECT * FROM ML_PREDICT(TABLE payments, MODEL %s, DESCRIPTOR(%s)%s)",
                model, columns, more));
    // Flink reads VALUES with casts as a union, in any order.
    found.sort(Comparator.comparing(row -> row.<Integer>getFieldAs(0)));
    return found;
  }

  private static final String TWO = "amount DOUBLE, merchant STRING";

  @Test
  void aClassPredictsRowByRow() throws Exception {
    model("linear", TWO, "p DOUBLE", "'model' = 'models:Linear', 'argument.weight' = '3'");
    assertEquals(
        List.of(
            Row.of(1, 2.5, "acme", 8.5), Row.of(2, 10.0, "bbb", 31.0), Row.of(3, 4.0, "c", 13.0)),
        predict("linear", "amount, merchant", ""));
  }

  @Test
  void aModelHasSeveralColumns() throws Exception {
    model("labelled", "amount DOUBLE", "p DOUBLE, label STRING", "'model' = 'models:Labelled'");
    assertEquals(
        List.of(
            Row.of(1, 2.5, "acme", 0.25, "low"),
            Row.of(2, 10.0, "bbb", 1.0, "high"),
            Row.of(3, 4.0, "c", 0.4, "low")),
        predict("labelled", "amount", ""));
  }

  @Test
  void aFunctionTakesTheWholeRow() throws Exception {
    model("whole", TWO, "p DOUBLE", "'model' = 'models:whole'");
    assertEquals(Row.of(1, 2.5, "acme", 6.5), predict("whole", "amount, merchant", "").get(0));
  }

  @Test
  void itsVersionIsAMetric() throws Exception {
    tables.getConfig().set(PipelineOptions.NAME, "versioned");
    model("linear", TWO, "p DOUBLE", "'model' = 'models:Linear', 'argument.weight' = '3'");
    predict("linear", "amount, merchant", "");
    model("labelled", "amount DOUBLE", "p DOUBLE, label STRING", "'model' = 'models:Labelled'");
    predict("labelled", "amount", "");
    tables.getConfig().getConfiguration().removeConfig(PipelineOptions.NAME);
    assertEquals(7L, version("Linear"));
    assertEquals("2026-11", version("Labelled"));
  }

  private static Object version(String model) {
    String end = "python." + model + ".modelVersion";
    return ((Gauge<?>) TestMetrics.one(TestTables.METRICS, "versioned", end)).getValue();
  }

  @Test
  void aVectorizedModelPredictsInBatches() throws Exception {
    model("doubled", "amount DOUBLE", "p DOUBLE", "'model' = 'models:doubled'");
    List<Row> expected =
        List.of(
            Row.of(1, 2.5, "acme", 5.0), Row.of(2, 10.0, "bbb", 20.0), Row.of(3, 4.0, "c", 8.0));
    assertEquals(expected, predict("doubled", "amount", ""));
    assertEquals(expected, predict("doubled", "amount", ", MAP['async', 'false']"));
  }

  @Test
  void aFrameOfTheWholeBatch() throws Exception {
    model(
        "framed",
        TWO,
        "p DOUBLE, size INT",
        "'model' = 'models:framed', 'python.batch.delay' = '2 s', 'python.batch.size' = '3'");
    assertEquals(
        List.of(
            Row.of(1, 2.5, "acme", 6.5, 3),
            Row.of(2, 10.0, "bbb", 13.0, 3),
            Row.of(3, 4.0, "c", 5.0, 3)),
        predict("framed", "amount, merchant", ""));
  }

  @Test
  void aPlainModelMayCrossInBatches() throws Exception {
    model("later", TWO, "p DOUBLE", "'model' = 'models:Linear', 'async' = 'true'");
    assertEquals(
        List.of(
            Row.of(1, 2.5, "acme", 6.0), Row.of(2, 10.0, "bbb", 21.0), Row.of(3, 4.0, "c", 9.0)),
        predict("later", "amount, merchant", ", MAP['output-mode', 'ALLOW_UNORDERED']"));
  }

  @Test
  void outputAndHintDisagree() {
    model("wrong", TWO, "p DATE", "'model' = 'models:Linear'");
    Exception refused =
        assertThrows(Exception.class, () -> predict("wrong", "amount, merchant", ""));
    assertMessage(
        refused,
        "Linear (models.py:22) returns DOUBLE, and the model's OUTPUT is DATE: change one of them.");
  }

  @Test
  void inputAndHintDisagree() {
    model("dated", "amount DATE, merchant STRING", "p DOUBLE", "'model' = 'models:Linear'");
    Exception refused =
        assertThrows(
            Exception.class,
            () ->
                tables.explainSql(
                    "SELECT * FROM ML_PREDICT((SELECT DATE '2026-01-01' AS d, 'a' AS m), MODEL"
                        + " dated, DESCRIPTOR(d, m))"));
    assertMessage(
        refused,
        "Column 'amount' is DATE, and parameter 'amount' of Linear (models.py:22) takes DOUBLE");
  }

  @Test
  void countsDisagree() {
    model("few", "a DOUBLE, b STRING, c INT", "p DOUBLE", "'model' = 'models:Linear'");
    Exception refused =
        assertThrows(Exception.class, () -> predict("few", "amount, merchant, id", ""));
    assertMessage(
        refused,
        "Linear (models.py:22) takes 2 arguments (amount, merchant), but is given 3 columns (a, b,"
            + " c).");
  }

  @Test
  void aModelThatRaisesFailsTheTask() {
    model("raises", TWO, "p DOUBLE", "'model' = 'models:Linear'");
    model("batched", TWO, "p DOUBLE", "'model' = 'models:Linear', 'async' = 'true'");
    for (String model : List.of("raises", "batched")) {
      Exception failed =
          assertThrows(
              Exception.class,
              () ->
                  rows(
                      tables,
                      String.format(
                          "SELECT * FROM ML_PREDICT((SELECT amount, 'bad' AS m FROM payments), MODEL"
                              + " %s, DESCRIPTOR(amount, m))",
                          model)));
      assertMessage(failed, "no model for bad merchants");
    }
  }

  @Test
  void aModelThatRaisesMayGiveNull() throws Exception {
    model("nulls", TWO, "p DOUBLE", "'model' = 'models:Linear', 'python.on-error' = 'NULL'");
    assertEquals(
        Row.of(2.5, "bad", null),
        rows(
                tables,
                "SELECT * FROM ML_PREDICT((SELECT amount, 'bad' AS m FROM payments), MODEL nulls,"
                    + " DESCRIPTOR(amount, m))")
            .get(0));
  }

  @Test
  void anOptionThatDoesNotExistIsRefused() {
    model("typo", TWO, "p DOUBLE", "'model' = 'models:Linear', 'modle' = 'x'");
    Exception refused =
        assertThrows(Exception.class, () -> predict("typo", "amount, merchant", ""));
    assertMessage(refused, "modle");
  }
}
