"""Record batches of random types and values, each by a seed that repeats it."""

import random

import pyarrow as pa

LEAVES = [
    (pa.bool_(), lambda r: r.random() < 0.5),
    (pa.int8(), lambda r: r.randrange(-128, 128)),
    (pa.int64(), lambda r: r.randrange(-(2**63), 2**63)),
    (pa.float64(), lambda r: r.gauss(0, 1e6)),
    (pa.string(), lambda r: "é" * r.randrange(20)),
    (pa.string_view(), lambda r: "x" * r.randrange(30)),
    (pa.large_binary(), lambda r: r.randbytes(r.randrange(9))),
    (pa.binary(3), lambda r: r.randbytes(3)),
    (pa.timestamp("us"), lambda r: r.randrange(2**50)),
]


def random_type(r, depth):
    """A type, and what makes a value of it."""
    kind = r.choice(
        ["leaf", "list", "large", "view", "fixed", "struct", "map"] if depth else ["leaf"]
    )
    if kind == "leaf":
        return r.choice(LEAVES)
    inner, make = random_type(r, depth - 1)

    def value(r):
        return None if r.random() < 0.2 else make(r)

    def values(r):
        return [value(r) for _ in range(r.randrange(4))]

    if kind == "struct":
        other, make_other = random_type(r, depth - 1)
        return pa.struct({"p": inner, "q": other}), lambda r: {"p": value(r), "q": make_other(r)}
    if kind == "map":
        return pa.map_(pa.int16(), inner), lambda r: list(enumerate(values(r)))
    if kind == "fixed":
        size = r.randrange(1, 4)
        return pa.list_(inner, size), lambda r: [value(r) for _ in range(size)]
    list_type = {"list": pa.list_, "large": pa.large_list, "view": pa.list_view}[kind]
    return list_type(inner), values


def random_array(r, length):
    """A slice of a longer array."""
    of, make = random_type(r, r.randrange(4))
    before, after = r.randrange(10), r.randrange(3)
    nulls = r.choice([0, 0.3])
    values = [None if r.random() < nulls else make(r) for _ in range(before + length + after)]
    array = pa.array(values, of).slice(before, length)
    if r.random() < 0.2 and pa.types.is_string(of):
        return array.dictionary_encode()
    return array


def random_batch(seed):
    """A slice of a batch of sliced arrays."""
    r = random.Random(seed)
    length = r.randrange(30)
    arrays = [random_array(r, length) for _ in range(r.randrange(1, 4))]
    batch = pa.record_batch(arrays, [f"c{i}" for i in range(len(arrays))])
    return batch.slice(r.randrange(length + 1))
