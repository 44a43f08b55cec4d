package dev.naja.internal;

import org.slf4j.LoggerFactory;

/**
 * Where do Python's log records go? To SLF4J where its classes are visible, else to {@link
 * System.Logger}. Both know their loggers by Python's names.
 */
final class LogBridge {
  private static final System.Logger.Level[] LEVELS = {
    System.Logger.Level.TRACE,
    System.Logger.Level.DEBUG,
    System.Logger.Level.INFO,
    System.Logger.Level.WARNING,
    System.Logger.Level.ERROR
  };

  private static final boolean SLF4J = slf4jIsVisible();

  private LogBridge() {}

  private static boolean slf4jIsVisible() {
    try {
      Class.forName("org.slf4j.LoggerFactory", true, LogBridge.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /**
   * Logs a message.
   *
   * @param level 0 trace, 1 debug, 2 info, 3 warn, 4 error
   */
  static void log(int level, String logger, String message) {
    if (SLF4J) {
      Slf4j.log(level, logger, message);
    } else {
      // Without a format, so that braces in the message stay what they are.
      System.getLogger(logger).log(LEVELS[level], message);
    }
  }

  /** Loaded only where SLF4J is. */
  private static final class Slf4j {
    private Slf4j() {}

    static void log(int level, String name, String message) {
      org.slf4j.Logger logger = LoggerFactory.getLogger(name);
      switch (level) {
        case 0:
          logger.trace(message);
          break;
        case 1:
          logger.debug(message);
          break;
        case 2:
          logger.info(message);
          break;
        case 3:
          logger.warn(message);
          break;
        default:
          logger.error(message);
          break;
      }
    }
  }
}
