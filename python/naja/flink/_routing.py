"""What does ``sys.modules`` hold for a name that several jobs of one process have modules of?

A `Router`: a module that has no attributes of its own but those of the module that whoever asks
means. Who asks is told by the stack: code that belongs to an overlay runs with that overlay's
builtins, and so does what it calls and has called it, ``pickle`` and ``dataclasses`` among them.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from weakref import WeakValueDictionary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from naja.flink._overlay import Overlay

#: The key of the builtins that an overlay's code runs with, by which frames are told.
OWNER = "__naja_overlay__"

#: The open overlays by identifier, as long as somebody has them: a class loader that is given up
#: closes nothing. Changed under the GIL, by single operations.
overlays: WeakValueDictionary[str, Overlay] = WeakValueDictionary()


def current() -> Overlay | None:
    """The overlay of the innermost frame that belongs to one."""
    frame = sys._getframe(1)
    while frame is not None:
        owner = frame.f_builtins.get(OWNER)
        if owner is not None:
            return owner
        frame = frame.f_back
    return None


def route(name: str) -> Router:
    """Has ``sys.modules`` serve a name to each overlay from its own modules.

    What is there under that name stays, for code that belongs to no overlay.
    """
    there = sys.modules.get(name)
    if not isinstance(there, Router):
        there = sys.modules[name] = Router(name, there)
    return there


def end(names: list[str]) -> None:
    """Takes the routers away that no open overlay has a module for."""
    for name in names:
        router = sys.modules.get(name)
        if isinstance(router, Router) and not any(name in o.modules for o in overlays.values()):
            base = object.__getattribute__(router, "_base")
            if base is None:
                del sys.modules[name]
            else:
                sys.modules[name] = base


def unwrapped(module: ModuleType) -> ModuleType:
    """The module that a router stands for where this is called; any other module itself.

    Raises:
        ModuleNotFoundError: It stands for none there.
    """
    if not isinstance(module, Router):
        return module
    found = object.__getattribute__(module, "_find")()
    if found is None:
        name = object.__getattribute__(module, "_name")
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return found


class Router(ModuleType):
    """Stands in ``sys.modules`` for the modules of one name."""

    def __init__(self, name: str, base: ModuleType | None) -> None:
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_base", base)

    def _find(self) -> ModuleType | None:
        """The module that the caller means."""
        name = object.__getattribute__(self, "_name")
        overlay = current()
        if overlay is not None and overlay.has(name):
            return overlay.module(name)
        base = object.__getattribute__(self, "_base")
        if base is None:
            base = _load_base(name)
            object.__setattr__(self, "_base", base)
        if base is not None or overlay is not None:
            return base
        owners = [o for o in list(overlays.values()) if name in o.modules]
        return owners[0].modules[name] if len(owners) == 1 else None

    def _target(self) -> ModuleType:
        found = object.__getattribute__(self, "_find")()
        if found is not None:
            return found
        name = object.__getattribute__(self, "_name")
        overlay = current()
        owners = ", ".join(o.name for o in list(overlays.values()) if name in o.modules)
        raise AttributeError(
            f"the module {name!r} is one of {owners or 'no job that runs'}, and "
            + (
                f"{overlay.name} has none of that name"
                if overlay
                else "this thread runs no code of a job: start it with a function of the job's own"
            )
        )

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__":
            return Router
        return getattr(object.__getattribute__(self, "_target")(), name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(object.__getattribute__(self, "_target")(), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(object.__getattribute__(self, "_target")(), name)

    def __dir__(self) -> list[str]:
        return dir(object.__getattribute__(self, "_target")())

    def __repr__(self) -> str:
        return f"<module {object.__getattribute__(self, '_name')!r} of the job that asks>"


def _load_base(name: str) -> ModuleType | None:
    """The module of that name outside of all overlays, if there is one."""
    from importlib.util import module_from_spec

    parent, _, _ = name.rpartition(".")
    path = None
    if parent:
        router = sys.modules.get(parent)
        base = object.__getattribute__(router, "_base") if isinstance(router, Router) else router
        path = getattr(base, "__path__", None)
        if path is None:
            return None
    spec = PathFinder.find_spec(name, path)
    if spec is None or spec.loader is None:
        return None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class RoutingFinder:
    """Finds what the overlay of the importing code has; on ``sys.meta_path`` (PEP 451).

    It serves code that imports by other means than an ``import`` statement of the overlay's own:
    ``importlib.import_module``, ``pickle``, and libraries that are given a module's name.
    """

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        overlay = current() if overlays else None
        if overlay is None or not overlay.has(name):
            return None
        return ModuleSpec(name, RoutingLoader(overlay))

    @staticmethod
    def find_distributions(context: Any = None) -> Any:
        """The distributions beside an overlay's modules, for ``importlib.metadata``."""
        overlay = current() if overlays else None
        if overlay is None or context is None:
            return ()
        from importlib.metadata import DistributionFinder, MetadataPathFinder

        inner = DistributionFinder.Context(name=context.name, path=overlay.paths)
        return MetadataPathFinder.find_distributions(inner)


class RoutingLoader:
    """Imports the overlay's module and leaves a router in its place."""

    def __init__(self, overlay: Overlay) -> None:
        self._overlay = overlay

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return Router(spec.name, None)

    def exec_module(self, module: ModuleType) -> None:
        self._overlay.module(object.__getattribute__(module, "_name"))
