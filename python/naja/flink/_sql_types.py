"""What is a SQL type in Python, and how is its text read?

The grammar is that of Flink's ``LogicalTypeParser``, which has the last word when a job is planned.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

#: The names that stand for themselves: their root, and how many numbers may follow in brackets.
_NAMES = {
    "CHAR": ("CHAR", 1),
    "VARCHAR": ("VARCHAR", 1),
    "STRING": ("STRING", 0),
    "BOOLEAN": ("BOOLEAN", 0),
    "BINARY": ("BINARY", 1),
    "VARBINARY": ("VARBINARY", 1),
    "BYTES": ("BYTES", 0),
    "DECIMAL": ("DECIMAL", 2),
    "DEC": ("DECIMAL", 2),
    "NUMERIC": ("DECIMAL", 2),
    "TINYINT": ("TINYINT", 0),
    "SMALLINT": ("SMALLINT", 0),
    "INT": ("INT", 0),
    "INTEGER": ("INT", 0),
    "BIGINT": ("BIGINT", 0),
    "FLOAT": ("FLOAT", 0),
    "DOUBLE": ("DOUBLE", 0),
    "DATE": ("DATE", 0),
    "TIME": ("TIME", 1),
    "TIMESTAMP": ("TIMESTAMP", 1),
    "TIMESTAMP_LTZ": ("TIMESTAMP_LTZ", 1),
    "NULL": ("NULL", 0),
    "VARIANT": ("VARIANT", 0),
}

_TOKEN = re.compile(r"\s*(?:(\w+)|`((?:[^`]|``)+)`|'((?:[^']|'')*)'|([<>(),:.]))", re.ASCII)

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class SqlType:
    """A SQL type of Flink's; immutable and hashable. ``str`` of it is its text in SQL.

    Attributes:
        root: ``"BIGINT"``, ``"ARRAY"``, ``"ROW"`` ...; Flink's names, and ``"STRING"``,
            ``"BYTES"``, ``"TIMESTAMP_LTZ"`` as in SQL.
        details: What follows the root in brackets, as text: ``"10, 2"``; empty if nothing does.
        children: The types within: of an element, of key and value, of the fields of a row.
        names: The names of a row's fields.
        nullable: Whether there may be NULL.
    """

    __module__ = "naja.flink"
    __slots__ = ("children", "details", "names", "nullable", "root")

    def __init__(
        self,
        root: str,
        details: str = "",
        children: Sequence[SqlType] = (),
        names: Sequence[str] = (),
        nullable: bool = True,
    ) -> None:
        self.root, self.details, self.nullable = root, details, nullable
        self.children, self.names = tuple(children), tuple(names)

    def not_null(self) -> SqlType:
        """The same type without NULL."""
        return SqlType(self.root, self.details, self.children, self.names, False)

    def null(self) -> SqlType:
        """The same type with NULL."""
        return SqlType(self.root, self.details, self.children, self.names)

    def description(self) -> Any:
        """The type as `naja.flink._adapt` takes it: the root, or a tuple that begins with it."""
        if self.root == "ROW":
            return "ROW", self.names, tuple(each.description() for each in self.children)
        if self.children:
            return (self.root, *(each.description() for each in self.children))
        return self.root

    def __str__(self) -> str:
        if self.root == "ROW":
            fields = zip(self.names, self.children)
            inside = ", ".join(f"{_quoted(name)} {each}" for name, each in fields)
            text = f"ROW<{inside}>"
        elif self.children:
            text = f"{self.root}<{', '.join(map(str, self.children))}>"
        elif self.root == "INTERVAL":
            text = f"INTERVAL {self.details}"
        else:
            text = f"{self.root}({self.details})" if self.details else self.root
        return text if self.nullable else f"{text} NOT NULL"

    def __repr__(self) -> str:
        return f"<SQL type {self}>"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, SqlType) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))


def parse(text: str) -> SqlType:
    """The type that a text such as ``ROW<a INT, b ARRAY<STRING>>`` names.

    Raises:
        ValueError: The text is not one type; says where it stops being one.
    """
    parser = _Parser(text)
    found = parser.type()
    parser.end()
    return found


def parse_all(text: str) -> list[SqlType]:
    """The types of a list such as ``BIGINT, DECIMAL(10, 2)``.

    Raises:
        ValueError: The text is no list of types.
    """
    parser = _Parser(text)
    found = [parser.type()]
    while parser.take(","):
        found.append(parser.type())
    parser.end()
    return found


def _quoted(name: str) -> str:
    return name if _PLAIN_NAME.match(name) else "`" + name.replace("`", "``") + "`"


class _Parser:
    """Reads one text from the left, a token at a time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[tuple[str, str, int]] = []
        at = 0
        text = text.rstrip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise ValueError(f"{self._text!r} is no SQL type: {text[at:].strip()!r}")
            group = match.lastindex or 1
            kind = ("word", "name", "literal", "sign")[group - 1]
            self._tokens.append((kind, match.group(group), match.start()))
            at = match.end()
        self._tokens.append(("end", "", len(text)))
        self._next = 0

    def type(self) -> SqlType:
        kind, word, _ = self._tokens[self._next]
        if kind != "word":
            raise self._error("a type")
        self._next += 1
        found = self._of_name(word.upper())
        while True:
            if self.take("NOT"):
                self._want("NULL")
                found = found.not_null()
            elif self.take("NULL"):
                found = found.null()
            elif self.take("ARRAY"):
                found = SqlType("ARRAY", children=[found])
            elif self.take("MULTISET"):
                found = SqlType("MULTISET", children=[found])
            else:
                return found

    def _of_name(self, word: str) -> SqlType:
        if word in ("ARRAY", "MULTISET"):
            return SqlType(word, children=self._children(1))
        if word == "MAP":
            return SqlType(word, children=self._children(2))
        if word == "ROW":
            return self._row()
        if word == "RAW":
            return SqlType(word, self._raw())
        if word == "INTERVAL":
            return SqlType(word, self._interval())
        if word not in _NAMES:
            self._next -= 1
            raise self._error("a type")
        root, numbers = _NAMES[word]
        details = self._numbers(numbers) if numbers else ""
        if word == "DOUBLE":
            self.take("PRECISION")
        if root in ("TIME", "TIMESTAMP"):
            root = self._zone(root)
        return SqlType(root, details)

    def _children(self, count: int) -> list[SqlType]:
        self._want("<")
        children = [self.type()]
        for _ in range(count - 1):
            self._want(",")
            children.append(self.type())
        self._want(">")
        return children

    def _row(self) -> SqlType:
        closing = ")" if self.take("(") else ">"
        if closing == ">":
            self._want("<")
        names: list[str] = []
        types: list[SqlType] = []
        while not self.take(closing):
            if types:
                self._want(",")
            names.append(self._name())
            types.append(self.type())
            if self._tokens[self._next][0] == "literal":
                self._next += 1  # What a field is for.
        return SqlType("ROW", children=types, names=names)

    def _name(self) -> str:
        kind, word, _ = self._tokens[self._next]
        if kind not in ("word", "name"):
            raise self._error("the name of a field")
        self._next += 1
        return word.replace("``", "`") if kind == "name" else word

    def _raw(self) -> str:
        self._want("(")
        literals: list[str] = []
        while not self.take(")"):
            if literals:
                self._want(",")
            kind, word, _ = self._tokens[self._next]
            if kind != "literal":
                raise self._error("a text in quotes")
            self._next += 1
            literals.append(f"'{word}'")
        return ", ".join(literals)

    def _interval(self) -> str:
        words = []
        for _ in range(2):
            kind, word, _ = self._tokens[self._next]
            if kind != "word" or word.upper() not in _INTERVALS:
                raise self._error(f"one of {', '.join(_INTERVALS)}")
            self._next += 1
            numbers = self._numbers(1)
            words.append(word.upper() + (f"({numbers})" if numbers else ""))
            if not self.take("TO"):
                break
        return " TO ".join(words)

    def _numbers(self, most: int) -> str:
        if not self.take("("):
            return ""
        numbers: list[str] = []
        while len(numbers) < most:
            kind, word, _ = self._tokens[self._next]
            if kind != "word" or not word.isdigit():
                raise self._error("a number")
            self._next += 1
            numbers.append(word)
            if not self.take(","):
                break
        self._want(")")
        return ", ".join(numbers)

    def _zone(self, root: str) -> str:
        if self.take("WITHOUT"):
            self._want("TIME")
            self._want("ZONE")
        elif root == "TIMESTAMP" and self.take("WITH"):
            local = self.take("LOCAL")
            self._want("TIME")
            self._want("ZONE")
            return "TIMESTAMP_LTZ" if local else "TIMESTAMP_TZ"
        return root

    def take(self, word: str) -> bool:
        kind, found, _ = self._tokens[self._next]
        if kind not in ("word", "sign") or found.upper() != word:
            return False
        self._next += 1
        return True

    def end(self) -> None:
        if self._tokens[self._next][0] != "end":
            raise self._error("its end")

    def _want(self, word: str) -> None:
        if not self.take(word):
            raise self._error(repr(word))

    def _error(self, wanted: str) -> ValueError:
        rest = self._text[self._tokens[self._next][2] :].strip()
        found = f"found {rest!r}" if rest else "it ends"
        return ValueError(f"{self._text!r} is no SQL type: expected {wanted}, {found}")


_INTERVALS = ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")
