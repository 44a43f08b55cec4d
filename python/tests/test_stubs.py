from __future__ import annotations

import re
from pathlib import Path

import pytest
from javac import class_text, compile_java, write_stubs

OVERLOADS = """package acme;
import java.util.*;
public class Overloads {
  public Overloads(String name) {}
  public Overloads() {}
  Overloads(int hidden) {}
  public void print(Object x) {}
  public void print(double x) {}
  public void print(boolean x) {}
  public void print(int x) {}
  public void print(long x) {}
  public void print(String x) {}
  public void print(char[] x) {}
  public long abs(long x) { return 0; }
  public int abs(int x) { return 0; }
  public double abs(double x) { return 0; }
  public String of(List<String> x) { return ""; }
  public int of(ArrayList<String> x) { return 0; }
  public static int sum(int... all) { return 0; }
  public static int sum(int one) { return 0; }
  public int mixed() { return 0; }
  public static String mixed(int x) { return ""; }
}
"""

MEMBERS = """package acme;
public class Members<T> {
  public static final int LIMIT = -7;
  public static final String NAME = "it's";
  public static final boolean ON = true;
  public static final char LETTER = 'x';
  public static final double RATIO = 0.5;
  public static final long WHEN = System.nanoTime();
  public static int counter;
  public final T first = null;
  public String text;
  protected int hidden;
  public int from;
  public int size;
  public int size() { return 0; }
  public void in(int x) {}
  public void odd$name() {}
  private Members() {}
  public enum Colour { RED, GREEN; public Colour next() { return RED; } }
  public static class Inner<T> extends Members.Base<T> { public Members<T> outer; }
  public static class Base<U> { public U value; }
  public class Bound { public T get() { return null; } }
  public interface Counter { int count(); }
  interface Hidden { class Public {} }
}
"""

HIERARCHY = """package acme;
import java.util.*;
public class Shop extends Hidden<String>
    implements Iterable<Long>, Comparable<Shop>, AutoCloseable {
  public Iterator<Long> iterator() { return null; }
  public int compareTo(Shop other) { return 0; }
  public void close() {}
  public String toString() { return ""; }
  public Shop self() { return this; }
  public static class Closed extends IllegalStateException {
    public Closed(String why) { super(why); }
  }
  public static abstract class Task implements Runnable {}
  public interface Stock extends Map<String, Integer> { Integer get(Object key); }
}
class Hidden<T> {
  public T kept(T value) { return value; }
  public Object self() { return this; }
  public static int count() { return 0; }
}
"""


@pytest.fixture(scope="module")
def stub(tmp_path_factory) -> str:
    """The stub of the package with all of these classes."""
    directory = tmp_path_factory.mktemp("stubs")
    classes = compile_java(directory, OVERLOADS, MEMBERS, HIERARCHY)
    stubs = write_stubs(directory / "stubs", "-cp", classes, "acme")
    return stubs["acme"].replace("_java_lang.", "").replace("_java_util.", "")


def signatures(text: str, name: str) -> list[str]:
    """The signatures of a method, without the ``self`` and the dots."""
    return re.findall(rf"^def {name}\((?:self, )?(.*): \.\.\.$", text, re.MULTILINE)


def test_overloads_stand_in_the_order_in_which_a_call_tries_them(stub):
    text = class_text(stub, "Overloads")
    assert signatures(text, "print") == [
        "x: bool, /) -> None",
        "x: int, /) -> None",
        "x: float, /) -> None",
        "x: str | None, /) -> None",
        "x: list[str] | tuple[str, ...] | _naja._JavaArray[str] | None, /) -> None",
        "x: _t.Any, /) -> None",
    ]
    assert signatures(text, "of") == [
        "x: list[str] | tuple[str, ...] | None, /) -> int",
    ]
    assert text.count("@_t.overload\ndef print") == 6


def test_overloads_that_python_cannot_tell_apart_are_one(stub):
    assert signatures(class_text(stub, "Overloads"), "abs") == [
        "x: int, /) -> int",
        "x: float, /) -> float",
    ]


def test_a_variadic_method_stands_behind_the_others(stub):
    text = class_text(stub, "Overloads")
    assert signatures(text, "sum") == ["one: int, /) -> int", "*all: int) -> int"]
    assert text.count("@_t.overload\n@staticmethod\ndef sum") == 2


def test_a_method_both_static_and_not_is_any(stub):
    assert "\nmixed: _t.Any" in class_text(stub, "Overloads")


def test_constructors(stub):
    assert re.findall(r"def __init__(.*)", class_text(stub, "Overloads")) == [
        "(self) -> None: ...",
        "(self, name: str | None, /) -> None: ...",
    ]
    none = ["(self, no_public_constructor: _t.NoReturn, /) -> None: ..."]
    assert re.findall(r"def __init__(.*)", class_text(stub, "Colour")) == none
    assert re.findall(r"def __init__(.*)", class_text(stub, "Task")) == none


def test_constants_have_their_values(stub):
    text = class_text(stub, "Members")
    assert "LIMIT: _t.Final = -7" in text
    assert 'NAME: _t.Final = "it\'s"' in text
    assert "ON: _t.Final = True" in text
    assert "LETTER: _t.Final[str]" in text
    assert "RATIO: _t.Final[float]" in text
    assert "WHEN: _t.Final[int]" in text


