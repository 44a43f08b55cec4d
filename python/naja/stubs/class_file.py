"""What does a class file declare (JVMS 4)? Only what stubs need of it is read."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Union

from .java_types import ClassType, JavaType, Signature, TypeParameter, Variable

PUBLIC, STATIC, FINAL, VARARGS = 0x0001, 0x0008, 0x0010, 0x0080
INTERFACE, ABSTRACT, SYNTHETIC, ENUM = 0x0200, 0x0400, 0x1000, 0x4000

Constant = Union[int, float, str]


class ClassFileError(Exception):
    """What was to be read is no class file, or a damaged one."""


@dataclass(frozen=True)
class Field:
    """A public field."""

    name: str
    flags: int
    type: JavaType
    constant: Constant | None = None


@dataclass(frozen=True)
class Method:
    """A public method or constructor; ``owner`` is the class that declares it."""

    owner: str
    name: str
    flags: int
    parameters: tuple[JavaType, ...]
    result: JavaType
    names: tuple[str, ...]
    type_parameters: tuple[TypeParameter, ...] = ()


@dataclass
class ClassFile:
    """A class; names are binary ones with dots (``java.util.Map$Entry``)."""

    name: str
    flags: int
    supertypes: list[ClassType] = field(default_factory=list)
    type_parameters: tuple[TypeParameter, ...] = ()
    fields: list[Field] = field(default_factory=list)
    methods: list[Method] = field(default_factory=list)
    #: Simple name and binary name of each public member class, as far as class files tell.
    nested: dict[str, str] = field(default_factory=dict)
    outer: str | None = None
    #: Whether it says that it is a functional interface.
    functional: bool = False

    @property
    def is_interface(self) -> bool:
        """Whether it is an interface."""
        return bool(self.flags & INTERFACE)

    @property
    def is_public(self) -> bool:
        """Whether it is declared public."""
        return bool(self.flags & PUBLIC)

    @property
    def is_abstract(self) -> bool:
        """Whether it has no instances of its own."""
        return bool(self.flags & ABSTRACT)


class Members:
    """The constants and attributes of one class file while it is read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, format_: str) -> tuple[int, ...]:
        """Reads big-endian numbers."""
        values = struct.unpack_from(">" + format_, self._data, self._at)
        self._at += struct.calcsize(">" + format_)
        return values

    def number(self, format_: str = "H") -> int:
        """Reads one big-endian number."""
        return self.take(format_)[0]

    def constants(self) -> None:
        """Reads the constant pool."""
        count = self.number()
        self._pool: list[tuple[int, int, int]] = [(0, 0, 0)] * count
        index = 1
        while index < count:
            tag = self._data[self._at]
            size = (
                struct.unpack_from(">H", self._data, self._at + 1)[0] + 2
                if tag == 1
                else SIZES[tag]
            )
            self._pool[index] = (tag, self._at + 1, size)
            self._at += 1 + size
            index += 2 if tag in (5, 6) else 1

    def text(self, index: int) -> str:
        """A constant of text, in Java's modified UTF-8."""
        _, at, size = self._pool[index]
        raw = self._data[at + 2 : at + size]
        if raw.isascii():
            return raw.decode("ascii")
        text = raw.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")

    def class_name(self, index: int) -> str:
        """The binary name of a class constant; empty for index 0."""
        if index == 0:
            return ""
        at = self._pool[index][1]
        return self.text(struct.unpack_from(">H", self._data, at)[0]).replace("/", ".")

    def constant(self, index: int) -> Constant:
        """The value of a constant field."""
        tag, at, _ = self._pool[index]
        if tag == 8:
            return self.text(struct.unpack_from(">H", self._data, at)[0])
        value: Constant = struct.unpack_from(
            {3: ">i", 4: ">f", 5: ">q", 6: ">d"}[tag], self._data, at
        )[0]
        return value

    def attributes(self) -> dict[str, Members]:
        """The attributes that come next, each to be read on its own."""
        found = {}
        for _ in range(self.number()):
            name, size = self.text(self.number()), self.number("I")
            found[name] = self._part()
            self.skip(size)
        return found

    def _part(self) -> Members:
        part = Members(self._data)
        part._at, part._pool = self._at, self._pool
        return part

    def skip(self, size: int) -> None:
        """Leaves bytes out."""
        self._at += size
        if self._at > len(self._data):
            raise IndexError("it ends too early")

    def signature(self, attributes: Mapping[str, Members], descriptor: str) -> str:
        """The generic signature, or what stands in for it."""
        given = attributes.get("Signature")
        return self.text(given.number()) if given else descriptor


#: Sizes of the constants by tag, without those of text.
SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4}
SIZES.update({19: 2, 20: 2})


