package dev.naja.flink.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;

/**
 * Which functions does the text of the option {@code functions} name, and what does SQL call them?
 */
final class FunctionList {

  private FunctionList() {}

  /**
   * Reads the option.
   *
   * @param text references with commas between them, {@code name=reference} each or without the
   *     name
   * @return references by their names in SQL, which are in lower case
   * @throws ValidationException if two have one name, or one has none
   */
  static Map<String, String> parse(String text) {
    Map<String, String> functions = new LinkedHashMap<>();
    for (String element : split(text)) {
      int equals = element.indexOf('=');
      String reference = element.substring(equals + 1).trim();
      String name = equals < 0 ? lastName(reference) : element.substring(0, equals).trim();
      if (name.isEmpty() || reference.isEmpty()) {
        throw new ValidationException(
            String.format(
                "Option 'functions' has the element '%s': write 'module.function',"
                    + " 'module:Class.method' or 'name=reference'.",
                element));
      }
      String before = functions.put(name.toLowerCase(Locale.ROOT), reference);
      if (before != null) {
        throw new ValidationException(
            String.format(
                "Option 'functions' calls both '%s' and '%s' %s: name one, as in '%s2=%s'.",
                before, reference, name, name, reference));
      }
    }
    return functions;
  }

  /** Commas within the brackets of a type are part of it. */
  private static List<String> split(String text) {
    List<String> elements = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char at = i < text.length() ? text.charAt(i) : ',';
      boolean arrow = at == '>' && i > 0 && text.charAt(i - 1) == '-';
      if (at == '<' || at == '(') {
        depth++;
      } else if ((at == '>' && !arrow) || at == ')') {
        depth--;
      } else if (at == ',' && (depth == 0 || i == text.length())) {
        String element = text.substring(start, i).trim();
        if (!element.isEmpty()) {
          elements.add(element);
        }
        start = i + 1;
      }
    }
    return elements;
  }

  private static String lastName(String reference) {
    int arrow = reference.indexOf("->");
    String path = (arrow < 0 ? reference : reference.substring(0, arrow)).trim();
    int last = Math.max(path.lastIndexOf('.'), path.lastIndexOf(':'));
    String name = path.substring(last + 1);
    // Of 'fraud:Model.eval' the class is what a reader knows.
    return name.equals("eval") && last > 0 ? lastName(path.substring(0, last)) : name;
  }
}
