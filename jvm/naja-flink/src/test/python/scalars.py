"""Functions that the tests of scalar functions call."""

from typing import Optional

from naja.flink import Row, ScalarFunction, udf


def add(a: int, b: int) -> int:
    return a + b


def half(x: float) -> float:
    return x / 2


def shout(text: str) -> str:
    return text.upper() + "!"


def length(text: Optional[str]) -> int:
    return -1 if text is None else len(text)


def untyped(x):
    return x


def fails_on_seven(x: int) -> int:
    if x == 7:
        raise ValueError("seven is not served here")
    return x


@udf(result_type="ROW<a BIGINT, b STRING>")
def pair(a, b):
    return Row(a=a, b=b)


@udf(result_type="STRING")
def kind_of(value):
    return type(value).__name__ + ":" + str(value)


class Counter(ScalarFunction):
    def open(self, function_context):
        self.calls = 0
        self.prefix = function_context.get_job_parameter("prefix", "none")

    def eval(self, text: str) -> str:
        self.calls += 1
        return f"{self.prefix}:{text}"


def lies(x: int) -> int:
    return "much"


def odd(n: Optional[int]) -> Optional[int]:
    """The number if it is odd; minus one for NULL."""
    if n is None:
        return -1
    return n if n % 2 else None


def root(x: float) -> Optional[float]:
    return x**0.5 if x >= 0 else None


def doubled(n: int) -> int:
    return n * 2


def lies_on_seven(x: int) -> int:
    return "much" if x == 7 else x
