"""Calls the function of texts without Flink, until it is killed.

usage: python alone.py LENGTH FILE
"""

import mmap
import struct
import sys

import flink_workloads

BETWEEN = 50
"""Calls from one note of their number to the next."""


def main() -> None:
    """Call it with a text of so many characters, and leave in the file how often, as RowMeter does."""
    text = '{"Text": "' + "aB" * (int(sys.argv[1]) // 2) + '"}'
    calls = 0
    with open(sys.argv[2], "r+b") as file, mmap.mmap(file.fileno(), 8) as noted:
        while True:
            for _ in range(BETWEEN):
                flink_workloads.lowered(text)
            calls += BETWEEN
            struct.pack_into("=q", noted, 0, calls)


if __name__ == "__main__":
    main()
