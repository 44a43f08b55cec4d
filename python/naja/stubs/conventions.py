"""Which Java classes does Python see as its own types? The rules of docs/java-in-python.md."""

from __future__ import annotations

ANY = "_t.Any"

#: Types that cross by value both ways; a result of Java is never one of their classes.
PRIMITIVES = {
    "Z": "bool",
    "B": "int",
    "S": "int",
    "I": "int",
    "J": "int",
    "F": "float",
    "D": "float",
    "C": "str",
    "V": "None",
}
SCALARS = {
    "java.lang.Boolean": "bool",
    "java.lang.Byte": "int",
    "java.lang.Short": "int",
    "java.lang.Integer": "int",
    "java.lang.Long": "int",
    "java.math.BigInteger": "int",
    "java.lang.Float": "float",
    "java.lang.Double": "float",
    "java.lang.Character": "str",
    "java.lang.String": "str",
    "java.lang.Void": "None",
}

#: Classes that say nothing of what Python passes or gets.
ANYTHING = {
    "java.lang.Object",
    "java.lang.Comparable",
    "java.lang.Cloneable",
    "java.lang.constant.Constable",
    "java.lang.constant.ConstantDesc",
    "java.io.Serializable",
    "dev.naja.PyObject",
}

#: Results of these classes are often scalars.
MIXED = {
    "java.lang.CharSequence": ("str",),
    "java.lang.Number": ("int", "float"),
}

#: What Python passes for each of these, and what a callback is passed. Supertypes take it too.
NATURAL = {
    "java.lang.String": "str",
    "java.math.BigDecimal": "_decimal.Decimal",
    "java.util.UUID": "_uuid.UUID",
    "java.time.LocalDate": "_dt.date",
    "java.time.LocalTime": "_dt.time",
    "java.time.OffsetTime": "_dt.time",
    "java.time.LocalDateTime": "_dt.datetime",
    "java.time.OffsetDateTime": "_dt.datetime",
    "java.time.ZonedDateTime": "_dt.datetime",
    "java.time.Instant": "_dt.datetime",
    "java.time.Duration": "_dt.timedelta",
}

#: What else Python passes for a class.
ALSO = {
    "java.lang.Number": ("float",),
    "java.math.BigDecimal": ("float",),
    "java.util.OptionalInt": ("int",),
    "java.util.OptionalLong": ("int",),
    "java.util.OptionalDouble": ("float",),
}

#: Containers that are made of Python's; ``{0}`` and ``{1}`` are the type arguments.
CONTAINERS = {
    "java.lang.Iterable": "_abc.Collection[{0}]",
    "java.util.Collection": "_abc.Collection[{0}]",
    "java.util.List": "_abc.Sequence[{0}]",
    "java.util.ArrayList": "_abc.Sequence[{0}]",
    "java.util.LinkedList": "_abc.Sequence[{0}]",
    "java.util.Set": "_abc.Set[{0}]",
    "java.util.HashSet": "_abc.Set[{0}]",
    "java.util.LinkedHashSet": "_abc.Set[{0}]",
    "java.util.SortedSet": "_abc.Set[{0}]",
    "java.util.NavigableSet": "_abc.Set[{0}]",
    "java.util.TreeSet": "_abc.Set[{0}]",
    "java.util.Map": "_abc.Mapping[{0}, {1}]",
    "java.util.HashMap": "_abc.Mapping[{0}, {1}]",
    "java.util.LinkedHashMap": "_abc.Mapping[{0}, {1}]",
    "java.util.SortedMap": "_abc.Mapping[{0}, {1}]",
    "java.util.NavigableMap": "_abc.Mapping[{0}, {1}]",
    "java.util.TreeMap": "_abc.Mapping[{0}, {1}]",
    "java.util.Map$Entry": "tuple[{0}, {1}]",
    "java.util.Optional": "{0}",
}

#: What a callback is passed for these and their subclasses, the first that fits.
HANDED = {
    "java.util.List": "list[{0}]",
    "java.util.Set": "set[{0}]",
    "java.util.Map": "dict[{0}, {1}]",
    "java.util.Map$Entry": "tuple[{0}, {1}]",
    "java.util.Iterator": "_abc.Iterator[{0}]",
    "java.util.Collection": "_abc.Collection[{0}]",
}

#: Optionals, which a callback is passed as their value or None.
OPTIONALS = {
    "java.util.Optional": "{0}",
    "java.util.OptionalInt": "int",
    "java.util.OptionalLong": "int",
    "java.util.OptionalDouble": "float",
}

