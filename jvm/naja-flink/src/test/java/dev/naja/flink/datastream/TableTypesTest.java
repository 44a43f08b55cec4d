package dev.naja.flink.datastream;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.MAP;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.naja.flink.PythonMap;
import dev.naja.flink.StreamFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.runtime.typeutils.ExternalTypeInfo;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** Rows of streams that were tables. */
class TableTypesTest {
  private static TypeInformation<Row> table() {
    return ExternalTypeInfo.of(
        ROW(
            FIELD("name", STRING()),
            FIELD("count", BIGINT()),
            FIELD("at", TIMESTAMP_LTZ(3)),
            FIELD("tags", ARRAY(STRING())),
            FIELD("shares", MAP(STRING(), DOUBLE())),
            FIELD("place", ROW(FIELD("x", INT())))));
  }

  @Test
  void fieldsAreThoseOfTheSameTypeOfStreams() {
    TypeInformation<Row> stream =
        Types.ROW_NAMED(
            new String[] {"name", "count", "at", "tags", "shares", "place"},
            Types.STRING,
            Types.LONG,
            Types.INSTANT,
            ObjectArrayTypeInfo.getInfoFor(String[].class, Types.STRING),
            Types.MAP(Types.STRING, Types.DOUBLE),
            Types.ROW_NAMED(new String[] {"x"}, Types.INT));
    assertEquals(stream, TableTypes.row(table()));
  }

  @Test
  void rowsWithoutKnownFieldsAreRefused() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> TypeBridges.of(new GenericTypeInfo<>(Row.class), null));
    assertEquals(
        "Rows of the type GenericType<org.apache.flink.types.Row> have no known fields: say them by"
            + " returns(Types.ROW_NAMED(...)).",
        failure.getMessage());
  }

  @Test
  void tableGoesToPythonAndBack() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    Row row =
        Row.of(
            "a", 1L, Instant.ofEpochMilli(5), new String[] {"x", "y"}, Map.of("k", 0.5), Row.of(7));
    DataStream<Row> rows =
        tables.toDataStream(
            tables
                .fromValues(((ExternalTypeInfo<Row>) table()).getDataType(), row)
                .as("name", "count", "at", "tags", "shares", "place"));
    StreamFunction<Row> same = Harnesses.function("TableRow", rows.getType());
    DataStream<Row> mapped = PythonMap.<Row, Row>of(same).on(rows);
    List<Row> found = new ArrayList<>();
    try (CloseableIterator<Row> results = tables.fromDataStream(mapped).execute().collect()) {
      results.forEachRemaining(found::add);
    }
    assertEquals(1, found.size());
    assertEquals("a!", found.get(0).getField("name"));
    assertEquals(2L, found.get(0).getField("count"));
    assertEquals(Instant.ofEpochMilli(5), found.get(0).getField("at"));
    assertEquals("y", ((Object[]) found.get(0).getField("tags"))[1]);
    assertEquals(Map.of("k", 0.5), found.get(0).getField("shares"));
    assertEquals(7, ((Row) found.get(0).getField("place")).getField("x"));
  }
}
