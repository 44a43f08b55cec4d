"""What may Python code that runs inside the JVM use of naja? For type checkers and editors."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, NoReturn, TypeVar, overload

_T = TypeVar("_T")
_C = TypeVar("_C", bound=type)
_F = TypeVar("_F", bound=Callable[..., Any])

__version__: str

__all__ = [
    "DeadlineExceeded",
    "JavaException",
    "JavaObject",
    "JavaType",
    "RowError",
    "__version__",
    "cast",
    "implements",
    "java_array",
    "java_package",
    "java_type",
    "leaks",
    "trace_leaks",
    "value",
    "vectorized",
]

class JavaType(type):
    """The type of the Python types that stand for Java classes."""

    @property
    def class_(cls) -> Any:
        """The ``java.lang.Class`` object, as ``ArrayList.class`` is in Java."""

class JavaObject(metaclass=JavaType):
    """Any Java object but throwables, which are `JavaException`."""

    def __init__(self, no_public_constructor: NoReturn, /) -> None: ...

class JavaException(Exception):
    """A Java throwable on its way through Python; back in Java it is the same object again."""

    def __init__(self, text: str, java: Any = None) -> None: ...
    @property
    def java(self) -> Any:
        """The throwable, or ``None`` after unpickling."""

class DeadlineExceeded(BaseException):
    """Raised in Python code that Java called with a deadline, once that has passed."""

class RowError(Exception):
    """Raised by a function that takes many rows: some of them are bad, and only they fail."""

    indices: tuple[int, ...]

    def __init__(self, index: int | Iterable[int], message: object = "") -> None: ...

def java_type(name: str) -> Any:
    """The Python type of a Java class, such as ``java.util.Map.Entry`` or ``int[]``."""

def java_package(name: str) -> Any:
    """A Java package as a module, also where a Python module of that name is in its way."""

def java_array(component: JavaType | str, content: int | Iterable[Any]) -> Any:
    """Makes a Java array of a length or with elements."""

def cast(value: object, target: str | JavaType) -> Any:
    """An argument whose Java type is given, which chooses between overloads."""

def value(object: Any) -> Any:
    """A Java object by value: a list, a dict, a datetime."""

def implements(*interfaces: JavaType | str) -> Callable[[_C], _C]:
    """Makes a Python class implement Java interfaces."""

@overload
def vectorized(function: _F, /) -> _F: ...
@overload
def vectorized(*, form: str = "arrays", columns: Iterable[str] = ()) -> Callable[[_F], _F]: ...
def leaks() -> _Leaks:
    """Counts what Java and Python hold of each other, and looks for cycles through both."""

def trace_leaks(on: bool) -> None:
    """Switches on or off that creation stacks are kept for `leaks`."""

# Names of stubs alone: there are no such classes at run time.

class _Leaks:
    java_objects: dict[str, int]
    python_objects: dict[str, int]
    suspects: dict[str, int]
    stacks: dict[str, list[str]]

class _JavaEnumType(JavaType):
    def __iter__(cls: type[_T]) -> Iterator[_T]: ...
    def __getitem__(cls: type[_T], name: str) -> _T: ...

class _JavaArray(JavaObject, Generic[_T]):
    @property
    def length(self) -> int: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[_T]: ...
    @overload
    def __getitem__(self, key: int, /) -> _T: ...
    @overload
    def __getitem__(self, key: slice, /) -> list[_T]: ...
    @overload
    def __setitem__(self, key: int, value: _T, /) -> None: ...
    @overload
    def __setitem__(self, key: slice, value: Iterable[_T], /) -> None: ...
