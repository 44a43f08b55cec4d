"""How does ``import pyflink.table.udf`` work where PyFlink is not installed?

A finder after all others answers for the modules of PyFlink that functions are written with. Their
names are those of ``naja.flink``. Where PyFlink is installed the finder is never asked.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
else:
    ModuleSpec = type(sys.__spec__)

_PACKAGES = ("pyflink", "pyflink.common", "pyflink.datastream", "pyflink.table")

_MODULES = (
    *_PACKAGES,
    "pyflink.common.time",
    "pyflink.common.typeinfo",
    "pyflink.common.types",
    "pyflink.datastream.functions",
    "pyflink.datastream.output_tag",
    "pyflink.datastream.state",
    "pyflink.datastream.time_domain",
    "pyflink.datastream.timerservice",
    "pyflink.datastream.window",
    "pyflink.table.data_view",
    "pyflink.table.types",
    "pyflink.table.udf",
)

#: Part of what an ``ImportError`` of a name says that is not there.
_ORIGIN = "naja.flink, which stands in for PyFlink where that is not installed"


class _Finder:
    """Finds and loads the modules that stand in for PyFlink's (PEP 451)."""

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in _MODULES:
            return None
        package = sys.modules.get("pyflink")
        if package is not None and getattr(package.__spec__, "loader", None) is not cls:
            return None
        return ModuleSpec(name, cls, origin=_ORIGIN, is_package=name in _PACKAGES)

    @staticmethod
    def create_module(spec: ModuleSpec) -> ModuleType | None:
        return None

    @staticmethod
    def exec_module(module: ModuleType) -> None:
        name = module.__name__
        module.__file__ = _ORIGIN

        def find(attribute: str) -> object:
            import naja.flink
            from naja.flink import datastream

            source = datastream if name.startswith("pyflink.datastream") else naja.flink
            if attribute in naja.flink.__all__:
                return getattr(source if hasattr(source, attribute) else naja.flink, attribute)
            raise AttributeError(f"module {name!r} has no attribute {attribute!r}")

        module.__getattr__ = find  # type: ignore[method-assign]


def install() -> None:
    """Puts the finder behind all others, once."""
    if not any(getattr(each, "__module__", None) == __name__ for each in sys.meta_path):
        sys.meta_path.append(_Finder)
