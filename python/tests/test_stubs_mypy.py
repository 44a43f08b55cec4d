from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from javac import write_stubs

PACKAGES = [
    "java.lang",
    "java.math",
    "java.time",
    "java.util",
    "java.util.concurrent",
    "java.util.function",
    "java.util.stream",
]

#: An operator that sums up orders by customer, with what Java's libraries give for it.
EXAMPLE = """
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import java.time as jt
import naja
from java.lang import IllegalArgumentException, Runnable, StringBuilder, System
from java.math import BigDecimal
from java.time import DayOfWeek, Duration, LocalDate
from java.util import ArrayList, Collections, Comparator, HashMap, List, Map, Optional, TreeMap
from java.util.concurrent import CompletableFuture, Executors, TimeUnit
from java.util.function import Function, Supplier
from java.util.stream import Collectors


class Order:
    def __init__(self, customer: str, amount: int, day: LocalDate) -> None:
        self.customer = customer
        self.amount = amount
        self.day = day


def totals(orders: list[Order]) -> Map[str, int]:
    sums: HashMap[str, int] = HashMap()
    for order in orders:
        sums.merge(order.customer, order.amount, lambda old, new: old + new)
    return sums


def best(sums: Map[str, int]) -> str:
    names = ArrayList(sums.keySet())
    names.sort(lambda one, other: sums[other] - sums[one])
    return names[0] if names else ""


def due(start: LocalDate, days: int) -> LocalDate:
    end = start.plusDays(days)
    return end.plusDays(1) if end.getDayOfWeek() is DayOfWeek.SUNDAY else end


def collections() -> None:
    names: ArrayList[str] = ArrayList(["b", "a"])
    names.add("c")
    names.add(0, "first")
    text: str = names.get(0)
    removed: bool = names.remove("c")
    first: str = names.remove(0)
    part: list[str] = names[1:]
    names[0] = text + first + part[0]
    del names[-1]
    for name in names:
        System.out.println(name.upper())
    for key, value in totals([]).items():
        System.out.printf("%s %d%n", key.upper(), value + 1)
    ordered: TreeMap[str, int] = TreeMap({"a": 1})
    ordered["b"] = 2
    count: int = ordered["a"] + ordered.getOrDefault("z", 0) + len(ordered)
    assert removed and "b" in ordered and count
    Collections.sort(names)
    largest: str = Collections.max(names)
    comparator: Comparator[str] = Comparator.comparing(lambda word: len(word))
    names.sort(comparator.reversed())
    names.forEach(print)
    plain = naja.value(names)
    numbers: List[int] = List.of(1, 2, 3)
    print(largest, plain, sum(numbers), sorted(numbers), max(LocalDate.MIN, LocalDate.MAX))


def functions() -> int:
    length: Function[str, int] = Function(len)
    twice: Supplier[int] = Supplier(lambda: 2 * length.apply("four"))
    found: Optional[str] = List.of("a", "b").stream().filter(lambda word: word > "a").findFirst()
    words: List[str] = List.of("x").stream().map(lambda w: w.upper()).collect(Collectors.toList())
    return twice.get() + length("x") + len(found.orElse("nobody")) + len(words)


def times() -> bool:
    hours: int = jt.Duration.ofDays(1).toHours()
    limit = LocalDate.of(2026, 1, 31)
    later: bool = LocalDate.now() < limit and limit.isAfter(date(2026, 1, 1))
    monday: DayOfWeek = DayOfWeek["MONDAY"]
    return later and monday in list(DayOfWeek) and hours == 24


if TYPE_CHECKING:
    Task = Runnable
else:
    Task = object


@naja.implements(Runnable)
class Report(Task):
    def __init__(self, text: StringBuilder) -> None:
        self.text = text

    def run(self) -> None:
        self.text.append("done").append(1).append(True)


async def threads() -> str:
    text = StringBuilder("report ")
    executor = Executors.newFixedThreadPool(2)
    executor.submit(Report(text))
    executor.execute(lambda: print("by a callable"))
    executor.awaitTermination(1, TimeUnit.SECONDS)
    future: CompletableFuture[str] = CompletableFuture.supplyAsync(lambda: "value")
    return await future.thenApply(lambda value: value + "!") + text.toString()


def failures() -> str:
    try:
        LocalDate.parse("x")
        raise IllegalArgumentException("why")
    except IllegalArgumentException as error:
        return error.getMessage()
    except naja.JavaException as error:
        return str(error.java)


print(best(totals([])), due(LocalDate.EPOCH, 3), Duration.ZERO.toMillis(), BigDecimal("1.5"))
"""

#: Statements that are wrong, and mypy's code for each.
MISTAKES = [
    ("ArrayList(3).ad(1)", "attr-defined"),
    ("names: ArrayList[int] = ArrayList(['a'])", "list-item"),
    ("LocalDate.of('2026', 1, 31)", "call-overload"),
    ("LocalDate.now().plusDays(1.5)", "arg-type"),
    ("LocalDate()", "call-arg"),
    ("List.of(1).get('a')", "arg-type"),
    ("List.of(1).forEach(len)", "arg-type"),
    ("List.of(1).get(index=0)", "call-arg"),
    ("DayOfWeek.SOMEDAY", "attr-defined"),
    ("DayOfWeek.MONDAY = DayOfWeek.TUESDAY", "misc"),
    ("day: int = LocalDate.now()", "assignment"),
    ("'a' + List.of(1)[0]", "operator"),
    ("String.join('-', 'abc', 5)", "call-overload"),
    ("Runnable(len)", "arg-type"),
]


@pytest.fixture(scope="module")
def stubs(tmp_path_factory) -> Path:
    """Stubs of what the example uses."""
    output = tmp_path_factory.mktemp("stubs")
    write_stubs(output, *PACKAGES)
    return output


def mypy(stubs: Path, *arguments: str) -> list[str]:
    """The errors that mypy has; nothing of this checkout is on its path."""
    cache = stubs.parent / "mypy-cache"
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache, *arguments]
    environment = {**os.environ, "MYPYPATH": str(stubs), "PYTHONPATH": ""}
    options = {"cwd": stubs.parent, "env": environment, "capture_output": True, "text": True}
    done = subprocess.run([*map(str, command)], timeout=250, **options)
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if " error: " in line]


def test_an_example(stubs, tmp_path):
    file = tmp_path / "example.py"
    file.write_text(EXAMPLE)
    assert mypy(stubs, str(file)) == []


def test_the_stubs_themselves(stubs):
    assert mypy(stubs, str(stubs)) == []


def test_mistakes_are_found(stubs, tmp_path):
    file = tmp_path / "mistakes.py"
    lines = [
        "from java.lang import Runnable, String",
        "from java.time import DayOfWeek, LocalDate",
        "from java.util import ArrayList, List",
        *(statement for statement, _ in MISTAKES),
    ]
    file.write_text("\n".join(lines))
    found = [re.search(r":(\d+): .*\[(.*)]$", error) for error in mypy(stubs, str(file))]
    codes = {lines[int(match[1]) - 1]: match[2] for match in found}
    assert codes == dict(MISTAKES)
