"""The Python side of the benchmarks of tables, and what pyarrow alone takes for the same."""

import pyarrow

MESSAGES = []


def serialize(batch):
    """Keep the table as a stream of Arrow IPC messages for ``read``."""
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    MESSAGES[:] = [sink.getvalue()]


def read():
    """Make a DataFrame of the messages, which are in memory; return how many rows it has."""
    return len(pyarrow.ipc.open_stream(MESSAGES[0]).read_pandas())


def count(table):
    """Return how many rows a DataFrame or a RecordBatch has."""
    return len(table)
