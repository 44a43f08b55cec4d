"""How the benchmarks are prepared, run and reported; only the standard library is needed."""
