"""Which Python callable does a method of a Java interface stand for?

`resolve` answers for an interface that an object is bound to, where all must fit at once;
`implemented` and `implementation` for the interfaces that an object implements, where what is
missing only fails when it is called.
"""

from __future__ import annotations

from types import BuiltinFunctionType, FunctionType, MethodType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: What methods may be called in Python, by the names that they have in Java.
_SPELLED: dict[str, list[str]] = {}

#: `inspect.CO_VARARGS`; ``inspect`` takes 20 ms to import and is left for the case of an error.
_VARARGS = 0x04


def resolve(
    target: object, method_name: str, count: int | None, functional: bool
) -> Callable[..., Any]:
    """The callable that a Java method is bound to.

    Args:
        target: What is bound to the interface.
        method_name: The Java method's name. ``predictProba`` also stands for ``predict_proba``.
        count: How many positional arguments Java is going to pass; ``None`` if that varies.
        functional: Whether the interface has this method only, so that the target itself may be
            called.

    Raises:
        AttributeError: The target has no such attribute, with names that are near.
        TypeError: What was found is not callable, or not with so many arguments. Decorators count
            as what they are, not as what they wrap; where there is no signature, all is allowed.
    """
    found = _find(target, method_name, functional)
    if found is not None:
        return _checked(found, method_name, count)
    names = _names(method_name)
    raise AttributeError(
        f"{_shown(target)} has no attribute {' or '.join(map(repr, names))}{_near(target, names)}"
    )


class Methods:
    """The methods of a list of interfaces, for `implemented`; made once for all objects.

    Args:
        names: The Java methods' names.
        defaults: For each method whether Java has a default for it, which only an attribute of the
            object's class takes the place of.
        functional: Whether only one of the methods has no default, so that the object itself may be
            called.
    """

    def __init__(self, names: list[str], defaults: list[bool], functional: bool) -> None:
        self.names, self.functional = names, functional
        self.abstract = [index for index, default in enumerate(defaults) if not default]
        self.defaults: dict[str, list[int]] = {}
        for index, default in enumerate(defaults):
            for name in _names(names[index]) if default else ():
                self.defaults.setdefault(name, []).append(index)


def implemented(target: object, methods: Methods) -> dict[int, Callable[..., Any]]:
    """The callables behind the methods of a Java object that a Python object implements.

    Returns:
        What to call, by the method's index, where the object has it and does not fail to give it.
    """
    found = {}
    for index in methods.abstract:
        found[index] = _attempt(target, methods.names[index], methods.functional)
    for kind in type(target).__mro__:
        for name in methods.defaults.keys() & vars(kind).keys():
            for index in methods.defaults[name]:
                found[index] = _attempt(target, methods.names[index], False)
    return {index: callee for index, callee in found.items() if callee is not None}


def implementation(
    target: object, method_name: str, functional: bool, interface: str
) -> Callable[..., Any]:
    """The callable behind a method without default that `implemented` did not find.

    Raises:
        NotImplementedError: The object lacks it still; names the interface and the method.
        TypeError: What was found is not callable.
    """
    found = _find(target, method_name, functional)
    if found is not None:
        return found
    names = _names(method_name)
    raise NotImplementedError(
        f"{_shown(target)} implements {interface} but has no method "
        f"{' or '.join(map(repr, names))}{_near(target, names)}"
    )


def _attempt(target: object, method_name: str, functional: bool) -> Callable[..., Any] | None:
    try:
        return _find(target, method_name, functional)
    except Exception:
        return None  # It is raised again when the method is called.


def _find(target: object, method_name: str, functional: bool) -> Callable[..., Any] | None:
    for name in _names(method_name):
        try:
            found = getattr(target, name)
        except AttributeError:
            if _is_of_class(target, name):
                raise  # It is there; what it ran failed.
            continue
        if not callable(found):
            raise TypeError(
                f"attribute {name!r} of {_shown(target)} is not callable: it is of type "
                f"{type(found).__qualname__!r}"
            )
        return found
    return target if functional and callable(target) else None


def _names(method_name: str) -> list[str]:
    names = _SPELLED.get(method_name)
    if names is None:
        names = list(dict.fromkeys([method_name, _snake_case(method_name)]))
        _SPELLED[method_name] = names
    return names


def _is_of_class(target: object, name: str) -> bool:
    return any(name in vars(kind) for kind in type(target).__mro__)


def _snake_case(name: str) -> str:
    """``predictProba`` to ``predict_proba``, ``asHTTPBody`` to ``as_http_body``."""
    spelled = name[:1].lower()
    for before, letter, after in zip(name, name[1:], name[2:] + "_"):
        if letter.isupper() and before != "_" and (not before.isupper() or after.islower()):
            spelled += "_"
        spelled += letter.lower()
    return spelled


def _shown(target: object) -> str:
    kind = type(target).__qualname__
    name = getattr(target, "__name__", None)
    return f"{kind} {name!r}" if isinstance(name, str) else f"{kind!r} object"


def _near(target: object, names: list[str]) -> str:
    from difflib import get_close_matches

    known = [name for name in dir(target) if isinstance(name, str)]
    near = dict.fromkeys(match for name in names for match in get_close_matches(name, known, 1))
    return f". Did you mean: {', '.join(map(repr, near))}?" if near else ""


def _checked(found: Callable[..., Any], method_name: str, count: int | None) -> Callable[..., Any]:
    if count is None:
        return found
    plain, own = _plain_function(found)
    if plain is not None and _takes(plain, count + own):
        return found
    import inspect

    try:
        signature = inspect.signature(found, follow_wrapped=False)
    except Exception:
        return found  # Many callables in C have none; annotations that fail are no concern here.
    try:
        signature.bind(*[None] * count)
    except TypeError as mismatch:
        name = getattr(found, "__qualname__", type(found).__qualname__)
        raise TypeError(
            f"{name}{signature} cannot be called with the {count} positional arguments of the "
            f"Java method {method_name!r}: {mismatch}"
        ) from None
    return found


def _plain_function(found: object) -> tuple[FunctionType | None, int]:
    """The function that a call runs, with the number of arguments that Python adds."""
    own = 0
    if isinstance(found, BuiltinFunctionType):
        found = _like_builtin(found)
    elif not isinstance(found, (FunctionType, MethodType, type)):
        found, own = type(found).__call__, 1
    if isinstance(found, MethodType):
        found, own = found.__func__, own + 1
    return (found, own) if isinstance(found, FunctionType) else (None, 0)


def _like_builtin(found: BuiltinFunctionType) -> FunctionType | None:
    """A function with the parameters that a builtin states, as in ``($module, x, /)``."""
    parameters = (found.__text_signature__ or "(...)")[1:-1].split(", ")
    if parameters[0].startswith("$"):
        del parameters[0]
        if parameters[:1] == ["/"]:
            del parameters[0]
    try:
        return eval(f"lambda {', '.join(parameters)}: None", {})
    except Exception:
        return None  # A default that Python cannot spell.


def _takes(function: FunctionType, count: int) -> bool:
    """Whether a function takes so many positional arguments and needs no other."""
    code = function.__code__
    most = code.co_argcount
    least = most - len(function.__defaults__ or ())
    if code.co_kwonlyargcount > len(function.__kwdefaults__ or ()):
        return False
    return least <= count and (count <= most or bool(code.co_flags & _VARARGS))
