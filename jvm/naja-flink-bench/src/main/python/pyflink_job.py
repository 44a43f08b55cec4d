"""Runs a job of SQL with PyFlink until it ends or is killed: as SqlJob.java does without.

usage: python pyflink_job.py thread|process SQL KEY=VALUE...
"""

import sys

import flink_workloads
from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udaf, udf


def main() -> None:
    """Run the statements in the mode that the command line names."""
    mode, statements, *settings = sys.argv[1:]
    tables = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    config = tables.get_config()
    for setting in settings:
        config.set(*setting.split("=", 1))
    config.set("python.execution-mode", mode)
    config.set("python.executable", sys.executable)
    tables.create_temporary_function("noop", udf(flink_workloads.noop, result_type="BIGINT"))
    tables.create_temporary_function("lowered", udf(flink_workloads.lowered, result_type="STRING"))
    if mode == "process":
        pandas = {"result_type": "DOUBLE", "func_type": "pandas"}
        tables.create_temporary_function("scaled", udf(flink_workloads.half, **pandas))
        tables.create_temporary_function("spread", udaf(flink_workloads.deviation, **pandas))
    for statement in statements.split(";"):
        tables.execute_sql(statement).wait()


if __name__ == "__main__":
    main()
