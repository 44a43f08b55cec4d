"""Runs SQL with PyFlink when it is told to: as SqlJobs.java does without.

usage: python pyflink_jobs.py thread|process
"""

import sys
import time

import flink_workloads
from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udaf, udf


def main() -> None:
    """Run what standard input says in the mode that the command line names."""
    mode = sys.argv[1]
    tables = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    config = tables.get_config()
    config.set("parallelism.default", "1")
    config.set("pipeline.object-reuse", "true")
    config.set("python.execution-mode", mode)
    config.set("python.executable", sys.executable)
    tables.create_temporary_function("noop", udf(flink_workloads.noop, result_type="BIGINT"))
    tables.create_temporary_function("lowered", udf(flink_workloads.lowered, result_type="STRING"))
    if mode == "process":
        pandas = {"result_type": "DOUBLE", "func_type": "pandas"}
        tables.create_temporary_function("scaled", udf(flink_workloads.half, **pandas))
        tables.create_temporary_function("spread", udaf(flink_workloads.deviation, **pandas))
    for line in sys.stdin:
        for statement in line.split(";"):
            began = time.perf_counter()
            result = tables.execute_sql(statement)
            if statement.strip().startswith("INSERT"):
                result.wait()
                print("turn over", time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
