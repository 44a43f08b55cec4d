package dev.naja.examples.recommender;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.util.ParameterTool;

/** What the pipeline is told on the command line; also the variables of the SQL files. */
final class Settings {
  private final Map<String, String> values;

  /**
   * @param args {@code --name value} for each of python, modules, sql, data, out, history,
   *     parallelism, and kafka where the log comes from there
   */
  Settings(String[] args) {
    values = new HashMap<>(ParameterTool.fromArgs(args).toMap());
  }

  /** Returns what was given for a name, which must have been. */
  String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  int parallelism() {
    return Integer.parseInt(get("parallelism"));
  }

  /** Returns the text with each <code>${name}</code> replaced by what was given for the name. */
  String fill(String text) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("${" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }
}
