"""Read many broken pages: `python bench/fuzz.py COUNT [FIRST]`.

Prints what went wrong, with the page's number, and the slowest. The pages are those of
`tests/mutations.py`; a number always gives the same page.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from onrecord.errors import InputError
from onrecord.options import ReadingOptions
from onrecord.reading import read_page

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from mutations import broken_pages

SHOWN = 20


def main() -> int:
    count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    found: Counter[str] = Counter()
    slowest = (0.0, -1)
    for number, data in enumerate(broken_pages(count, first=first), start=first):
        start = time.perf_counter()
        try:
            read_page(data, str(number), ReadingOptions(kind="html"))
            found["read"] += 1
        except InputError as error:
            found[type(error).__name__] += 1
        except Exception:
            found["FAILED"] += 1
            if found["FAILED"] <= SHOWN:
                print(f"page {number}:\n{traceback.format_exc()}")
        slowest = max(slowest, (time.perf_counter() - start, number))
    print(", ".join(f"{name} {times:,}" for name, times in sorted(found.items())))
    print(f"slowest: {slowest[0]:.2f} s (page {slowest[1]})")
    return 1 if found["FAILED"] else 0


if __name__ == "__main__":
    sys.exit(main())
