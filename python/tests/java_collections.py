"""Java's collections as a `FakeBridge` describes them: elements keep their Java classes."""

from __future__ import annotations

from typing import Any

from fake_bridge import FakeBridge, box, plain, unbox


def describe_collections(bridge: FakeBridge) -> None:
    """Adds the collections, and the exceptions that they throw."""
    for name, base in [
        ("java.lang.Throwable", None),
        ("java.lang.ClassCastException", "java.lang.Throwable"),
        ("java.lang.IndexOutOfBoundsException", "java.lang.Throwable"),
        ("java.util.ConcurrentModificationException", "java.lang.Throwable"),
    ]:
        bridge.describe(name, base, traits="throwable", getCause=lambda self: None)

    for name in ("Integer", "Short", "Byte", "Float", "Character"):
        bridge.describe(f"java.lang.{name}", traits="Number", new=lambda value: value)
    bridge.describe("java.math.BigInteger", traits="Number")

    def fail(name: str, text: str) -> None:
        from naja._errors import wrap

        raise wrap(bridge.find(name), object(), f"{name}: {text}")

    def iterator(data: list[Any]) -> Any:
        return bridge.make("p.Iterator", [data, 0, len(data)])

    def following(self: Any) -> Any:
        data, place, length = self.data
        if len(data) != length:
            fail("java.util.ConcurrentModificationException", "changed")
        self.data[1] += 1
        return unbox(data[place])

    bridge.describe(
        "p.Iterator",
        traits="Iterator",
        hasNext=lambda self: self.data[1] != len(self.data[0]),
        next=following,
    )
    bridge.describe(
        "p.Enumeration",
        hasMoreElements=lambda self: bool(self.data),
        nextElement=lambda self: self.data.pop(0),
    )

    def get(self: Any, index: int) -> Any:
        if not 0 <= index < len(self.data):
            fail("java.lang.IndexOutOfBoundsException", str(index))
        return unbox(self.data[index])

    def add(self: Any, *args: Any) -> bool:
        if len(args) == 2:
            self.data.insert(args[0], box(args[1]))
        else:
            self.data.append(box(args[0]))
        return True

    def remove(self: Any, index: Any) -> Any:
        return unbox(self.data.pop(index))

    def sub_list(self: Any, start: int, stop: int) -> Any:
        return bridge.make("p.SubList", (self, start, stop))

    def clear_sub(self: Any) -> None:
        whole, start, stop = self.data
        del whole.data[start:stop]
        self.data = (whole, start, start)

    def add_sub(self: Any, value: Any) -> None:
        whole, start, stop = self.data
        whole.data.insert(stop, box(value))
        self.data = (whole, start, stop + 1)

    bridge.describe(
        "p.SubList",
        traits="Iterable Collection List",
        size=lambda self: self.data[2] - self.data[1],
        iterator=lambda self: iterator(self.data[0].data[self.data[1] : self.data[2]]),
        clear=clear_sub,
        add=add_sub,
    )

    def list_iterator(self: Any, place: int) -> Any:
        return bridge.make("p.ListIterator", [self.data, place])

    def previous(self: Any) -> Any:
        self.data[1] -= 1
        return unbox(self.data[0][self.data[1]])

    bridge.describe(
        "p.ListIterator",
        traits="Iterator",
        hasPrevious=lambda self: self.data[1] > 0,
        previous=previous,
    )

    def set_at(self: Any, index: int, value: Any) -> None:
        self.data[index] = box(value)

    bridge.describe(
        "java.util.ArrayList",
        traits="Iterable Collection List",
        new=lambda *args: [box(arg) for arg in args],
        size=lambda self: len(self.data),
        isEmpty=lambda self: not self.data,
        get=get,
        set=set_at,
        add=add,
        remove=remove,
        contains=lambda self, value: box(value) in self.data,
        iterator=lambda self: iterator(self.data),
        subList=sub_list,
        listIterator=list_iterator,
    )
    bridge.describe(
        "java.util.ArrayDeque",
        "java.util.ArrayList",
        traits="Iterable Collection List",
        new=lambda *args: [box(arg) for arg in args],
        pop=lambda self: unbox(self.data.pop(0)),
    )

    def contains_key(self: Any, key: Any) -> bool:
        return box(key) in self.data

    def sorted_contains_key(self: Any, key: Any) -> bool:
        held = box(key)
        if any(other[0] != held[0] for other in self.data):
            fail("java.lang.ClassCastException", held[0])
        return held in self.data

    def put(self: Any, key: Any, value: Any) -> Any:
        self.data[box(key)] = plain(value)

    bridge.describe(
        "p.Entry",
        traits="Entry",
        getKey=lambda self: unbox(self.data[0]),
        getValue=lambda self: self.data[1],
    )

    def entry_set(self: Any) -> Any:
        entries = [bridge.make("p.Entry", pair) for pair in self.data.items()]
        return bridge.make("java.util.ArrayList", [("p.Entry", entry) for entry in entries])

    bridge.describe(
        "java.util.HashMap",
        traits="Map",
        new=dict,
        size=lambda self: len(self.data),
        isEmpty=lambda self: not self.data,
        get=lambda self, key: self.data.get(box(key)),
        put=put,
        remove=lambda self, key: self.data.pop(box(key), None),
        containsKey=contains_key,
        keySet=lambda self: bridge.make("java.util.ArrayList", list(self.data)),
        values=lambda self: "Java's own values",
        entrySet=entry_set,
    )

    def sorted_get(self: Any, key: Any) -> Any:
        return self.data[box(key)] if sorted_contains_key(self, key) else None

    bridge.describe(
        "java.util.TreeMap",
        "java.util.HashMap",
        traits="Map",
        new=dict,
        containsKey=sorted_contains_key,
        get=sorted_get,
    )
