package dev.naja.internal;

import dev.naja.PythonConverter;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the reader of a type that is made of others is composed: collections, arrays, records, enums,
 * interfaces. One composer serves one type; it knows the records that it is inside of, so that a
 * record can contain itself.
 */
final class ReaderComposer {
  private final Map<Type, Reader<?>> openRecords = new HashMap<>();

  /** The reader of a type; type variables stand for their bounds. */
  Reader<?> compose(Type type) {
    return compose(type, Collections.emptyMap());
  }

  private Reader<?> compose(Type type, Map<TypeVariable<?>, Type> variables) {
    Type resolved = GenericType.resolve(type, variables);
    if (resolved instanceof ParameterizedType) {
      ParameterizedType generic = (ParameterizedType) resolved;
      return ofClass((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), resolved);
    }
    if (resolved instanceof GenericArrayType) {
      Type component = ((GenericArrayType) resolved).getGenericComponentType();
      return new ArrayReader(rawClass(component), compose(component));
    }
    return ofClass((Class<?>) resolved, new Type[0], resolved);
  }

  private Reader<?> ofClass(Class<?> type, Type[] arguments, Type whole) {
    Reader<?> simple = Readers.simple(type);
    if (simple != null) {
      return simple;
    }
    if (CollectionReader.reads(type)) {
      return new CollectionReader(type, argument(arguments, 0));
    }
    if (MapReader.reads(type)) {
      return new MapReader(type, argument(arguments, 0), argument(arguments, 1));
    }
    if (type == Map.Entry.class) {
      return new EntryReader(argument(arguments, 0), argument(arguments, 1));
    }
    if (type == Iterator.class) {
      return new IteratorReader(argument(arguments, 0));
    }
    if (type == Optional.class) {
      return new OptionalReader(type, argument(arguments, 0));
    }
    if (type.isArray()) {
      return new ArrayReader(type.getComponentType(), compose(type.getComponentType()));
    }
    if (type.isEnum()) {
      return new EnumReader(type);
    }
    if (RecordShape.isRecord(type)) {
      return ofRecord(type, arguments, whole);
    }
    PythonConverter<?> converter = Converters.of(type);
    if (converter != null) {
      return new ConvertedReader(type, converter);
    }
    return type.isInterface() ? new InterfaceReader(type) : new HeldReader(type);
  }

  private Reader<?> ofRecord(Class<?> type, Type[] arguments, Type whole) {
    Reader<?> open = openRecords.get(whole);
    if (open != null) {
      return open;
    }
    RecordReader record = new RecordReader(type);
    openRecords.put(whole, record);
    Map<TypeVariable<?>, Type> variables = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      variables.put(type.getTypeParameters()[i], arguments[i]);
    }
    List<Reader<?>> components = new ArrayList<>();
    for (Type component : record.shape().componentTypes()) {
      components.add(compose(component, variables));
    }
    record.setComponents(components);
    return record;
  }

  /** The reader of a type argument, or of any value where a raw type has none. */
  @SuppressWarnings("unchecked")
  private Reader<Object> argument(Type[] arguments, int index) {
    return (Reader<Object>)
        (index < arguments.length ? compose(arguments[index]) : ValueReader.INSTANCE);
  }

  private static Class<?> rawClass(Type type) {
    if (type instanceof Class) {
      return (Class<?>) type;
    }
    if (type instanceof ParameterizedType) {
      return (Class<?>) ((ParameterizedType) type).getRawType();
    }
    Type component = ((GenericArrayType) type).getGenericComponentType();
    return Array.newInstance(rawClass(component), 0).getClass();
  }
}
