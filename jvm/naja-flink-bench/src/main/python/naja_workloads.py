"""The workloads of batches, as naja takes them."""

import flink_workloads

from naja.flink import udaf, udf

scaled = udf(flink_workloads.half, result_type="DOUBLE", func_type="pandas")
spread = udaf(flink_workloads.deviation, result_type="DOUBLE", func_type="pandas")
