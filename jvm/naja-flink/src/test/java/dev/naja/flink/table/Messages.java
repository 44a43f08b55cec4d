package dev.naja.flink.table;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the tests say of the messages of exceptions and of their causes. */
final class Messages {

  private Messages() {}

  /** One of an exception's messages contains a text. */
  static void assertMessage(Throwable thrown, String expected) {
    StringBuilder messages = new StringBuilder();
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      messages.append(at.getMessage()).append('\n');
    }
    assertTrue(messages.toString().contains(expected), messages::toString);
  }
}
