"""Do the hints of a function of the DataStream API fit the types of its streams?

Asked when a job is planned, in the program that submits it.
"""

from __future__ import annotations

from typing import Any, Callable

from naja.flink import _describe, _sql_types

#: Types whose values Python tells apart no further, by what they are called in SQL.
_FAMILIES = {
    "a whole number": ("TINYINT", "SMALLINT", "INT", "INTEGER", "BIGINT"),
    "a number": ("FLOAT", "DOUBLE"),
    "a decimal number": ("DECIMAL",),
    "text": ("CHAR", "VARCHAR", "STRING"),
    "bytes": ("BINARY", "VARBINARY", "BYTES"),
    "a truth value": ("BOOLEAN",),
    "a row": ("ROW", "STRUCTURED_TYPE"),
    "a list": ("ARRAY",),
    "a dict": ("MAP",),
    "a date": ("DATE",),
    "a time of day": ("TIME", "TIME_WITHOUT_TIME_ZONE"),
    "a date with time": ("TIMESTAMP", "TIMESTAMP_WITHOUT_TIME_ZONE"),
    "a point in time": ("TIMESTAMP_LTZ", "TIMESTAMP_WITH_LOCAL_TIME_ZONE"),
}

_FAMILY = {root: family for family, roots in _FAMILIES.items() for root in roots}

#: What may be given where something else is said, as Python itself takes it.
_ALSO = {("a whole number", "a number")}

#: Functions whose one result is that of a record; of others it is a list of results.
_SINGLE = ("scalar", "async_scalar", "map", "key_selector")


def check(
    reference: str,
    import_module: Callable[[str], Any],
    arguments: dict[str, Any],
    given: Any,
    wanted: Any,
) -> str | None:
    """Says what does not fit.

    Args:
        reference: The function.
        import_module: What imports the job's modules.
        arguments: What a class is called with.
        given: The description of the type of the records.
        wanted: The description of the type of the results, ``None`` for any.

    Returns:
        A sentence that begins with file and line, or ``None`` if nothing is wrong.

    Raises:
        ImportError: There is no such module.
        AttributeError: The module has no such function.
        TypeError: Decorator, hints and parameters contradict each other.
    """
    found = _describe.describe_reference(reference, arguments, import_module)
    types = found["types"]
    hinted = _family(types[0]) if types and found["vectorized"] is None else None
    actual = _family_of(given)
    if hinted and actual and hinted != actual and (actual, hinted) not in _ALSO:
        return (
            f"{found['location']}: {reference} takes {hinted} ({found['arguments'][0]}: "
            f"{types[0]}), but the records of the stream are {_root(given)}"
        )
    made = _family(found["result"]) if found["kind"] in _SINGLE else None
    expected = _family_of(wanted)
    if made and expected and made != expected and (made, expected) not in _ALSO:
        return (
            f"{found['location']}: {reference} returns {made} ({found['result']}), but the type "
            f"of its results was said to be {_root(wanted)}"
        )
    return None


def _family(text: str | None) -> str | None:
    return None if text is None else _FAMILY.get(_sql_types.parse(text).root)


def _family_of(described: Any) -> str | None:
    return _FAMILY.get(_root(described))


def _root(described: Any) -> Any:
    return described[0] if isinstance(described, tuple) else described
