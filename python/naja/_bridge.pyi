"""What does the bridge let Python do with Java's classes and objects? Implemented in Rust.

Every function may be called on any thread and releases the GIL while Java runs.
"""

from typing import Any

from naja._java import JavaType

class JavaObject:
    """A Java object that Python holds by reference. Text, equality and hash are Java's.

    It can be called if its class implements exactly one functional interface.
    """

def find(name: str) -> Any:
    """The type of a class that the calling Java code sees; `ImportError` says why there is none."""

def is_package(name: str) -> bool:
    """Whether the calling Java code sees such a package, or one below it."""

def package_members(name: str) -> list[str]:
    """The simple names of the classes and packages in a package; none if it is unknown."""

def construct(cls: JavaType, args: tuple[Any, ...]) -> JavaObject:
    """A new object; of a throwable what stands behind its exception."""

def is_instance(cls: JavaType, instance: object) -> bool:
    """Java's ``instanceof``."""

def is_assignable(cls: JavaType, subclass: JavaType) -> bool:
    """``Class.isAssignableFrom``."""

def set_static(cls: JavaType, name: str, value: object) -> None:
    """Sets a static field; `AttributeError` if it is final."""

def near(cls: JavaType, name: str) -> list[str]:
    """The names of at most three members that a wrong name may mean, the likeliest first."""

def signatures(cls: JavaType, name: str) -> list[str]:
    """The signatures of the methods of a name; of the constructors for ``<init>``."""

def class_object(cls: JavaType) -> Any:
    """The ``java.lang.Class``."""

def cast(value: object, target: str | JavaType) -> Any:
    """An argument whose static type is told."""

def value(java_object: JavaObject) -> Any:
    """The object by value, where it has one."""

def proxy(implemented: object) -> Any:
    """The Java object that a Python object is, whose class `naja.implements` Java interfaces."""

def live_java_objects() -> list[Any]:
    """The Java objects that Python holds."""

def live_python_objects() -> list[Any]:
    """The Python objects that Java holds."""

def arrow_capsule(name: str, address: int) -> Any:
    """Moves a struct of Arrow's C interfaces into a capsule of its name; the rest is released."""

def arrow_address(capsule: Any, name: str) -> int:
    """The address of the struct in a capsule, valid for as long as that."""
