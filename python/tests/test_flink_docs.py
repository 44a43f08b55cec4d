from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from naja.flink._describe import describe

DOCS = Path(__file__).parents[2] / "docs" / "flink"

PRELUDE = """
from collections.abc import Iterator
from typing import NamedTuple, Optional
from naja.flink import AggregateFunction, Row, TableAggregateFunction, udaf, udtaf
"""


@pytest.fixture
def page(request):
    """What the snippets of a page define, in a module of their own."""
    made = []

    def load(*names):
        module = ModuleType("page")
        sys.modules["page"] = module
        made.append(module)
        exec(PRELUDE, vars(module))
        for name in names:
            for code in re.findall(r"```python\n(.*?)```", (DOCS / name).read_text(), re.DOTALL):
                if "pd." not in code:
                    exec(code, vars(module))
        return module

    yield load
    if made:
        del sys.modules["page"]


def test_functions_of_the_first_page(page):
    module = page("python-functions.md")
    assert describe(module.score)["types"] == ("DOUBLE", "STRING")
    assert describe(module.score)["nullable"] == (False, True)
    assert module.explain(60.0) == ("high", 0.6)
    assert describe(module.explain)["result"] == "ROW<label STRING, p DOUBLE>"
    assert describe(module.Model)["result"] == "BOOLEAN"


def test_tests_of_the_first_page_pass(page):
    module = page("aggregates.md", "table-functions.md", "python-functions.md")
    tests = [value for name, value in vars(module).items() if name.startswith("test_")]
    assert len(tests) == 5
    for test in tests:
        test()


def test_pandas_of_the_page_on_aggregates():
    pd = pytest.importorskip("pandas")
    from naja.flink import udaf

    text = (DOCS / "aggregates.md").read_text()
    (code,) = [c for c in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "pd." in c]
    scope = {"pd": pd, "udaf": udaf}
    exec(code, scope)
    frame = pd.DataFrame({"item": ["b", "a"], "at": [2, 1]})
    assert scope["visits"](frame) == "a|b"
    assert describe(scope["visits"])["arguments"] == ("item", "at")