#: Throwables that a Python exception can be passed as, beside their subclass PythonException.
EXCEPTIONS = {"java.lang.Throwable", "java.lang.Exception", "java.lang.RuntimeException"}

#: What Python's syntax may do with each class, as ``naja._protocols`` has it; ``{0}`` and ``{1}``
#: are the type parameters.
PROTOCOLS = {
    "java.lang.Iterable": ["def __iter__(self) -> _abc.Iterator[{0}]: ..."],
    "java.util.stream.BaseStream": ["def __iter__(self) -> _abc.Iterator[{0}]: ..."],
    "java.util.Iterator": [
        "def __iter__(self) -> _abc.Iterator[{0}]: ...",
        "def __next__(self) -> {0}: ...",
    ],
    "java.util.Enumeration": [
        "def __iter__(self) -> _abc.Iterator[{0}]: ...",
        "def __next__(self) -> {0}: ...",
    ],
    "java.util.Collection": [
        "def __len__(self) -> int: ...",
        "def __bool__(self) -> bool: ...",
        "def __contains__(self, value: object, /) -> bool: ...",
    ],
    "java.util.List": [
        "@_t.overload",
        "def __getitem__(self, key: int, /) -> {0}: ...",
        "@_t.overload",
        "def __getitem__(self, key: slice, /) -> list[{0}]: ...",
        "@_t.overload",
        "def __setitem__(self, key: int, value: {0}, /) -> None: ...",
        "@_t.overload",
        "def __setitem__(self, key: slice, value: _abc.Iterable[{0}], /) -> None: ...",
        "def __delitem__(self, key: int | slice, /) -> None: ...",
        "def __reversed__(self) -> _abc.Iterator[{0}]: ...",
        "def append(self, value: {0}, /) -> None: ...",
        "def extend(self, values: _abc.Iterable[{0}], /) -> None: ...",
        "def insert(self, index: int, value: {0}, /) -> None: ...",
        "def pop(self, index: int = ..., /) -> {0}: ...",
        "def index(self, value: object, /) -> int: ...",
        "def count(self, value: object, /) -> int: ...",
    ],
    "java.util.Map": [
        "def __len__(self) -> int: ...",
        "def __bool__(self) -> bool: ...",
        "def __iter__(self) -> _abc.Iterator[{0}]: ...",
        "def __contains__(self, key: object, /) -> bool: ...",
        "def __getitem__(self, key: {0}, /) -> {1}: ...",
        "def __setitem__(self, key: {0}, value: {1}, /) -> None: ...",
        "def __delitem__(self, key: {0}, /) -> None: ...",
        "def keys(self) -> _abc.Set[{0}]: ...",
        "def items(self) -> _abc.ItemsView[{0}, {1}]: ...",
        "def pop(self, key: {0}, default: {1} = ..., /) -> {1}: ...",
        "def setdefault(self, key: {0}, default: {1} = ..., /) -> {1}: ...",
        "def update(self, other: _abc.Mapping[{0}, {1}] | _abc.Iterable[tuple[{0}, {1}]] = ..., "
        "/, **more: {1}) -> None: ...",
    ],
    "java.util.Map$Entry": [
        "def __iter__(self) -> _abc.Iterator[_t.Any]: ...",
        "def __getitem__(self, key: int, /) -> _t.Any: ...",
        "def __len__(self) -> int: ...",
    ],
    "java.lang.Comparable": [
        "def __lt__(self, other: {0}, /) -> bool: ...",
        "def __le__(self, other: {0}, /) -> bool: ...",
        "def __gt__(self, other: {0}, /) -> bool: ...",
        "def __ge__(self, other: {0}, /) -> bool: ...",
    ],
    "java.lang.AutoCloseable": [
        "def __enter__(self) -> _te.Self: ...",
        "def __exit__(self, *error: object) -> None: ...",
    ],
    "java.lang.CharSequence": [
        "def __len__(self) -> int: ...",
        "def __getitem__(self, key: int | slice, /) -> str: ...",
        "def __contains__(self, text: str, /) -> bool: ...",
    ],
    "java.lang.Number": ["def __int__(self) -> int: ...", "def __float__(self) -> float: ..."],
    "java.util.concurrent.CompletionStage": [
        "def __await__(self) -> _abc.Generator[_t.Any, None, {0}]: ..."
    ],
    **{
        name: ["def __index__(self) -> int: ..."]
        for name in (
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.math.BigInteger",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
        )
    },
}
