package dev.naja.flink.datastream;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** Which type of Flink's does a state have whose type Python declared? */
final class StateTypes {
  private static final Map<String, TypeInformation<?>> TYPES =
      Map.ofEntries(
          Map.entry("BOOLEAN", Types.BOOLEAN),
          Map.entry("TINYINT", Types.BYTE),
          Map.entry("SMALLINT", Types.SHORT),
          Map.entry("INT", Types.INT),
          Map.entry("BIGINT", Types.LONG),
          Map.entry("FLOAT", Types.FLOAT),
          Map.entry("DOUBLE", Types.DOUBLE),
          Map.entry("CHAR", Types.STRING),
          Map.entry("VARCHAR", Types.STRING),
          Map.entry("STRING", Types.STRING),
          Map.entry("BINARY", TypeInformation.of(byte[].class)),
          Map.entry("VARBINARY", TypeInformation.of(byte[].class)),
          Map.entry("BYTES", TypeInformation.of(byte[].class)),
          Map.entry("DECIMAL", Types.BIG_DEC),
          Map.entry("DATE", Types.LOCAL_DATE),
          Map.entry("TIME", Types.LOCAL_TIME),
          Map.entry("TIMESTAMP", Types.LOCAL_DATE_TIME),
          Map.entry("TIMESTAMP_LTZ", Types.INSTANT),
          Map.entry("PICKLED", PythonValueTypeInfo.INSTANCE));

  private StateTypes() {}

  /**
   * The type of a description.
   *
   * @param description as {@code naja.flink} describes types: a name, or a tuple that begins with
   *     one
   * @throws IllegalArgumentException if no state can have it
   */
  static TypeInformation<?> of(Object description) {
    if (description instanceof List) {
      List<?> parts = (List<?>) description;
      switch (String.valueOf(parts.get(0))) {
        case "ARRAY":
          return Types.LIST(of(parts.get(1)));
        case "MAP":
          return Types.MAP(of(parts.get(1)), of(parts.get(2)));
        case "TUPLE":
          return Types.TUPLE(all((List<?>) parts.get(1)));
        case "ROW":
          return Types.ROW_NAMED(
              ((List<?>) parts.get(1)).toArray(new String[0]), all((List<?>) parts.get(2)));
        default:
          break;
      }
    }
    TypeInformation<?> type =
        description instanceof String ? TYPES.get((String) description) : null;
    if (type == null) {
      throw new IllegalArgumentException(
          "A state cannot have the type "
              + description
              + ": declare another one, or none to have its values pickled.");
    }
    return type;
  }

  private static TypeInformation<?>[] all(List<?> descriptions) {
    return descriptions.stream().map(StateTypes::of).toArray(TypeInformation<?>[]::new);
  }
}
