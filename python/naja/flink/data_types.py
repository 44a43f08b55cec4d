"""Which functions name the types of SQL, and which those of the DataStream API?

Both give the same: a `SqlType`. A text such as ``"ROW<a INT>"`` does wherever one is asked for.
"""

from __future__ import annotations

from naja.flink._sql_types import SqlType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    Field = tuple[str, SqlType]


def _simple(root: str) -> Any:
    def make(nullable: bool = True) -> SqlType:
        return SqlType(root, nullable=nullable)

    make.__name__ = make.__qualname__ = root
    make.__doc__ = f"The type {root}."
    return staticmethod(make)


class DataTypes:
    """The types of SQL by PyFlink's names; ``nullable`` says whether there may be NULL."""

    __module__ = "naja.flink"

    NULL = _simple("NULL")
    STRING = _simple("STRING")
    BOOLEAN = _simple("BOOLEAN")
    BYTES = _simple("BYTES")
    TINYINT = _simple("TINYINT")
    SMALLINT = _simple("SMALLINT")
    INT = _simple("INT")
    BIGINT = _simple("BIGINT")
    FLOAT = _simple("FLOAT")
    DOUBLE = _simple("DOUBLE")
    DATE = _simple("DATE")

    @staticmethod
    def CHAR(length: int, nullable: bool = True) -> SqlType:
        """Text of one length."""
        return SqlType("CHAR", str(length), nullable=nullable)

    @staticmethod
    def VARCHAR(length: int, nullable: bool = True) -> SqlType:
        """Text of at most some length."""
        return SqlType("VARCHAR", str(length), nullable=nullable)

    @staticmethod
    def BINARY(length: int, nullable: bool = True) -> SqlType:
        """Bytes of one length."""
        return SqlType("BINARY", str(length), nullable=nullable)

    @staticmethod
    def VARBINARY(length: int, nullable: bool = True) -> SqlType:
        """Bytes of at most some length."""
        return SqlType("VARBINARY", str(length), nullable=nullable)

    @staticmethod
    def DECIMAL(precision: int, scale: int, nullable: bool = True) -> SqlType:
        """Decimal numbers of some digits, of which some are behind the point."""
        return SqlType("DECIMAL", f"{precision}, {scale}", nullable=nullable)

    @staticmethod
    def TIME(precision: int = 0, nullable: bool = True) -> SqlType:
        """Times of day with some digits of a second."""
        return SqlType("TIME", str(precision), nullable=nullable)

    @staticmethod
    def TIMESTAMP(precision: int = 6, nullable: bool = True) -> SqlType:
        """Dates with times, without a zone."""
        return SqlType("TIMESTAMP", str(precision), nullable=nullable)

    @staticmethod
    def TIMESTAMP_LTZ(precision: int = 6, nullable: bool = True) -> SqlType:
        """Instants, shown in the zone of the session."""
        return SqlType("TIMESTAMP_LTZ", str(precision), nullable=nullable)

    TIMESTAMP_WITH_LOCAL_TIME_ZONE = TIMESTAMP_LTZ

    @staticmethod
    def ARRAY(element_type: SqlType, nullable: bool = True) -> SqlType:
        """Lists of a type."""
        return SqlType("ARRAY", children=[element_type], nullable=nullable)

    @staticmethod
    def LIST_VIEW(element_type: SqlType) -> SqlType:
        """A `ListView` in an accumulator."""
        return SqlType("LIST_VIEW", children=[element_type])

    @staticmethod
    def MAP(key_type: SqlType, value_type: SqlType, nullable: bool = True) -> SqlType:
        """Dicts of a type of keys and one of values."""
        return SqlType("MAP", children=[key_type, value_type], nullable=nullable)

    @staticmethod
    def MAP_VIEW(key_type: SqlType, value_type: SqlType) -> SqlType:
        """A `MapView` in an accumulator."""
        return SqlType("MAP_VIEW", children=[key_type, value_type])

    @staticmethod
    def MULTISET(element_type: SqlType, nullable: bool = True) -> SqlType:
        """Counts of the values of a type."""
        return SqlType("MULTISET", children=[element_type], nullable=nullable)

    @staticmethod
    def ROW(row_fields: Sequence[Field] = (), nullable: bool = True) -> SqlType:
        """Rows of fields, each made by `FIELD`."""
        names = [name for name, _ in row_fields]
        return SqlType("ROW", "", [each for _, each in row_fields], names, nullable)

    @staticmethod
    def FIELD(name: str, data_type: SqlType, description: str | None = None) -> Field:
        """A field of a row."""
        return name, data_type

    @staticmethod
    def YEAR(precision: int = 2) -> str:
        """Years as the resolution of an interval."""
        return f"YEAR({precision})"

    @staticmethod
    def MONTH() -> str:
        """Months as the resolution of an interval."""
        return "MONTH"

    @staticmethod
    def DAY(precision: int = 2) -> str:
        """Days as the resolution of an interval."""
        return f"DAY({precision})"

    @staticmethod
    def HOUR() -> str:
        """Hours as the resolution of an interval."""
        return "HOUR"

    @staticmethod
    def MINUTE() -> str:
        """Minutes as the resolution of an interval."""
        return "MINUTE"

    @staticmethod
    def SECOND(precision: int = 6) -> str:
        """Seconds as the resolution of an interval."""
        return f"SECOND({precision})"

    @staticmethod
    def INTERVAL(upper: str, lower: str | None = None, nullable: bool = True) -> SqlType:
        """Spans of time of one resolution, or from an upper to a lower one."""
        details = upper if lower is None else f"{upper} TO {lower}"
        return SqlType("INTERVAL", details, nullable=nullable)