def read(data: bytes) -> ClassFile:
    """Reads a class file.

    Returns:
        The class without what is not public, and without what the compiler added.

    Raises:
        ClassFileError: The bytes are no class file.
    """
    if data[:4] != b"\xca\xfe\xba\xbe":
        raise ClassFileError("it does not begin with CAFEBABE, as every class file does")
    try:
        found = _read(Members(data))
    except (IndexError, KeyError, ValueError, struct.error) as error:
        raise ClassFileError(f"it is damaged ({type(error).__name__}: {error})") from error
    # Nothing but the annotation needs the name of its class.
    found.functional = b"Ljava/lang/FunctionalInterface;" in data
    return found


def _read(reader: Members) -> ClassFile:
    reader.take("IHH")
    reader.constants()
    flags, this, parent = reader.take("HHH")
    found = ClassFile(reader.class_name(this), flags)
    interfaces = [reader.class_name(reader.number()) for _ in range(reader.number())]
    fields, methods = _members(reader), _members(reader)
    attributes = reader.attributes()

    named = ([reader.class_name(parent)] if parent and not flags & INTERFACE else []) + interfaces
    plain = "".join(f"L{name.replace('.', '/')};" for name in named)
    # Variables of enclosing classes, which Python cannot express, are read as Object.
    signature = Signature(reader.signature(attributes, plain), {})
    found.type_parameters = signature.type_parameters(found.name)
    found.supertypes = signature.class_types()
    if flags & INTERFACE and "Signature" in attributes:
        del found.supertypes[0]  # Object, which every interface's signature names.
    _read_nested(reader, attributes, found)
    for member in fields:
        if member.is_visible:
            constant = member.attributes.get("ConstantValue")
            generic = reader.signature(member.attributes, member.descriptor)
            kind = Signature(generic, signature.scope).type()
            value = reader.constant(constant.number()) if constant else None
            found.fields.append(Field(member.name, member.flags, kind, value))
    for member in methods:
        if member.is_visible and member.name != "<clinit>":
            found.methods.append(_method(reader, found.name, signature.scope, member))
    return found


class _Member(NamedTuple):
    flags: int
    name: str
    descriptor: str
    attributes: dict[str, Members]

    @property
    def is_visible(self) -> bool:
        return bool(self.flags & PUBLIC) and not self.flags & SYNTHETIC


def _members(reader: Members) -> list[_Member]:
    found = []
    for _ in range(reader.number()):
        flags, name, descriptor = reader.take("HHH")
        texts = reader.text(name), reader.text(descriptor)
        found.append(_Member(flags, *texts, reader.attributes()))
    return found


def _read_nested(reader: Members, attributes: Mapping[str, Members], found: ClassFile) -> None:
    table = attributes.get("InnerClasses")
    for _ in range(table.number() if table else 0):
        assert table is not None
        inner, outer, name, flags = table.take("HHHH")
        if reader.class_name(inner) == found.name:
            found.flags = flags | found.flags & INTERFACE
            found.outer = reader.class_name(outer) or ""
        elif reader.class_name(outer) == found.name and flags & PUBLIC and not flags & SYNTHETIC:
            found.nested[reader.text(name)] = reader.class_name(inner)


def _method(reader: Members, owner: str, scope: Mapping[str, Variable], member: _Member) -> Method:
    name, descriptor, attributes = member.name, member.descriptor, member.attributes
    erased = Signature(descriptor, {}).parameters()
    signature = Signature(reader.signature(attributes, descriptor), scope)
    type_parameters = signature.type_parameters(f"{owner}.{name}{descriptor}")
    parameters = signature.parameters()
    result = signature.type()
    # Signatures leave out what the compiler added: an outer instance, an enum's name and number.
    if len(parameters) != len(erased):
        parameters = erased[: len(erased) - len(parameters)] + parameters
    names = _parameter_names(reader, member, erased)
    return Method(owner, name, member.flags, parameters, result, names, type_parameters)


def _parameter_names(
    reader: Members, member: _Member, parameters: tuple[JavaType, ...]
) -> tuple[str, ...]:
    """Names by javac's ``-parameters`` or ``-g``, else ``arg0`` and so on."""
    names = [f"arg{index}" for index in range(len(parameters))]
    given = member.attributes.get("MethodParameters")
    if given:
        for index in range(min(given.number("B"), len(names))):
            name, _ = given.take("HH")
            names[index] = reader.text(name) if name else names[index]
        return tuple(names)
    code = member.attributes.get("Code")
    if not code:
        return tuple(names)
    code.take("HH")
    code.skip(code.number("I"))
    code.skip(8 * code.number())
    variables = code.attributes().get("LocalVariableTable")
    slots = {}
    for _ in range(variables.number() if variables else 0):
        assert variables is not None
        start, _, name, _, slot = variables.take("HHHHH")
        if start == 0:
            slots[slot] = reader.text(name)
    slot = 0 if member.flags & STATIC else 1
    for index, parameter in enumerate(parameters):
        names[index] = slots.get(slot, names[index])
        slot += 2 if getattr(parameter, "code", "") in ("J", "D") else 1
    return tuple(names)
