"""What has a planner to know of a Python function?

Duck typing decides what a function is: classes of an installed PyFlink are as good as those of
``naja.flink``. Nothing here touches a JVM.
"""

from __future__ import annotations

import importlib
import inspect
import os
from typing import Any, Callable

from naja.flink import _hints, _resolve
from naja.flink._decorators import MARK, Mark
from naja.flink._sql_types import SqlType

#: What an object is, by the first of these methods that it has; the base class may know better.
_KINDS = (
    ("emit_value", "table_aggregate", "accumulate"),
    ("emit_update_with_retract", "table_aggregate", "accumulate"),
    ("accumulate", "aggregate", "accumulate"),
    ("process_broadcast_element", "broadcast_process", "process_element"),
    ("process_element1", "co_process", "process_element1"),
    ("process_element", "process", "process_element"),
    ("eval", "scalar", "eval"),
    ("async_invoke", "async", "async_invoke"),
    ("map1", "co_map", "map1"),
    ("flat_map1", "co_flat_map", "flat_map1"),
    ("flat_map", "flat_map", "flat_map"),
    ("filter", "filter", "filter"),
    ("get_key", "key_selector", "get_key"),
    ("reduce", "reduce", "reduce"),
    ("add", "stream_aggregate", "add"),
    ("lookup", "lookup", "lookup"),
    ("predict", "model", "predict"),
    ("map", "map", "map"),
    ("process", "process_window", "process"),
    ("apply", "window", "apply"),
)

#: What base classes say more exactly, by name, so that PyFlink's are as good.
_BASES = {
    "ScalarFunction": "scalar",
    "AsyncScalarFunction": "async_scalar",
    "TableFunction": "table",
    "AggregateFunction": None,
    "KeyedProcessFunction": "keyed_process",
    "KeyedCoProcessFunction": "keyed_co_process",
    "KeyedBroadcastProcessFunction": "keyed_broadcast_process",
    "ProcessAllWindowFunction": "process_all_window",
    "ProcessWindowFunction": "process_window",
    "AllWindowFunction": "all_window",
    "WindowFunction": "window",
}

_ACCUMULATING = ("aggregate", "table_aggregate")

#: How the forms of ``@naja.vectorized`` are called here.
_FORMS = {"series": "pandas", "frame": "pandas", "arrow": "arrow"}


class SignatureError(TypeError):
    """A function cannot be what it says it is; the message begins with its file and line."""

    __module__ = "naja.flink"


def describe(
    target: Any, arguments: dict[str, Any] | None = None, unbound: bool = False
) -> dict[str, Any]:
    """All that a planner needs to know of a function.

    Args:
        target: A function, a class, an object, or a method of one.
        arguments: What a class is called with, by name, where an object of it has to be asked.
        unbound: Whether the target is a method as a class has it, with ``self`` for its first
            parameter; see `describe_reference`, which knows.

    Returns:
        ``kind``: ``"scalar"``, ``"async_scalar"``, ``"table"``, ``"aggregate"``,
        ``"table_aggregate"``, ``"process"``, ``"keyed_process"``, ``"co_process"``, ``"map"`` ...;
        ``name``; ``arguments``, their names; ``types``, for each its SQL type as text, or ``None``
        if any will do; ``nullable``, for each whether it takes NULL; ``required``, how many must
        be given; ``varargs``, whether the last may come any number of times; ``result``, the SQL
        type of the result, of a row of a table function, or ``None``; ``accumulator``, the SQL
        type of an aggregate's accumulator, or ``None`` if only Python can read it;
        ``vectorized``, ``None``, ``"pandas"``, ``"arrow"`` or ``"numpy"``; ``deterministic``;
        ``location``, ``"fraud.py:12"``; ``methods``, the names of what the object offers beyond.

    Raises:
        SignatureError: Decorator, hints and parameters contradict each other, or it is no function.
        ValueError: A type is no SQL type.
    """
    return _Described(target, arguments or {}, unbound).result()


def describe_reference(
    reference: str,
    arguments: dict[str, Any] | None = None,
    import_module: Callable[[str], Any] = importlib.import_module,
) -> dict[str, Any]:
    """What `describe` says of the function that a reference names.

    Args:
        reference: As `naja.flink._resolve.find` takes it.
        arguments: As in `describe`.
        import_module: What imports a module by its whole name.

    Raises:
        ImportError: There is no such module, or it fails to be imported.
        AttributeError: The module has no such function.
        SignatureError: As in `describe`.
        ValueError: As in `describe`.
    """
    owner, target = _resolve.find(reference, import_module)
    static = owner and inspect.getattr_static(owner, getattr(target, "__name__", ""), None)
    return describe(target, arguments, inspect.isfunction(static))


