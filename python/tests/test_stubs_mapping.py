from __future__ import annotations

import pytest
from javac import class_text, compile_java, write_stubs

# A method of an interface Rows<T, N extends Number>, and how its stub goes on after the name.
METHODS = [
    ("void m()", "(self) -> None"),
    ("boolean m(boolean a)", "(self, a: bool, /) -> bool"),
    ("byte m(short a, int b, long c)", "(self, a: int, b: int, c: int, /) -> int"),
    ("float m(double a)", "(self, a: float, /) -> float"),
    ("char m(char a)", "(self, a: str, /) -> str"),
    ("Integer m(Long a)", "(self, a: int | None, /) -> int"),
    ("Boolean m(Character a)", "(self, a: str | None, /) -> bool"),
    ("Double m(Float a)", "(self, a: float | None, /) -> float"),
    ("String m(String a)", "(self, a: str | None, /) -> str"),
    ("CharSequence m(CharSequence a)",
     "(self, a: L.CharSequence | str | None, /) -> str | L.CharSequence"),
    ("Number m(Number a)",
     "(self, a: L.Number | float | _decimal.Decimal | None, /) -> int | float | L.Number"),
    ("Object m(Object a)", "(self, a: _t.Any, /) -> _t.Any"),
    ("Comparable<T> m(java.io.Serializable a)", "(self, a: _t.Any, /) -> _t.Any"),
    ("BigInteger m(BigInteger a)", "(self, a: int | None, /) -> int"),
    ("BigDecimal m(BigDecimal a)", "(self, a: float | _decimal.Decimal | None, /) -> _t.Any"),
    ("UUID m(UUID a)", "(self, a: U.UUID | _uuid.UUID | None, /) -> U.UUID"),
    ("LocalDate m(LocalDate a)", "(self, a: _dt.date | None, /) -> _t.Any"),
    ("void m(OffsetTime a, Instant b)",
     "(self, a: _dt.time | None, b: _dt.datetime | None, /) -> None"),
    ("void m(ZonedDateTime a, Duration b)",
     "(self, a: _dt.datetime | None, b: _dt.timedelta | None, /) -> None"),
    ("byte[] m(byte[] a)",
     "(self, a: bytes | bytearray | memoryview | A[int] | None, /) -> A[int]"),
    ("int[][] m(double[] a)", "(self, a: _abc.Sequence[float] | A[float] | None, /) -> A[A[int]]"),
    ("T[] m(T[] a)", "(self, a: _abc.Sequence[_T] | A[_T] | None, /) -> A[_T]"),
    ("void m(String[] a)", "(self, a: list[str] | tuple[str, ...] | A[str] | None, /) -> None"),
    ("List<String> m(List<Integer> a)",
     "(self, a: U.List[int] | _abc.Sequence[int] | None, /) -> U.List[str]"),
    ("List<List<T>> m()", "(self) -> U.List[U.List[_T]]"),
    ("List m(Map a)",
     "(self, a: U.Map[_t.Any, _t.Any] | _abc.Mapping[_t.Any, _t.Any] | None, "
     "/) -> U.List[_t.Any]"),
    ("Set<T> m(Set<T> a)", "(self, a: U.Set[_T] | _abc.Set[_T] | None, /) -> U.Set[_T]"),
    ("void m(Collection<? extends T> a)",
     "(self, a: U.Collection[_T] | _abc.Collection[_T] | None, /) -> None"),
    ("void m(Iterable<T> a)", "(self, a: L.Iterable[_T] | _abc.Collection[_T] | None, /) -> None"),
    ("List<?> m(List<? extends Number> a)",
     "(self, a: U.List[_t.Any] | _abc.Sequence[L.Number | float | _decimal.Decimal] | "
     "None, /) -> U.List[_t.Any]"),
    ("Set<? super T> m(Class<? super T> a)", "(self, a: L.Class[_T] | None, /) -> U.Set[_t.Any]"),
    ("Map.Entry<String, T> m(Map.Entry<T, Long> a)",
     "(self, a: U.Map.Entry[_T, int] | tuple[_T, int] | None, /) -> U.Map.Entry[str, _T]"),
    ("Optional<T> m(Optional<String> a)",
     "(self, a: U.Optional[str] | str | None, /) -> U.Optional[_T]"),
    ("void m(Runnable a)", "(self, a: _abc.Callable[[], object] | None, /) -> None"),
    # Nobody means to call one, but a callable can be one.
    ("void m(AutoCloseable a)",
     "(self, a: L.AutoCloseable | _abc.Callable[[], object] | None, /) -> None"),
    ("void m(Function<? super T, ? extends String> a)",
     "(self, a: _abc.Callable[[_T], str] | None, /) -> None"),
    ("void m(Comparator<List<LocalDate>> a)",
     "(self, a: _abc.Callable[[list[_dt.date], list[_dt.date]], int] | None, /) -> None"),
    ("void m(Consumer<Map<String, Optional<byte[]>>> a)",
     "(self, a: _abc.Callable[[dict[str, bytes | None]], object] | None, /) -> None"),
    ("void m(Function<Kind, Map.Entry<int[], Integer[]>> a)",
     "(self, a: _abc.Callable[[str], U.Map.Entry[A[int], A[int]] | "
     "tuple[_abc.Sequence[int] | A[int], _abc.Sequence[int] | A[int]]] | None, /) -> None"),
    ("void m(ToIntFunction<Iterator<T>> a)",
     "(self, a: _abc.Callable[[_abc.Iterator[_T]], int] | None, /) -> None"),
    ("Kind m(Kind a)", "(self, a: Kind | str | None, /) -> Kind"),
    ("void m(RuntimeException a)",
     "(self, a: L.RuntimeException | BaseException | None, /) -> None"),
    ("IllegalStateException m(IllegalStateException a)",
     "(self, a: L.IllegalStateException | None, /) -> L.IllegalStateException"),
    ("N m(N a)", "(self, a: _N | None, /) -> _N"),
    ("<X> X m(X a)", "(self, a: _X | None, /) -> _X"),
    ("<X extends Comparable<X>> X m(List<X> a)",
     "(self, a: U.List[_X] | _abc.Sequence[_X] | None, /) -> _X"),
    ("<X extends Throwable> X m(X a)", "(self, a: _X2 | None, /) -> _X2"),
    # _T2 is the T of Enum.valueOf, which has a bound.
    ("<T> T m(T a)", "(self, a: _T3 | None, /) -> _T3"),
    ("<X> X m()", "(self) -> _t.Any"),
    ("<X> List<X> m()", "(self) -> U.List[_X]"),
    ("void m(String... a)", "(self, *a: str | None) -> None"),
    ("void m(int a, T... b)", "(self, a: int, /, *b: _T | None) -> None"),
    ("java.util.concurrent.Future<T> m(java.util.concurrent.Future<T> a)",
     "(self, a: _t.Any, /) -> _t.Any"),
    ("void m(int from, int self, int lambda)",
     "(self, from_: int, self_: int, lambda_: int, /) -> None"),
]  # fmt: skip

