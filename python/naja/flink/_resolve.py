"""Which Python function does a reference in a job name?

A reference is ``module:qualified.name`` or, in its short form, ``module.name``: ``fraud:score``,
``fraud:Model.eval``, ``models.fraud.score``.
"""

from __future__ import annotations

import difflib
import importlib
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_REFERENCE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*(:[^\W\d]\w*(\.[^\W\d]\w*)*)?\Z")


def find(
    reference: str, import_module: Callable[[str], Any] = importlib.import_module
) -> tuple[type | None, Any]:
    """What a reference names.

    Args:
        reference: The reference.
        import_module: What imports a module by its whole name.

    Returns:
        The class that has it, or ``None`` if no class does, and the function, class or object.

    Raises:
        ValueError: The text is no reference.
        ImportError: There is no such module, or it fails to be imported.
        AttributeError: The module has no such name; names those that are near.
    """
    if not _REFERENCE.match(reference) or "." not in reference.replace(":", "."):
        raise ValueError(
            f"{reference!r} names no Python function; write 'module:function', "
            f"'module:Class', 'module:Class.method' or 'module.function'"
        )
    name, colon, path = reference.partition(":")
    if colon:
        return _attribute(_imported(name, reference, import_module), path, reference)
    name, _, path = reference.rpartition(".")
    return _attribute(_imported_of_short(name, path, reference, import_module), path, reference)


def instance(
    reference: str,
    arguments: dict[str, Any] | None = None,
    import_module: Callable[[str], Any] = importlib.import_module,
) -> tuple[Any, Any]:
    """What a task runs for a reference: an object is made of a class, and its method taken.

    Args:
        reference: As in `find`.
        arguments: What the class is called with, by name.
        import_module: As in `find`.

    Returns:
        The object that has ``open`` and ``close``, or ``None`` if it is a plain function, and what
        is called; for a class that is the object.

    Raises:
        TypeError: The class cannot be called with the arguments, or they are for a function.
        ValueError: As in `find`.
        ImportError: As in `find`.
        AttributeError: As in `find`.
    """
    owner, target = find(reference, import_module)
    if type(target).__module__.startswith("pyflink.") and hasattr(target, "_func"):
        target = target._func  # What a decorator of an installed PyFlink has put into its wrapper.
    kind = target if isinstance(target, type) else owner
    if kind is None:
        if arguments:
            raise TypeError(
                f"{reference!r} is no class, so it takes no arguments: {', '.join(arguments)}"
            )
        has_life = not callable(target) or hasattr(target, "eval") or hasattr(target, "accumulate")
        return (target if has_life else None), target
    made = kind(**(arguments or {}))
    if kind is target:
        return made, made
    return made, getattr(made, target.__name__)


def _imported(name: str, reference: str, import_module: Callable[[str], Any]) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not (name == error.name or name.startswith(error.name + ".")):
            raise  # It is there; what it imports is not.
        import sys

        raise ModuleNotFoundError(
            f"no module {error.name!r}, which {reference!r} asks for; it was looked for on "
            f"sys.path: {', '.join(sys.path)}; name its file or folder in 'python.files'",
            name=error.name,
        ) from None


def _imported_of_short(
    name: str, path: str, reference: str, import_module: Callable[[str], Any]
) -> Any:
    try:
        return _imported(name, reference, import_module)
    except ModuleNotFoundError as error:
        if "." in name and error.name == name:
            raise ModuleNotFoundError(
                f"{error}; the method of a class is written "
                f"'{name.rpartition('.')[0]}:{name.rpartition('.')[2]}.{path}'",
                name=error.name,
            ) from None
        raise


def _attribute(module: Any, path: str, reference: str) -> tuple[type | None, Any]:
    owner, found = None, module
    for name in path.split("."):
        if name.startswith("__") or not hasattr(found, name):
            near = difflib.get_close_matches(name, [n for n in dir(found) if n[:1] != "_"])
            hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
            where = getattr(found, "__file__", None) or getattr(found, "__name__", repr(found))
            raise AttributeError(f"{where} has no {name!r}, which {reference!r} asks for{hint}")
        owner, found = (found if isinstance(found, type) else None), getattr(found, name)
    return owner, found