class _Described:
    """One function, and what is known of it."""

    def __init__(self, target: Any, arguments: dict[str, Any], unbound: bool) -> None:
        self._mark: Mark | None = _mark(target)
        self._target = target._func if _is_pyflink_wrapper(target) else target
        self._arguments, self._unbound = arguments, unbound
        self._kind, self._method = self._find()
        self._function = _unwrapped(self._method)
        self._hints = _hints.resolved(self._function)
        if self._kind == "scalar":
            self._kind = self._kind_of_eval()

    def _find(self) -> tuple[str, Any]:
        kind = self._mark.kind if self._mark else None
        if inspect.isroutine(self._target) or _is_method(self._target):
            return kind or "scalar", self._target
        for method, found, main in _KINDS:
            if has_own(self._target, method):
                called = getattr(self._target, main, None)
                if called is None:
                    raise self._error(f"it has {method} but no {main}", self._target)
                mro = [each.__name__ for each in _class(self._target).__mro__]
                better = next(filter(None, map(_BASES.get, mro)), None)
                return kind or better or found, called
        if kind is not None and callable(self._target):
            return kind, self._target
        if not isinstance(self._target, type) and callable(self._target):
            return "scalar", self._target
        if isinstance(self._target, type) and callable(vars(self._target).get("__call__")):
            return "scalar", vars(self._target)["__call__"]
        methods = ", ".join(dict.fromkeys(main for _, _, main in _KINDS))
        raise self._error(f"it is no function, and has none of {methods}", self._target)

    def _kind_of_eval(self) -> str:
        if self._mark is not None:
            return "scalar" if not inspect.iscoroutinefunction(self._function) else "async_scalar"
        if inspect.iscoroutinefunction(self._function):
            return "async_scalar"
        yields = inspect.isgeneratorfunction(self._function)
        return "table" if yields or _hints.is_stream(self._hints.get("return")) else "scalar"

    def result(self) -> dict[str, Any]:
        names, hints, required, varargs = self._parameters()
        types = [_hints.sql_type(each) for each in hints]
        nullable = [_hints.takes_null(each) for each in hints]
        given = self._mark.input_types if self._mark else None
        columns = frame_columns(self._function_or_target())
        if columns is not None:
            names, types, nullable, required, varargs = _of_frame(columns, given)
        elif given is not None:
            names, types, nullable = self._given(given, names, required, varargs)
            required, varargs = len(names), False
        return {
            "kind": self._kind,
            "name": (self._mark and self._mark.name) or self._name(),
            "arguments": tuple(names),
            "types": tuple(each and str(each.null()) for each in types),
            "nullable": tuple(nullable),
            "required": required,
            "varargs": varargs,
            "result": _text(self._result()),
            "accumulator": _text(self._accumulator()),
            "vectorized": self._vectorized(hints),
            "deterministic": self._deterministic(),
            "location": location(self._target),
            "methods": self._methods(),
        }

    def _parameters(self) -> tuple[list[str], list[Any], int, bool]:
        try:
            parameters = list(inspect.signature(self._method).parameters.values())
        except (TypeError, ValueError):
            return ["args"], [None], 0, True  # Functions written in C may not say.
        if self._unbound or (isinstance(self._target, type) and self._has_self()):
            parameters = parameters[1:]
        if self._kind in _ACCUMULATING and not self._is_function():
            parameters = parameters[1:]  # The accumulator.
        names, hints, required, varargs = [], [], 0, False
        for each in parameters:
            if each.kind is each.VAR_KEYWORD:
                continue
            if each.kind is each.KEYWORD_ONLY:
                if each.default is each.empty:
                    raise self._error(
                        f"its parameter {each.name!r} can be given by name only, and SQL passes "
                        f"arguments by position"
                    )
                continue
            names.append(each.name)
            hints.append(self._hints.get(each.name))
            varargs = each.kind is each.VAR_POSITIONAL
            if not varargs and each.default is each.empty:
                required = len(names)
        return names, hints, required, varargs

    def _given(
        self, types: list[SqlType], names: list[str], required: int, varargs: bool
    ) -> tuple[list[str], list[SqlType], list[bool]]:
        if len(types) < required or (len(types) > len(names) and not varargs):
            raise self._error(
                f"it has {len(names)} parameters ({', '.join(names)}), but input_types has "
                f"{len(types)} ({', '.join(map(str, types))})"
            )
        if varargs:
            last = names.pop()
            names += [f"{last}{index}" for index in range(len(types) - len(names))]
        return names[: len(types)], types, [each.nullable for each in types]

    def _result(self) -> SqlType | None:
        if self._mark is not None and self._mark.result_type is not None:
            return self._mark.result_type
        asked = self._ask("get_result_type")
        if asked is not None:
            return asked
        hints = self._hints
        if self._kind in _ACCUMULATING and not self._is_function():
            names = ("get_value", "emit_value", "emit_update_with_retract")
            method = next(filter(None, (getattr(self._target, name, None) for name in names)), None)
            hints = _hints.resolved(_unwrapped(method))
        hint = hints.get("return")
        if self._kind in ("table", "table_aggregate", "flat_map"):
            hint = _hints.element(hint)
        found = _hints.sql_type(hint)
        return found and found.null()

    def _accumulator(self) -> SqlType | None:
        declared = self._mark and self._mark.accumulator_type or self._ask("get_accumulator_type")
        return None if declared is None or _has_views(declared) else declared

    def _ask(self, method: str) -> SqlType | None:
        from naja.flink import _given_types

        if not callable(getattr(self._target, method, None)):
            return None
        return _given_types.one(getattr(self._object(), method)())

    def _object(self) -> Any:
        if not isinstance(self._target, type):
            return self._target
        try:
            return self._target(**self._arguments)
        except Exception as error:
            raise self._error(
                f"no object of it could be made with the arguments {self._arguments!r}: {error!r}",
                self._target,
            ) from error

    def _vectorized(self, hints: list[Any]) -> str | None:
        if self._mark is not None and self._mark.func_type != "general":
            return self._mark.func_type
        said = getattr(self._target, "__naja_vectorized__", None) or getattr(
            self._function, "__naja_vectorized__", None
        )
        if said is not None:
            return _FORMS.get(said[0], "numpy")
        return next(filter(None, map(_hints.column, hints)), None)

    def _deterministic(self) -> bool:
        if self._mark is not None and self._mark.deterministic is not None:
            return self._mark.deterministic
        said = getattr(self._target, "is_deterministic", None)
        if not callable(said) or _is_default(said):
            return True
        return bool(self._object().is_deterministic())

    def _methods(self) -> tuple[str, ...]:
        if self._is_function():
            return ()
        known = ("open", "close", "merge", "retract", "on_timer", "get_value", "emit_value")
        return tuple(name for name in known if has_own(self._target, name))

    def _function_or_target(self) -> Any:
        """What a decorator may have marked."""
        return self._target if self._mark is not None else self._function

    def _has_self(self) -> bool:
        """Whether the method, which was taken from a class, has ``self`` among its parameters."""
        if not inspect.isfunction(self._method):
            return False
        static = inspect.getattr_static(self._target, self._method.__name__, None)
        return not isinstance(static, staticmethod)

    def _is_function(self) -> bool:
        return self._method is self._target

    def _name(self) -> str:
        if not self._is_function():
            return _class(self._target).__name__
        owner = getattr(self._target, "__self__", None)
        name = getattr(self._function, "__name__", type(self._target).__name__)
        return (
            name if owner is None or inspect.ismodule(owner) else f"{_class(owner).__name__}.{name}"
        )

    def _error(self, what: str, target: Any = None) -> SignatureError:
        shown = target if target is not None else self._method
        name = getattr(_unwrapped(shown), "__qualname__", repr(shown))
        return SignatureError(f"{location(shown)}: {name}: {what}")