IMPORTS = """package acme;
import java.math.*;
import java.time.*;
import java.util.*;
import java.util.function.*;
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> str:
    """The stub of the interface with all methods; each has a name of its own."""
    directory = tmp_path_factory.mktemp("mapping")
    declared = [row.replace(" m(", f" m{number}(", 1) for number, (row, _) in enumerate(METHODS)]
    classes = compile_java(
        directory,
        IMPORTS
        + '@SuppressWarnings({"rawtypes", "unchecked"})\n'
        + "public interface Rows<T, N extends Number> {\n"
        + ";\n".join(declared)
        + ";\n}",
        "package acme; public enum Kind { ONE, TWO }",
    )
    stubs = write_stubs(directory / "stubs", "-cp", classes, "acme", "java.lang", "java.util")
    return class_text(stubs["acme"], "Rows")


@pytest.mark.parametrize("number", range(len(METHODS)), ids=[row for row, _ in METHODS])
def test_method(rows, number):
    found = next(line for line in rows.splitlines() if line.startswith(f"def m{number}("))
    for long, short in (("_java_lang.", "L."), ("_java_util.", "U."), ("_naja._JavaArray[", "A[")):
        found = found.replace(long, short)
    assert found == f"def m{number}{METHODS[number][1]}: ..."


def test_type_variables_of_one_name_and_several_bounds(tmp_path):
    classes = compile_java(
        tmp_path,
        "package acme; public interface Bounds<N extends Number> {"
        " <N extends CharSequence> N text(N n); <M extends N> M more(M m); }",
    )
    stub = write_stubs(tmp_path / "stubs", "-cp", classes, "acme", "java.lang")["acme"]
    assert '_N = _t.TypeVar("_N", bound=int | float | _java_lang.Number)' in stub
    assert '_N2 = _t.TypeVar("_N2", bound=str | _java_lang.CharSequence)' in stub
    assert "def text(self, n: _N2 | None, /) -> _N2: ..." in stub
    assert "def more(self, m: _M | None, /) -> _M: ..." in stub


def test_classes_that_are_not_asked_for_are_any(tmp_path):
    classes = compile_java(
        tmp_path,
        "package acme; public interface Shop {"
        " java.util.List<String> names(java.util.List<Long> ids, java.util.Random r); }",
    )
    plain = write_stubs(tmp_path / "plain", "-cp", classes, "acme")
    assert (
        "def names(self, ids: _abc.Sequence[int] | None, r: _t.Any, /) -> _t.Any" in plain["acme"]
    )
    assert "java.util" not in plain
    assert "def __getattr__(name: str) -> _t.Any: ..." in plain["java.lang"]
    closed = write_stubs(tmp_path / "closed", "-cp", classes, "acme", "--closure")
    assert "r: _java_util.Random | None, /) -> _java_util.List[str]: ..." in closed["acme"]
    assert "class Random(" in closed["java.util"]
