package dev.naja.flink.datastream;

import dev.naja.flink.StreamFunction;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.flink.types.Row;

/** What the side output of failures tells of a record; see {@link StreamFunction#failures}. */
final class Failures {

  private Failures() {}

  /** A row of the record, the function, the error and the stack of both languages. */
  static Row row(Object record, StreamFunction<?> function, Throwable failure) {
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    return Row.of(record, function.toString(), failure.toString(), stack.toString());
  }
}