def frame_columns(function: Any) -> tuple[str, ...] | None:
    """The names of the columns of the DataFrame that a function takes for all its arguments.

    Returns:
        Names, an empty tuple if nobody gave any, or ``None`` for a function that takes a Series for
        each argument. A function takes a DataFrame if its only hint says so or it is decorated with
        ``@naja.vectorized(form="frame")``; ``input_types="ROW<a INT, ...>"`` names the columns.
    """
    mark = _mark(function)
    said = getattr(function, "__naja_vectorized__", None)
    hints = [
        hint
        for name, hint in _hints.resolved(_unwrapped(function)).items()
        if name not in ("self", "return")
    ]
    if not (said and said[0] == "frame") and not (
        len(hints) == 1 and getattr(hints[0], "__name__", "") == "DataFrame"
    ):
        return None
    if mark is not None and mark.input_types and mark.input_types[0].root == "ROW":
        return mark.input_types[0].names
    return tuple(said[1]) if said else ()


def location(target: Any) -> str:
    """Where a function or class is defined: ``"fraud.py:12"``; its module, if no line is known."""
    for _, _, main in _KINDS:
        if not inspect.isroutine(target) and callable(getattr(target, main, None)):
            target = getattr(target, main)
            break
    function = _unwrapped(target)
    code = getattr(function, "__code__", None)
    if code is not None:
        return f"{_short(code.co_filename)}:{code.co_firstlineno}"
    kind = _class(target) if not inspect.isroutine(target) else function
    try:
        line = inspect.getsourcelines(kind)[1]
        return f"{_short(inspect.getfile(kind))}:{line}"
    except (OSError, TypeError):
        return str(getattr(kind, "__module__", None) or "builtins")


