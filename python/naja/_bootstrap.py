"""How do the modules of this package reach the interpreter?

The bridge carries their sources and executes this file once per class loader, with a global
``sources`` that maps dotted module names to source text. Nothing is read from disk, so nothing
needs to be installed.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

    sources: dict[str, str] = {}
else:
    # Importing importlib.machinery would take a tenth of the start-up budget.
    ModuleSpec = type(sys.__spec__)


class EmbeddedImporter:
    """Finds and loads exactly the modules whose sources it holds (PEP 451).

    ``get_source`` lets tracebacks and ``inspect`` show their lines.
    """

    def __init__(self, sources: dict[str, str]) -> None:
        self._sources = sources

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Finds a module that is held here, or gives ``None``."""
        if name not in self._sources:
            return None
        origin = self.get_filename(name)
        return ModuleSpec(name, self, origin=origin, is_package=self.is_package(name))

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leaves it to the import system to create the module."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Runs the module's source."""
        name = module.__name__
        module.__file__ = self.get_filename(name)
        exec(self.get_code(name), module.__dict__)

    def is_package(self, name: str) -> bool:
        """Whether the module has submodules."""
        return any(other.startswith(f"{name}.") for other in self._sources)

    def get_filename(self, name: str) -> str:
        """The file name that code objects and tracebacks carry; there is no such file."""
        package, _, module = name.partition(".")
        path = module.replace(".", "/")
        if self.is_package(name):
            path = f"{path}/__init__" if path else "__init__"
        return f"<{package}>/{path}.py"

    def get_source(self, name: str) -> str:
        """The module's source; ``ImportError`` for a module that is not held here."""
        if name not in self._sources:
            raise ImportError(f"the bridge holds no module {name!r}", name=name)
        return self._sources[name]

    def get_code(self, name: str) -> CodeType:
        """The module's compiled source."""
        return compile(self.get_source(name), self.get_filename(name), "exec", dont_inherit=True)


# A bridge of another class loader may have been here before; modules and their state belong to the
# process.
if "naja" not in sys.modules:
    sys.meta_path.insert(0, EmbeddedImporter(sources))
