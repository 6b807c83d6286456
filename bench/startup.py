"""How long `kg coverage` takes, next to merely importing click and networkx.

    .venv/bin/python bench/startup.py [PAIRS]

Whole processes, in turn, so that both meet the same machine; the ratio is pair by pair.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

BASELINE = [sys.executable, "-c", "import click, networkx"]
COMMAND = [sys.executable, "-m", "kg", "coverage"]


def seconds(command: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    seconds(BASELINE)
    seconds(COMMAND)
    times = [(seconds(COMMAND), seconds(BASELINE)) for _ in range(pairs)]
    for name, found in zip(
        ("kg coverage", "click, networkx"), zip(*times, strict=True), strict=True
    ):
        median, least = statistics.median(found) * 1000, min(found) * 1000
        print(f"{name:16} median {median:6.0f} ms, min {least:.0f}")
    ratios = [ours / theirs for ours, theirs in times]
    print(f"ratio            median {statistics.median(ratios):6.2f}, min {min(ratios):.2f}")


if __name__ == "__main__":
    main()