def _of_frame(
    columns: tuple[str, ...], given: list[SqlType] | None
) -> tuple[list[str], list[SqlType | None], list[bool], int, bool]:
    """Names, types, whether NULL may come, and counts of the arguments that make a DataFrame."""
    if given and given[0].root == "ROW":
        given = list(given[0].children)
    if given:
        names = list(columns) or [f"f{index}" for index in range(len(given))]
        return names, list(given), [each.nullable for each in given], len(given), False
    if columns:
        count = len(columns)
        return list(columns), [None] * count, [True] * count, count, False
    return ["columns"], [None], [True], 1, True


def _short(path: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(os.path.basename(folder), name) if name == "__init__.py" else name


def _mark(target: Any) -> Mark | None:
    found = getattr(target, MARK, None)
    return found if found is not None else _pyflink_mark(target)


def _pyflink_mark(target: Any) -> Mark | None:
    """What a decorator of an installed PyFlink was told."""
    if not _is_pyflink_wrapper(target):
        return None
    kinds = {
        "UserDefinedScalarFunctionWrapper": "scalar",
        "UserDefinedTableFunctionWrapper": "table",
    }
    table = getattr(target, "_is_table_aggregate", False)
    kind = kinds.get(type(target).__name__, "table_aggregate" if table else "aggregate")
    return Mark(
        kind,
        getattr(target, "_input_types", None),
        getattr(target, "_result_types" if kind == "table" else "_result_type", None),
        getattr(target, "_deterministic", None),
        getattr(target, "_name", None),
        getattr(target, "_func_type", "general"),
        getattr(target, "_accumulator_type", None),
    )


def _is_pyflink_wrapper(target: Any) -> bool:
    return type(target).__module__.startswith("pyflink.") and hasattr(target, "_func")


def _has_views(found: SqlType) -> bool:
    """Whether values of a type hold views, which Python alone can read."""
    return found.root in ("LIST_VIEW", "MAP_VIEW") or any(map(_has_views, found.children))


def _text(found: SqlType | None) -> str | None:
    return None if found is None else str(found)


def _class(target: Any) -> type:
    return target if isinstance(target, type) else type(target)


def _is_method(target: Any) -> bool:
    return isinstance(target, type(len)) or inspect.ismethod(target)


def has_own(target: Any, name: str) -> bool:
    """Whether an object has a method that is not just that of a base class of the API."""
    method = getattr(target, name, None)
    return callable(method) and not _is_default(method)


def _is_default(method: Any) -> bool:
    """Whether a method is that of a base class of ``naja.flink`` or PyFlink."""
    module = getattr(_unwrapped(method), "__module__", None) or ""
    return module.startswith(("naja.flink", "pyflink."))


def _unwrapped(function: Any) -> Any:
    """What is behind methods, partials and decorators."""
    while True:
        if inspect.ismethod(function):
            function = function.__func__
        elif hasattr(function, "__wrapped__") and not isinstance(function, type):
            function = function.__wrapped__
        elif hasattr(function, "func") and hasattr(function, "keywords"):
            function = function.func
        else:
            return function
