"""Calls the function of texts without Flink: as often as standard input says, by numbers in lines.

usage: python alone.py LENGTH
"""

import sys
import time

import flink_workloads


def main() -> None:
    """Say how many seconds the calls of each line took, with a text of so many characters."""
    text = '{"Text": "' + "aB" * (int(sys.argv[1]) // 2) + '"}'
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            flink_workloads.lowered(text)
        print("turn over", time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
