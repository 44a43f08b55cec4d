"""Which classes does a JDK hold? Reads its ``lib/modules``, a file in the jimage format.

The format is the JDK's own (``jdk.internal.jimage`` describes it): a header, a hash table that is
not needed here, the offsets of location attributes, the attributes, strings, then the resources.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

MAGIC = 0xCAFEDADA
COMPRESSED = 0xCAFEFAFA
HEADER = 28

# Kinds of location attributes.
MODULE, PARENT, BASE, EXTENSION, OFFSET, STORED, SIZE = range(1, 8)


class JimageError(Exception):
    """The file is no jimage, or one that cannot be read here."""


class Jimage:
    """The class files in a jimage file."""

    def __init__(self, path: Path) -> None:
        """Opens a file; `JimageError` or `OSError` if that fails."""
        self.path = path
        if path.stat().st_size < HEADER:
            raise JimageError("it is no jimage file")
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self._read_index()
        except (IndexError, UnicodeDecodeError, struct.error) as error:
            raise JimageError(f"it is damaged ({type(error).__name__}: {error})") from error

    def _read_index(self) -> None:
        self._order = ">" if self._data[:4] == struct.pack(">I", MAGIC) else "<"
        if self._numbers(0, 1)[0] != MAGIC:
            raise JimageError("it is no jimage file")
        _, version, _, _, slots, locations, strings = self._numbers(0, 7)
        if version >> 16 != 1:
            raise JimageError(f"its format has the version {version >> 16}; 1 is known")
        offsets = HEADER + 4 * slots
        self._locations = offsets + 4 * slots
        self._strings = self._locations + locations
        self._resources = self._strings + strings
        self._found = {
            name: (offset, stored, size)
            for name, offset, stored, size in self._classes(self._numbers(offsets, slots))
        }

    def names(self) -> Iterator[str]:
        """The classes' names as in class files, such as ``java/util/Map$Entry``."""
        return iter(self._found)

    def read(self, name: str) -> bytes:
        """The class file of one of `names`."""
        offset, stored, size = self._found[name]
        start = self._resources + offset
        if not stored:
            return self._data[start : start + size]
        data = self._data[start : start + stored]
        # A stack of compressions, the outermost first: jlink --compress.
        while len(data) >= 29 and struct.unpack_from(self._order + "I", data)[0] == COMPRESSED:
            _, length, _, how, _, _ = struct.unpack_from(self._order + "IQQIIB", data)
            if self._string(how) != "zip":
                raise JimageError(f"it is compressed by {self._string(how)!r}; take the JDK's own")
            data = zlib.decompress(data[29 : 29 + length])
        return data

    def _numbers(self, at: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f"{self._order}{count}I", self._data, at)

    def _string(self, offset: int) -> str:
        start = self._strings + offset
        return self._data[start : self._data.find(b"\0", start)].decode("utf-8")

    def _classes(self, offsets: tuple[int, ...]) -> Iterator[tuple[str, int, int, int]]:
        packages: dict[int, str] = {}
        extensions: dict[int, bool] = {}
        locations = self._data[self._locations : self._strings]
        for at in offsets:
            values = [0] * 8
            while locations[at] >> 3:
                kind, length = locations[at] >> 3, (locations[at] & 7) + 1
                values[kind] = int.from_bytes(locations[at + 1 : at + 1 + length], "big")
                at += 1 + length
            extension = values[EXTENSION]
            if extension not in extensions:
                extensions[extension] = self._string(extension) == "class"
            if not extensions[extension] or not values[PARENT]:
                continue
            package = packages.get(values[PARENT])
            if package is None:
                package = packages[values[PARENT]] = self._string(values[PARENT])
            base = self._string(values[BASE])
            yield f"{package}/{base}", values[OFFSET], values[STORED], values[SIZE]
