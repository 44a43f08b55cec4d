"""What do the SQL scripts that run on a cluster have in common?"""

from __future__ import annotations

import textwrap
from pathlib import Path


def write(path: Path, text: str) -> Path:
    """Writes a Python file whose text is indented as it stands in the test."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text))
    return path


def load(file: Path, functions: str, **options: str) -> str:
    """Loads naja's module with a shipped file."""
    settings = {"python.files": str(file), "functions": functions, **options}
    listed = ", ".join(f"'{key}' = '{value}'" for key, value in settings.items())
    return f"LOAD MODULE naja WITH ({listed});\n"


def numbers(rows: int, per_second: int = 100_000) -> str:
    """A table of the numbers from 1 on, in order, that remembers where it is."""
    return f"""
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '{per_second}',
          'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '{rows}');
    """


def sink(directory: Path, columns: str) -> str:
    """A table of files that hold each row exactly once."""
    return f"""
        CREATE TABLE results ({columns}) WITH (
          'connector' = 'filesystem', 'path' = '{directory.as_uri()}', 'format' = 'csv',
          'sink.rolling-policy.rollover-interval' = '1 s',
          'sink.rolling-policy.check-interval' = '1 s');
    """


def lines(directory: Path) -> list[str]:
    """The rows that have been committed."""
    files = [file for file in directory.rglob("*") if file.is_file() and file.name[0] not in "._"]
    return sorted(line for file in files for line in file.read_text().splitlines())
