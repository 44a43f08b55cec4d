"""How do the modules of one job stay invisible to the other jobs of the process?

An `Overlay` has search paths and modules of its own. Its modules run with builtins whose
``__import__`` looks into the overlay first; all else about them is as usual, ``__name__`` included,
so logger names, pickles and tracebacks are those of the file run by itself. In ``sys.modules`` a
`Router` stands for all modules of one name.
"""

from __future__ import annotations

import builtins
import functools
import gc
import importlib
import os
import sys
from importlib import _bootstrap  # The locks of the import system know of deadlocks.
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec, resolve_name, spec_from_file_location

from naja.flink import _native_paths, _routing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

_CALL = """
def call(function, /, *args, **kwargs):
    return function(*args, **kwargs)
"""


class Overlay:
    """The modules of one job. Safe for use by any thread.

    Args:
        name: What to call the job in messages.
        identifier: Tells this overlay from the others of the process.
        paths: Directories and zip files with the job's modules, the first one searched first. What
            has native code in it is shared with the whole process, see `_native_paths`.
        files: Python files and package directories, each a module by its own name.
        archives: The directories of unpacked archives, by name.

    Raises:
        FileNotFoundError: A path or file is not there.
        ImportError: Native code is there in another version.

    Attributes:
        name: What it was made with.
        archives: What it was made with.
        paths: Those that the overlay searches.
        modules: The modules that have been imported, by name.
        call: ``call(function, *args, **kwargs)`` runs a function such that names of modules mean
            those of this overlay: for ``pickle.loads``, ``typing.get_type_hints`` and their like
            when they are not called by the overlay's code.
    """

    def __init__(
        self,
        name: str,
        identifier: str,
        paths: list[str],
        files: list[str] | None = None,
        archives: dict[str, str] | None = None,
    ) -> None:
        for path in [*paths, *(files or ())]:
            if not os.path.exists(path):
                raise FileNotFoundError(f"{path!r}, which {name} asks for, does not exist")
        self.name = name
        self.identifier = identifier
        self.archives = dict(archives or {})
        shared = [path for path in paths if _native_paths.has_native_code(path)]
        for path in shared:
            _native_paths.share(path, name)
        self.paths = [path for path in paths if path not in shared]
        self._files = {_module_name(file): file for file in files or ()}
        self.modules: dict[str, ModuleType] = {}
        self._specs: dict[str, ModuleSpec | None] = {}
        self._builtins = dict(vars(builtins))
        self._builtins["__import__"] = self._import
        self._builtins[_routing.OWNER] = self
        space: dict[str, Any] = {"__builtins__": self._builtins, "__name__": __name__}
        exec(compile(_CALL, __file__, "exec"), space)
        self.call: Callable[..., Any] = space["call"]
        install()
        _routing.overlays[identifier] = self

    def import_module(self, name: str) -> ModuleType:
        """Imports a module of the overlay or, if it has none of that name, of the environment.

        Raises:
            ModuleNotFoundError: There is none in either; the message names where it was sought.
        """
        if self.has(name):
            return self.module(name)
        try:
            return self.call(importlib.import_module, name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            sought = ", ".join([*self._files.values(), *self.paths]) or "none"
            raise ModuleNotFoundError(
                f"there is no module {name!r} in the files of {self.name} ({sought}) nor in the "
                f"environment of {sys.executable}; ship it with python.files",
                name=name,
            ) from None

    def half(self, module: str, name: str) -> Callable[..., Any]:
        """A function of this package that runs such that names of modules mean the overlay's."""
        found = getattr(importlib.import_module(f"naja.flink.{module}"), name)
        return functools.partial(self.call, found)

    def close(self) -> None:
        """Forgets the overlay's modules. Their functions that others still hold go on working."""
        if _routing.overlays.pop(self.identifier, None) is not None:
            names = list(self.modules)
            paths = tuple(self.paths)
            self.modules.clear()
            self._specs.clear()
            self.paths.clear()
            self._files.clear()
            _routing.end(names)
            for path in list(sys.path_importer_cache):
                if path.startswith(paths):
                    del sys.path_importer_cache[path]
            gc.collect()

    def has(self, name: str) -> bool:
        """Whether a module of that name is the overlay's, be it imported yet or not."""
        return name in self.modules or self._spec(name) is not None

    def module(self, name: str) -> ModuleType:
        """The overlay's module of that name, imported now if it has not been yet."""
        key = f"{self.identifier}:{name}"
        module = self.modules.get(name)
        if module is not None:
            if getattr(getattr(module, "__spec__", None), "_initializing", False):
                _bootstrap._lock_unlock_module(key)
            return module
        parent, _, child = name.rpartition(".")
        if parent:
            self.module(parent)
        with _bootstrap._ModuleLockManager(key):
            module = self.modules.get(name)
            if module is None:
                module = self._load(name)
                if parent:
                    setattr(self.modules[parent], child, module)
        return module

    def _load(self, name: str) -> ModuleType:
        spec = self._spec(name)
        if spec is None:
            raise ModuleNotFoundError(f"{self.name} has no module {name!r}", name=name)
        module = module_from_spec(spec)
        module.__dict__["__builtins__"] = self._builtins
        self.modules[name] = module
        router = _routing.route(name)
        spec._initializing = True  # type: ignore[attr-defined]
        try:
            _execute(spec, module)
        except BaseException:
            self.modules.pop(name, None)
            _routing.end([name])
            raise
        finally:
            spec._initializing = False  # type: ignore[attr-defined]
        # A module may put another object in its own place, as `sys.modules[__name__] = ...`.
        placed = sys.modules.get(name)
        if placed is not None and not isinstance(placed, _routing.Router):
            sys.modules[name] = router
            self.modules[name] = module = placed
        return module

    def _spec(self, name: str) -> ModuleSpec | None:
        if name in self._specs:
            return self._specs[name]
        parent, _, _ = name.rpartition(".")
        if parent:
            if not self.has(parent):
                return None
            path = getattr(self.module(parent), "__path__", None)
        else:
            path = None if name in _STANDARD else self.paths
        if path is self.paths and name in self._files:
            spec = _spec_of_file(name, self._files[name])
        else:
            spec = None if path is None else PathFinder.find_spec(name, list(path))
        if spec is not None and spec.submodule_search_locations is not None:
            # A namespace package's would follow sys.path.
            spec.submodule_search_locations = list(spec.submodule_search_locations)
        self._specs[name] = spec
        return spec

    def _import(
        self,
        name: str,
        globals: Any = None,
        locals: Any = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> ModuleType:
        """What an ``import`` statement calls; as `builtins.__import__`."""
        absolute = name
        if level:
            package = (globals or {}).get("__package__")
            absolute = resolve_name("." * level + name, package) if package else name
        if (level and not absolute) or not self.has(absolute.partition(".")[0]):
            module = builtins.__import__(name, globals, locals, fromlist, level)
            return _routing.unwrapped(module)
        if not self.has(absolute):
            top = absolute.partition(".")[0]
            raise ModuleNotFoundError(
                f"No module named {absolute!r} in {top!r} ({self.name})", name=absolute
            )
        module = self.module(absolute)
        if not fromlist:
            return self.module(absolute.partition(".")[0])
        if hasattr(module, "__path__"):
            self._import_children(module, absolute, fromlist)
        return module

    def _import_children(self, module: ModuleType, name: str, fromlist: Any) -> None:
        for child in fromlist:
            if child == "*":
                self._import_children(module, name, getattr(module, "__all__", ()))
            elif not hasattr(module, child) and self.has(f"{name}.{child}"):
                self.module(f"{name}.{child}")


def shipped(path: str) -> str:
    """The absolute path of a file that the job has brought along in an archive.

    Args:
        path: ``archive/inside/it``: the archive's name in ``python.archives``, then the path in it.
            Where no job runs, as in a unit test, it is relative to the working directory.

    Raises:
        FileNotFoundError: There is none; the message names the archives that there are.
    """
    overlay = _routing.current()
    archives = overlay.archives if overlay else {}
    name, _, inside = path.partition("/")
    found = os.path.join(archives[name], inside) if name in archives else path
    if (overlay and name not in archives) or not os.path.exists(found):
        has = (
            f"{overlay.name} has the archives {', '.join(archives) or '(none)'}" if overlay else ""
        )
        raise FileNotFoundError(
            f"there is no {path!r}: {has or f'it was looked for in {os.getcwd()}'}; ship it with "
            "'python.archives' and name it 'archive/path in it'"
        )
    return os.path.abspath(found)


def _module_name(file: str) -> str:
    return os.path.basename(os.path.normpath(file)).partition(".")[0]


def _spec_of_file(name: str, file: str) -> ModuleSpec | None:
    if os.path.isdir(file):
        init = os.path.join(file, "__init__.py")
        return spec_from_file_location(name, init, submodule_search_locations=[file])
    return spec_from_file_location(name, file)


def _execute(spec: ModuleSpec, module: ModuleType) -> None:
    loader: Any = spec.loader
    if loader is None:
        return  # A namespace package.
    # Before 3.10 the loader of zip files cannot execute a module that is there already.
    code = loader.get_code(spec.name)
    if code is None:
        loader.exec_module(module)  # A native module.
    else:
        exec(code, module.__dict__)


def _standard_modules() -> frozenset[str]:
    """The names of the standard library, which no job's file may take."""
    names = getattr(sys, "stdlib_module_names", None)
    if names is None:
        import os

        entries = os.listdir(os.path.dirname(os.__file__))
        names = {entry.partition(".")[0] for entry in entries if entry != "site-packages"}
    return frozenset(names) | frozenset(sys.builtin_module_names) | {"naja"}


_STANDARD = _standard_modules()


def install() -> None:
    """Lets code outside of overlays find their modules. A second time changes nothing."""
    if _routing.RoutingFinder in sys.meta_path:
        return
    sys.meta_path.insert(0, _routing.RoutingFinder)
    original = importlib.import_module

    def import_module(name: str, package: str | None = None) -> ModuleType:
        return _routing.unwrapped(original(name, package))

    import_module.__doc__ = original.__doc__
    importlib.import_module = import_module
