"""What does Java call to run code in an interpreter?

Arguments that go by reference come as naja has them and are given on by PEMJA's rules.
"""

from __future__ import annotations

import builtins
import types  # noqa: F401 - so that the bridge knows a generator when it sees one.
from functools import reduce

from naja import _namespace
from pemja._isolated import end, isolated
from pemja._lens import fetch, give, keep

__all__ = ["end", "fetch", "isolated", "keep"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MISSING: Any = object()


def giving(*arguments: Any, **named: Any) -> Any:
    """Calls the last argument, a function, with the others, some of which go by reference."""
    *given, function = arguments
    if named:
        named = {name: give(value) for name, value in named.items()}
    return function(*map(give, given), **named)


def shared() -> dict[str, Any]:
    """Global variables of an interpreter that shares all modules."""
    made = {"__name__": "__main__", "__doc__": None, "__builtins__": builtins}
    execute(made, "from pemja import logger")
    return made


def execute(variables: dict[str, Any], source: str, /) -> None:
    """Runs statements."""
    _namespace.execute(source, variables)


def variable(variables: dict[str, Any], name: str, /) -> Any:
    """A variable, ``None`` if there is none."""
    return variables.get(name)


def set_variable(variables: dict[str, Any], name: str, value: Any, /) -> None:
    """Sets a variable."""
    variables[name] = give(value)


def attribute(owner: Any, name: str, /) -> Any:
    """An attribute."""
    return getattr(owner, name)


def set_attribute(owner: Any, name: str, value: Any, /) -> None:
    """Sets an attribute."""
    setattr(owner, name, give(value))


def method(owner: Any, name: str, /, *arguments: Any) -> Any:
    """Calls a method."""
    return getattr(owner, name)(*map(give, arguments))


def resolve(variables: dict[str, Any], name: str, /) -> Any:
    """What a name means: a variable, or one and attributes of it.

    Raises:
        RuntimeError: There is no such variable or attribute.
    """
    found = variables.get(name, _MISSING)
    if found is not _MISSING:
        return found
    first, *rest = name.split(".")
    found = variables.get(first, _MISSING)
    if found is _MISSING:
        what = "module" if rest else "function"
        raise RuntimeError(
            f"Failed to find the {what} `{first}`: the interpreter has no such global variable; "
            f"{'import' if rest else 'define or import'} it by exec"
        )
    try:
        return reduce(getattr, rest, found)
    except AttributeError as error:
        raise RuntimeError(
            f"Failed to find the function `{'.'.join(rest)}` in `{first}`: {error}"
        ) from None


def invoke(variables: dict[str, Any], name: str, /, *arguments: Any, **named: Any) -> Any:
    """Calls what a name means."""
    return giving(*arguments, resolve(variables, name), **named)


def resolve_method(variables: dict[str, Any], owner: str, name: str, /) -> Any:
    """A method of the object in a variable.

    Raises:
        RuntimeError: There is no such variable or method.
    """
    found = variables.get(owner, _MISSING)
    if found is _MISSING:
        raise RuntimeError(
            f"Failed to find the object `{owner}`: the interpreter has no such global variable; "
            "set it, or define it by exec"
        )
    try:
        return getattr(found, name)
    except AttributeError as error:
        raise RuntimeError(
            f"Failed to find the method `{name}` in object `{owner}`: {error}"
        ) from None


def invoke_method(variables: dict[str, Any], owner: str, name: str, /, *arguments: Any) -> Any:
    """Calls a method of the object in a variable."""
    return resolve_method(variables, owner, name)(*map(give, arguments))
