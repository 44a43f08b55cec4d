"""The Python side of every benchmark: what each library is asked to call, the same for all of them."""

import time


def half(x):
    """Return ``x / 2``: the least that a function of a float can do."""
    return x * 0.5


def upper(text):
    """Return a string in upper case."""
    return text.upper()


def row10(a, b, c, x, y, z, s, t, u, flag):
    """Sum a row of three ints, three floats, the lengths of three strings and a bool."""
    total = 0.0
    for number in (a, b, c, x, y, z):
        total += number
    for text in (s, t, u):
        total += len(text)
    return total + 1.0 if flag else total


def samples(values):
    """Return the list as it came."""
    return values


def counters(counts):
    """Return the dict as it came."""
    return counts


def length(data):
    """Return the number of bytes."""
    return len(data)


def callback(operator, times):
    """Call a ``java.util.function.DoubleUnaryOperator`` again and again, with its own result."""
    x = 1.0
    for _ in range(times):
        x = operator.applyAsDouble(x)
    return x


class Operator:
    """What ``callback`` takes for an operator, with a function of its own."""

    def __init__(self, function):
        self.applyAsDouble = function


def arraylist(items, times):
    """Add the numbers from 0 to a ``java.util.List`` and get each; return their sum."""
    items.clear()
    total = 0
    for i in range(times):
        items.add(i)
        total += items.get(i)
    return total


def pause(seconds):
    """Sleep with the GIL released, as I/O and numeric libraries do."""
    time.sleep(seconds)