def test_fields(stub):
    text = class_text(stub, "Members")
    assert "counter: _t.ClassVar[int]" in text
    assert "@property\ndef first(self) -> _T: ..." in text
    assert "text: str" in text
    assert "hidden" not in text


def test_names_that_python_cannot_write(stub):
    text = class_text(stub, "Members")
    assert "\nfrom_: int" in text
    assert "\ndef in_(self, x: int, /) -> None: ..." in text
    assert "\ndef odd$name" not in text
    assert '# getattr(x, "odd$name")' in text


def test_a_method_hides_a_field(stub):
    text = class_text(stub, "Members")
    assert "\ndef size(self) -> int: ..." in text
    assert "size: int" not in text


def test_nested_classes(stub):
    assert "    class Inner(Members.Base[_T2], _t.Generic[_T2]):" in stub
    assert "\nouter: Members[_T2]" in class_text(stub, "Inner")
    assert stub.index("class Base(") < stub.index("class Inner(")
    assert "def get(self) -> _t.Any: ..." in class_text(stub, "Bound")
    assert "Public" not in stub


def test_enums(stub):
    text = class_text(stub, "Colour")
    assert text.startswith("class Colour(Enum[Members.Colour]):")
    assert "RED: _t.Final[Members.Colour]" in text
    assert "def next(self) -> Members.Colour: ..." in text


def test_bases_are_the_nearest_public_supertypes(stub):
    assert "class Shop(Iterable[int], Comparable[Shop], AutoCloseable):" in stub
    assert "    class Closed(IllegalStateException):" in stub
    assert "    class Stock(Map[str, int]):" in stub


def test_members_of_a_hidden_superclass_are_the_subclass_s(stub):
    text = class_text(stub, "Shop")
    assert "def kept(self, value: str | None, /) -> str: ..." in text
    assert "def self(self) -> Shop: ..." in text
    assert "def count() -> int: ..." in text


def test_what_bases_say_already_is_not_repeated(stub):
    text = class_text(stub, "Shop")
    assert not re.search("def (toString|iterator|close|compareTo|equals)", text)
    assert "def get" not in class_text(stub, "Stock")


def test_special_methods_come_with_the_interfaces(tmp_path):
    stubs = write_stubs(tmp_path, "java.util", "java.util.concurrent")
    map_ = class_text(stubs["java.util"], "Map")
    assert "def __getitem__(self, key: _K, /) -> _V: ..." in map_
    assert "def items(self) -> _abc.ItemsView[_K, _V]: ..." in map_
    list_ = class_text(stubs["java.util"], "List")
    assert "def __getitem__(self, key: slice, /) -> _b.list[_E]: ..." in list_
    assert "def __len__(self) -> int: ..." in class_text(stubs["java.util"], "Collection")
    stage = class_text(stubs["java.util.concurrent"], "CompletionStage")
    assert "def __await__(self) -> _abc.Generator[_t.Any, None, _T]: ..." in stage
    closeable = class_text(stubs["java.lang"], "AutoCloseable")
    assert "def __enter__(self) -> _te.Self: ..." in closeable
    assert "def __lt__(self, other: _T, /) -> bool: ..." in class_text(
        stubs["java.lang"], "Comparable"
    )


def test_functional_interfaces_are_made_of_callables_and_called(tmp_path):
    text = class_text(write_stubs(tmp_path, "java.util.function")["java.util.function"], "Function")
    assert "def __init__(self, function: _abc.Callable[[_T], _R], /) -> None: ..." in text
    assert "def apply(self, arg0: _T | None, /) -> _R: ..." in text
    assert "def __call__(self, arg0: _T | None, /) -> _R: ..." in text


def test_functional_interfaces_that_do_not_say_so(stub, tmp_path):
    assert "def __call__(self) -> int: ..." in class_text(stub, "Counter")
    text = class_text(write_stubs(tmp_path, "java.io")["java.io"], "Closeable")
    assert "def __init__(self, function: _abc.Callable[[], object], /) -> None: ..." in text
    assert "__call__" not in text


def test_exceptions_are_python_exceptions(tmp_path):
    text = write_stubs(tmp_path, "java.util.zip")["java.lang"]
    assert "class Throwable(_naja.JavaException, _java_io.Serializable):" in text
    assert "class Exception(Throwable):" in text


def test_parameter_names_come_from_debug_information_too(tmp_path):
    source = """package acme; public class Names {
        public static double scale(long wide, double[] all, int last) { return wide; }
        public void put(double key, String value) {} }"""
    classes = compile_java(tmp_path, source, options=("-g",))
    text = write_stubs(tmp_path / "stubs", "-cp", classes, "acme")["acme"]
    assert "def scale(wide: int, all: " in text
    assert ", last: int, /) -> float: ..." in text
    assert "def put(self, key: float, value: str | None, /) -> None: ..." in text


def test_naja_s_own_stub_names_what_naja_exports():
    import naja

    stub = Path(naja.__file__).with_name("__init__.pyi").read_text()
    exported = re.search(r"__all__ = \[(.*?)\]", stub, re.DOTALL)[1]
    assert re.findall(r'"(\w+)"', exported) == naja.__all__
    for name in naja.__all__:
        assert re.search(rf"^(def |class )?{name}\b", stub, re.MULTILINE), name
