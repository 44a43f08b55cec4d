from __future__ import annotations

SCRIPT = """
import sys
sys.path[:0] = {path}
import naja.flink
{code}
"""

FUNCTIONS = """
from pyflink.common import Row, Time, Types
from pyflink.common.typeinfo import Types as again
from pyflink.datastream import KeyedProcessFunction, OutputTag, RuntimeContext
from pyflink.datastream.functions import AggregateFunction as Stream
from pyflink.datastream.state import StateTtlConfig, ValueStateDescriptor
from pyflink.table import DataTypes, ScalarFunction
from pyflink.table.udf import AggregateFunction, udf
from naja.flink._describe import describe

@udf(result_type=DataTypes.ROW([DataTypes.FIELD("a", DataTypes.DECIMAL(10, 2, False))]))
def function(a): ...

print(describe(function)["result"], Types is again, Stream is AggregateFunction)
print(Types.TUPLE([Types.LONG(), Types.PRIMITIVE_ARRAY(Types.BYTE())]))
"""


def run(isolated, code, path=()):
    return isolated(SCRIPT.format(code=code, path=[str(each) for each in path])).splitlines()


def test_functions_written_for_pyflink_run_without_it(isolated):
    assert run(isolated, FUNCTIONS) == [
        "ROW<a DECIMAL(10, 2) NOT NULL> True False",
        "ROW<f0 BIGINT, f1 BYTES>",
    ]


def test_what_is_no_part_of_a_function_says_who_stands_in(isolated):
    code = """
try:
    from pyflink.table import TableEnvironment
except ImportError as error:
    print(error)
try:
    import pyflink.fn_execution
except ImportError as error:
    print(error)
"""
    assert run(isolated, code) == [
        "cannot import name 'TableEnvironment' from 'pyflink.table' "
        "(naja.flink, which stands in for PyFlink where that is not installed)",
        "No module named 'pyflink.fn_execution'",
    ]


def test_installed_pyflink_is_left_alone(isolated, tmp_path):
    (tmp_path / "pyflink").mkdir()
    (tmp_path / "pyflink" / "__init__.py").write_text("")
    code = """
import pyflink
print(pyflink.__file__)
try:
    import pyflink.table
except ImportError as error:
    print(error)
"""
    assert run(isolated, code, [tmp_path]) == [
        str(tmp_path / "pyflink" / "__init__.py"),
        "No module named 'pyflink.table'",
    ]


def test_importing_naja_flink_imports_no_heavy_module(isolated):
    code = """
print(*sorted({"inspect", "typing", "ast", "dataclasses"} & set(sys.modules)))
"""
    assert run(isolated, code) == [""]
