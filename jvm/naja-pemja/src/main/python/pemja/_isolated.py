"""How does an interpreter get modules of its own?

``SUB_INTERPRETER`` is a second import system in the one interpreter: a ``sys`` with its own
``modules`` and ``path``, a second copy of the machinery behind ``import`` that works on it, and
``builtins`` whose ``__import__`` is that copy's. What it imports imports by it in turn, so that all
modules written in Python, the standard library's too, run anew for each interpreter. What is written in
C cannot truly be had twice in a process: the standard library's is shared, for it keeps nothing that
belongs to a program; other is refused by name.
"""

from __future__ import annotations

import atexit
import builtins
import importlib
import importlib.util
import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES, SourceFileLoader
from types import ModuleType

from naja import _bridge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Written in C, and looking into the process's modules or keeping what belongs to a program. The
#: standard library does without them where they are missing.
_ABSENT = frozenset({"_asyncio", "_pickle", "_warnings"})

#: Those of this package that belong to the process, and one whose part in C, from CPython 3.12 on, looks for
#: it among the process's modules.
_SHARED = frozenset({"pemja._calls", "pemja._isolated", "pemja._lens", "pemja.version", "typing"})

#: Whose types cross by value: the bridge knows them once the process has the modules, and they are
#: the same in each interpreter.
_RECOGNIZED = ("datetime", "decimal")

#: What the machinery itself is made with.
_BUILTIN = ("_io", "_thread", "_warnings", "_weakref", "marshal", "posix")

_BASE_PATH = list(sys.path)


def isolated(*paths: str) -> dict[str, Any]:
    """Global variables of a new interpreter with modules of its own.

    Args:
        paths: What goes in front of its ``sys.path``.
    """
    for name in _RECOGNIZED:
        importlib.import_module(name)
    own_sys = _own_sys([*paths, *_BASE_PATH])
    own_builtins = ModuleType("builtins", builtins.__doc__)
    own_builtins.__dict__.update(builtins.__dict__)
    bootstrap = _own_machinery(own_sys, own_builtins)
    own_builtins.__import__ = _importing(bootstrap, own_sys)
    own_builtins.print = _printing(own_sys)
    main = ModuleType("__main__")
    main.__builtins__ = own_builtins
    own_sys.modules.update(__main__=main, builtins=own_builtins, atexit=_Exit())
    exec("from pemja import logger", main.__dict__)
    return main.__dict__


def end(variables: dict[str, Any]) -> None:
    """Runs what the interpreter of these variables has registered with its ``atexit``."""
    modules = getattr(variables.get("__builtins__"), "_pemja_modules", None)
    if modules is not None:
        modules["atexit"]._run_exitfuncs()


def _own_sys(path: list[str]) -> Any:
    own = ModuleType("sys", sys.__doc__)
    own.__dict__.update(sys.__dict__)
    own.modules = {"sys": own}
    own.path = path
    own.path_importer_cache = {}
    own.argv = list(sys.argv)
    return own


def _own_machinery(own_sys: Any, own_builtins: Any) -> Any:
    """A copy of the two modules behind ``import``, at work on another ``sys``."""
    import _imp

    copies = []
    for name in ("_bootstrap", "_bootstrap_external"):
        copy: Any = ModuleType(f"importlib.{name}")
        copy.__builtins__ = own_builtins
        copy.__package__ = "importlib"
        source = f"{importlib.__path__[0]}/{name}.py"
        copy.__file__ = source
        exec(SourceFileLoader(copy.__name__, source).get_code(copy.__name__), copy.__dict__)
        own_sys.modules[copy.__name__] = own_sys.modules[f"_frozen_importlib{name[10:]}"] = copy
        copies.append(copy)
    bootstrap, external = copies
    for name in _BUILTIN:
        own_sys.modules[name] = importlib.import_module(name)
    # What their own functions for this do, but those take the copies for the frozen modules.
    bootstrap.sys, bootstrap._imp = own_sys, _imp
    for name in ("_thread", "_warnings", "_weakref"):
        setattr(bootstrap, name, own_sys.modules[name])
    if bootstrap.__dict__.get("_blocking_on", {}) is None:
        bootstrap._blocking_on = bootstrap._WeakValueDictionary()
    if hasattr(external, "_setup"):  # Until CPython 3.9.
        external._setup(bootstrap)
    external._bootstrap, external.sys = bootstrap, own_sys
    bootstrap._bootstrap_external = external
    del own_sys.modules["_warnings"]
    external.ExtensionFileLoader.create_module = _refuse
    own_sys.path_hooks = [
        *(hook for hook in sys.path_hooks if isinstance(hook, type)),
        external.FileFinder.path_hook(*external._get_supported_file_loaders()),
    ]
    own_sys.meta_path = [
        *(finder for finder in sys.meta_path if type(finder).__name__ == "PemjaImporter"),
        external.PathFinder,
    ]
    _hook(bootstrap, own_sys, own_builtins)
    own_builtins._pemja_modules = own_sys.modules
    return bootstrap


