"""Runs one workload with PyFlink; prints the rows and the seconds of each job as JSON.

usage: python pyflink_jobs.py thread|process WORKLOAD.sql LENGTH ROWS...
"""

import json
import sys
import time
from pathlib import Path

import flink_workloads
import jobs
from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udaf, udf


def main() -> None:
    """Run the jobs that the command line names."""
    mode, path, length, *rows = sys.argv[1:]
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
    taken = []
    for count in rows:
        for table in ("source", "sink"):
            tables.execute_sql(f"DROP TEMPORARY TABLE IF EXISTS {table}")
        for statement in jobs.statements(Path(path).read_text(), count, length, call=True):
            began = time.perf_counter()
            result = tables.execute_sql(statement)
            if statement.startswith("INSERT"):
                result.wait()
                taken.append([int(count), time.perf_counter() - began])
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
