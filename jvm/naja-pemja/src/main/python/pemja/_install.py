"""How does the module ``pemja`` reach the interpreter?

The jar carries its sources; Java executes this file with a global ``sources``, which maps module
names to source text. The importer comes first, so that a ``pemja`` that pip has installed, whose
native half would start a second bridge, is never loaded.
"""

from __future__ import annotations

import sys

ModuleSpec = type(sys.__spec__)


class PemjaImporter:
    """Finds and loads the modules whose sources it holds (PEP 451)."""

    def __init__(self, sources: dict[str, str]) -> None:
        self._sources = sources

    def find_spec(self, name, path=None, target=None):
        """Finds a module that is held here, or gives ``None``."""
        if name not in self._sources:
            return None
        origin = self.get_filename(name)
        return ModuleSpec(name, self, origin=origin, is_package=self.is_package(name))

    def create_module(self, spec):
        """Leaves it to the import system to create the module."""
        return

    def exec_module(self, module):
        """Runs the module's source."""
        name = module.__name__
        module.__file__ = self.get_filename(name)
        exec(self.get_code(name), module.__dict__)

    def is_package(self, name):
        """Whether the module has submodules: only ``pemja`` itself does."""
        return "." not in name

    def get_filename(self, name):
        """The file name that tracebacks show; there is no such file."""
        package, _, module = name.partition(".")
        return f"<{package}>/{module or '__init__'}.py"

    def get_source(self, name):
        """The module's source; ``ImportError`` for a module that is not held here."""
        if name not in self._sources:
            raise ImportError(f"naja-pemja holds no module {name!r}", name=name)
        return self._sources[name]

    def get_code(self, name):
        """The module's compiled source."""
        return compile(self.get_source(name), self.get_filename(name), "exec", dont_inherit=True)


def install(sources: dict[str, str]) -> None:
    """Puts the importer in front, once in a process."""
    if any(type(finder).__name__ == "PemjaImporter" for finder in sys.meta_path):
        return
    for name in [name for name in sys.modules if name.partition(".")[0] == "pemja"]:
        del sys.modules[name]
    sys.meta_path.insert(0, PemjaImporter(sources))


install(sources)  # noqa: F821 - Java gives it.
