"""Table functions of the tests."""

from collections.abc import Iterator
from typing import NamedTuple, Optional

from naja.flink import TableFunction, udtf


class Word(NamedTuple):
    word: str
    length: int


def words(text: Optional[str]) -> Iterator[Word]:
    for word in (text or "").split():
        yield Word(word, len(word))


def each(values: list[int]) -> Iterator[int]:
    yield from values


def count_to(n: int) -> Iterator[int]:
    yield from range(1, n + 1)


@udtf(result_types=["STRING", "BIGINT"])
def pairs(text):
    return [(c, i) for i, c in enumerate(text)]


@udtf(result_type="ROW<a BIGINT>")
def one(a):
    return None if a == 2 else (a,)


class Joined(TableFunction):
    def open(self, function_context):
        self.mark = function_context.get_job_parameter("mark", "-")

    def eval(self, *texts: str) -> Iterator[str]:
        yield self.mark.join(texts)


@udtf(result_type="ROW<a BIGINT>")
def fails_late(n):
    yield (n,)
    raise ValueError("no more")


@udtf(result_type="ROW<a BIGINT, b BIGINT>")
def narrow(n):
    yield (n,)
