package pemja.core.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where log records of Python's go: to SLF4J. Thread-safe. */
public class PythonLogWriter {

  /** Makes a writer. */
  public PythonLogWriter() {}

  /**
   * Logs a record.
   *
   * @param name the logger
   * @param severityName one of {@code CRITICAL}, {@code ERROR}, {@code WARN}, {@code INFO}, {@code
   *     NOTICE}, {@code DEBUG}, {@code TRACE} and {@code UNSPECIFIED}
   * @param message what happened
   * @param trace the traceback of an exception, or null
   * @throws IllegalArgumentException if the severity is another
   */
  public void log(String name, String severityName, String message, String trace) {
    Logger logger = LoggerFactory.getLogger(name);
    String text = trace == null ? message : message + " " + trace;
    switch (severityName) {
      case "CRITICAL":
      case "ERROR":
        logger.error("{}", text);
        break;
      case "WARN":
        logger.warn("{}", text);
        break;
      case "INFO":
      case "NOTICE":
        logger.info("{}", text);
        break;
      case "DEBUG":
        logger.debug("{}", text);
        break;
      case "TRACE":
      case "UNSPECIFIED":
        logger.trace("{}", text);
        break;
      default:
        throw new IllegalArgumentException("No severity is named " + severityName);
    }
  }
}