def _hook(bootstrap: Any, own_sys: Any, own_builtins: Any) -> None:
    """Has the machinery share what is shared, and give modules their ``builtins``."""
    find_and_load = bootstrap._find_and_load
    module_from_spec = bootstrap.module_from_spec

    def found(name: str, import_: Callable[..., Any]) -> Any:
        module = own_sys.modules.get(name)
        if module is None and name in _ABSENT:
            raise ModuleNotFoundError(f"no {name} in a SUB_INTERPRETER", name=name)
        if module is None and _is_shared(name):
            module = own_sys.modules[name] = importlib.import_module(name)
        try:
            module = find_and_load(name, import_)
        except ModuleNotFoundError as error:
            if error.name != name or not _bridge.is_package(name):
                raise
            module = own_sys.modules[name] = importlib.import_module(name)
        if name == "os":
            # It would keep this interpreter's modules for ever, for a fork that a JVM never does.
            module.register_at_fork = _ignore
        return module

    def made(spec: Any) -> Any:
        module = module_from_spec(spec)
        module.__dict__.setdefault("__builtins__", own_builtins)
        return module

    bootstrap._find_and_load = found
    bootstrap.module_from_spec = made


def _importing(bootstrap: Any, own_sys: Any) -> Callable[..., Any]:
    """The function behind the statement, for an import of another ``sys``.

    Where modules import each other in a circle the interpreter looks for a submodule that its package
    does not know yet among the process's modules: so the package is told of it before.
    """

    def tell(package: Any, part: Any) -> None:
        loaded = own_sys.modules.get(f"{getattr(package, '__name__', '')}.{part}")
        if loaded is not None:
            package.__dict__.setdefault(part, loaded)

    def own_import(
        name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
    ) -> Any:
        module = bootstrap.__import__(name, globals, locals, fromlist, level)
        if fromlist:
            for part in fromlist:
                tell(module, part)
        elif level == 0:
            package = module
            for part in name.split(".")[1:]:
                tell(package, part)
                package = getattr(package, part, None)
        return module

    return own_import


def _ignore(**_: Any) -> None:
    pass


_shared_extensions: dict[str, bool] = {}


def _is_shared(name: str) -> bool:
    """Whether a module belongs to the process."""
    package = name.partition(".")[0]
    if package == "naja" or name in _SHARED or name in sys.builtin_module_names:
        return name not in ("atexit",)
    if "." in name:
        return False
    shared = _shared_extensions.get(name)
    if shared is None:
        shared = _shared_extensions[name] = _is_standard_extension(name)
    return shared


def _is_standard_extension(name: str) -> bool:
    # A virtual environment's own platstdlib is empty; the interpreter's search path has the true one.
    folder = next((path for path in sys.path if os.path.basename(path) == "lib-dynload"), None)
    finder = sys.path_importer_cache.get(folder)
    if finder is None:
        return False
    spec = finder.find_spec(name)
    return spec is not None and str(spec.origin).endswith(tuple(EXTENSION_SUFFIXES))


def _refuse(self: Any, spec: Any) -> Any:
    raise ImportError(
        f"{spec.name} is written in C ({spec.origin}), and a process has one of it: a "
        "SUB_INTERPRETER, whose modules are its own, cannot import it. Use "
        "ExecType.MULTI_THREAD",
        name=spec.name,
        path=spec.origin,
    )


def _printing(own_sys: Any) -> Callable[..., None]:
    def own_print(*values: object, file: Any = None, **named: Any) -> None:
        print(*values, file=own_sys.stdout if file is None else file, **named)

    own_print.__name__ = own_print.__qualname__ = "print"
    own_print.__doc__ = print.__doc__
    return own_print


class _Exit(ModuleType):
    """The module ``atexit`` of an interpreter: what is registered runs when it is closed."""

    def __init__(self) -> None:
        super().__init__("atexit", atexit.__doc__)
        self._functions: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = []

    def register(self, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """Registers a function."""
        self._functions.append((function, arguments, named))
        return function

    def unregister(self, function: Any, /) -> None:
        """Removes a function wherever it was registered."""
        self._functions[:] = [known for known in self._functions if known[0] != function]

    def _run_exitfuncs(self) -> None:
        while self._functions:
            function, arguments, named = self._functions.pop()
            function(*arguments, **named)
