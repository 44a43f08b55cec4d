"""How does a bridge without a JVM behave? What the Python half's tests use as ``naja._bridge``."""

from __future__ import annotations

import types
from typing import Any

BOXES = {int: "java.lang.Long", float: "java.lang.Double", str: "java.lang.String"}


class JavaObject:
    """Stands for an opaque Java object; its state is in ``data``."""

    __slots__ = ("data", "__weakref__")

    def __str__(self) -> str:
        return str(self.data)

    def __repr__(self) -> str:
        return f"<Java {self}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JavaObject) and self.data == other.data

    def __hash__(self) -> int:
        return 7


class Cast:
    """An argument whose Java class is given."""

    def __init__(self, value: Any, target: Any) -> None:
        self.value, self.target = value, target


def box(argument: Any) -> Any:
    """An argument as Java holds it: a class and a value, so that Long 5 is not Integer 5."""
    if isinstance(argument, Cast):
        return getattr(argument.target, "__java_name__", argument.target), argument.value
    return BOXES.get(type(argument), "object"), argument


def unbox(held: Any) -> Any:
    return held[1]


def plain(argument: Any) -> Any:
    return argument.value if isinstance(argument, Cast) else argument


class FakeBridge(types.ModuleType):
    """Java classes described in Python."""

    JavaObject = JavaObject

    def __init__(self) -> None:
        super().__init__("naja._bridge")
        self.described: dict[str, dict[str, Any]] = {}
        self.types: dict[str, type] = {}
        self.packages: dict[str, list[str]] = {}
        self.finds: list[str] = []
        self.statics: dict[str, Any] = {}
        self.held_by_java: list[object] = []
        self.held_by_python: list[object] = []

    def describe(
        self,
        class_name: str,
        base: str | None = "java.lang.Object",
        /,
        traits: str = "",
        functional: str | None = None,
        why: str = "",
        nested: tuple[str, ...] = (),
        new: Any = lambda *args: list(args),
        **members: Any,
    ) -> None:
        """Adds a class; ``new`` makes an object's ``data`` of the constructor's arguments."""
        self.described[class_name] = dict(
            base=base,
            traits=frozenset(traits.split()),
            functional=functional,
            why=why,
            nested=list(nested),
            new=new,
            members=members,
        )

    def find(self, name: str) -> Any:
        from naja._java import java_name

        self.finds.append(name)
        for known in self.described:
            if name in (known, known.replace("$", "."), java_name(known)):
                return self._type(known)
        raise ImportError(f"no Java class {name}")

    def _type(self, name: str) -> type:
        from naja._java import make_type

        if name in self.types:
            return self.types[name]
        told = self.described[name]
        base = self._type(told["base"]) if told["base"] else None
        if "interface" in told["traits"]:
            base = None
        made = make_type(
            name,
            base,
            told["traits"],
            dict(told["members"]),
            told["nested"],
            told["functional"],
            told["why"],
        )
        self.types[name] = made
        return made

    def make(self, name: str, data: Any) -> Any:
        """An object that Java has made."""
        kind = self.find(name)
        made = JavaObject.__new__(kind)
        made.data = data
        return made

    def is_package(self, name: str) -> bool:
        return any(each == name or each.startswith(f"{name}.") for each in self.packages)

    def package_members(self, name: str) -> list[str]:
        below = {
            p[len(name) + 1 :].split(".")[0] for p in self.packages if p.startswith(name + ".")
        }
        return sorted({*self.packages.get(name, []), *below})

    def _name(self, cls: type) -> str:
        return next(name for name, kind in self.types.items() if kind is cls)

    def construct(self, cls: type, args: tuple[Any, ...]) -> Any:
        told = self.described[self._name(cls)]
        from naja._errors import wrap

        throwable = "throwable" in told["traits"]
        made = JavaObject.__new__(JavaObject if throwable else cls)
        made.data = told["new"](*args)
        return wrap(cls, made, made.data) if throwable else made

    def is_assignable(self, cls: type, sub: type) -> bool:
        name, simple = self._name(cls), cls.__name__
        traits = self.described[self._name(sub)]["traits"]
        return name == "java.lang.Object" or simple in traits

    def is_instance(self, cls: type, value: object) -> bool:
        return self.is_assignable(cls, type(value))

    def set_static(self, cls: type, name: str, value: object) -> None:
        if name.isupper():
            raise AttributeError(f"{name} is final")
        self.statics[name] = value

    def near(self, cls: type, name: str) -> list[str]:
        from difflib import get_close_matches

        return get_close_matches(name, dir(cls), 1)

    def signatures(self, cls: type, name: str) -> list[str]:
        return [f"{cls.__name__}()", f"{cls.__name__}(int)"] if name == "<init>" else []

    def class_object(self, cls: type) -> str:
        return f"class {self._name(cls)}"

    def cast(self, value: object, target: Any) -> Cast:
        if isinstance(target, str) and target.startswith("refused."):
            raise ImportError("refused")
        return Cast(value, target)

    def value(self, java: Any) -> Any:
        return java.data

    def proxy(self, target: Any) -> Any:
        made = JavaObject.__new__(self.find("Proxy"))
        made.data = target
        return made

    def live_java_objects(self) -> list[object]:
        return list(self.held_by_python)

    def live_python_objects(self) -> list[object]:
        return list(self.held_by_java)