def _basic(root: str, details: str = "") -> Any:
    def make() -> SqlType:
        return SqlType(root, details)

    make.__doc__ = f"The type {SqlType(root, details)}."
    return staticmethod(make)


class Types:
    """The types of the DataStream API by PyFlink's names.

    ``None`` stands for values that only Python can read, and what they are in is such a value too.
    """

    __module__ = "naja.flink"

    STRING = _basic("STRING")
    BYTE = _basic("TINYINT")
    BOOLEAN = _basic("BOOLEAN")
    SHORT = _basic("SMALLINT")
    INT = _basic("INT")
    LONG = _basic("BIGINT")
    FLOAT = _basic("FLOAT")
    DOUBLE = _basic("DOUBLE")
    CHAR = _basic("CHAR", "1")
    BIG_INT = _basic("DECIMAL", "38, 0")
    BIG_DEC = _basic("DECIMAL", "38, 18")
    INSTANT = _basic("TIMESTAMP_LTZ", "9")
    SQL_DATE = _basic("DATE")
    SQL_TIME = _basic("TIME", "0")
    SQL_TIMESTAMP = _basic("TIMESTAMP", "6")

    @staticmethod
    def PICKLED_BYTE_ARRAY() -> None:
        """Values that only Python can read."""
        return None

    @staticmethod
    def ROW(field_types: Sequence[SqlType | None]) -> SqlType | None:
        """Rows whose fields are called ``f0``, ``f1`` ..."""
        return Types.ROW_NAMED([f"f{index}" for index in range(len(field_types))], field_types)

    @staticmethod
    def ROW_NAMED(
        field_names: Sequence[str], field_types: Sequence[SqlType | None]
    ) -> SqlType | None:
        """Rows with names.

        Raises:
            ValueError: There are more or fewer names than types.
        """
        if len(field_names) != len(field_types):
            raise ValueError(f"{len(field_names)} names for {len(field_types)} types of fields")
        return _of("ROW", field_types, field_names)

    TUPLE = ROW

    @staticmethod
    def LIST(element_type: SqlType | None) -> SqlType | None:
        """Lists of a type."""
        return _of("ARRAY", [element_type])

    BASIC_ARRAY = OBJECT_ARRAY = LIST

    @staticmethod
    def PRIMITIVE_ARRAY(element_type: SqlType) -> SqlType | None:
        """Lists of a type without ``None``; of `BYTE`, ``bytes``."""
        return SqlType("BYTES") if element_type.root == "TINYINT" else _of("ARRAY", [element_type])

    @staticmethod
    def MAP(key_type: SqlType | None, value_type: SqlType | None) -> SqlType | None:
        """Dicts of a type of keys and one of values."""
        return _of("MAP", [key_type, value_type])


def _of(root: str, children: Sequence[SqlType | None], names: Sequence[str] = ()) -> SqlType | None:
    known = [each for each in children if each is not None]
    return SqlType(root, "", known, names) if len(known) == len(children) else None
