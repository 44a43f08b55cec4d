"""Who has ordered most? An operator as a Java job would call it, for the tests of stubs.

mypy checks it with the stubs alone, and it runs in a JVM: what the stubs promise is what happens.
"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import java.time as jt
from java.lang import IllegalArgumentException, Runnable, StringBuilder, System
from java.math import BigDecimal
from java.time import DayOfWeek, LocalDate
from java.util import ArrayList, Collections, Comparator, HashMap, List, Map, Optional, TreeMap
from java.util.concurrent import CompletableFuture, Executors, TimeUnit
from java.util.function import Function, Supplier
from java.util.stream import Collectors

import naja


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


def collections() -> str:
    names: ArrayList[str] = ArrayList(["b", "a"])
    names.add("c")
    names.add(0, "first")
    text: str = names.get(0)
    removed: bool = names.remove("c")
    first: str = names.remove(0)
    part: list[str] = names[1:]
    names[0] = text + first + part[0]
    del names[-1]
    names.append("z")
    ordered: TreeMap[str, int] = TreeMap({"a": 1})
    ordered["b"] = 2
    count: int = ordered["a"] + ordered.getOrDefault("z", 0) + len(ordered)
    assert removed and "b" in ordered and count == 3
    Collections.sort(names)
    largest: str = Collections.max(names)
    comparator: Comparator[str] = Comparator.comparing(lambda word: len(word))
    names.sort(comparator.reversed())
    each: list[str] = []
    names.forEach(each.append)
    assert naja.value(names) == each
    numbers: List[int] = List.of(1, 2, 3)
    assert sum(numbers) == 6 and max(LocalDate.MIN, LocalDate.MAX) == LocalDate.MAX
    return ",".join([largest, *each, *(f"{key}{value}" for key, value in ordered.items())])


def functions() -> int:
    length: Function[str, int] = Function(len)
    twice: Supplier[int] = Supplier(lambda: 2 * length.apply("four"))
    found: Optional[str] = List.of("a", "b").stream().filter(lambda word: word > "a").findFirst()
    words: List[str] = List.of("x").stream().map(lambda w: w.upper()).collect(Collectors.toList())
    return twice.get() + length("x") + len(found.orElse("nobody")) + len(words)


def times() -> bool:
    hours: int = jt.Duration.ofDays(1).toHours()
    limit = LocalDate.of(2026, 1, 31)
    later: bool = limit > LocalDate.EPOCH and limit.isAfter(date(2026, 1, 1))
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
    executor.execute(Report(text))
    executor.shutdown()
    assert executor.awaitTermination(60, TimeUnit.SECONDS)
    future: CompletableFuture[str] = CompletableFuture.supplyAsync(lambda: "value")
    return await future.thenApply(lambda value: value + "!") + text.toString()


def failures() -> str:
    try:
        LocalDate.parse("x")
    except naja.JavaException as error:
        assert error.java is not None
    try:
        raise IllegalArgumentException("why")
    except IllegalArgumentException as error:
        return error.getMessage()


sums = totals([Order("a", 1, LocalDate.EPOCH), Order("b", 5, LocalDate.EPOCH)])
System.out.println(f"{best(sums)} {due(LocalDate.EPOCH, 3)} {BigDecimal('1.50').scale()}")
System.out.println(collections())
System.out.println(functions())
System.out.println(times())
System.out.println(asyncio.run(threads()))
System.out.println(failures())
