"""One reader after another against many at once, of one worker with the eight threads that it has in production.

    SERVING_CASES=35000 .venv/bin/python -m tests.benchmarks.readers

What is compared is how many pages are answered in a second. Where requests wait for each other, in a lock or for a place,
many readers get fewer pages than one does; where they do not, the questions to the database overlap.
"""

import secrets
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from statistics import median, quantiles

from tests.benchmarks.serving import Reader, public_site, served

READERS, ROUNDS, PAGES = 8, 5, 160
SURNAMES = ("Мустафаєв", "Ivanenko", "Osmanov", "Коваль", "Abdullaiev", "Петренко", "Schulz", "Mustafayw")


def answers(port: int, paths: Sequence[str]) -> list[float]:
    """Ask for pages that nobody has asked for, one after another over one connection; return how long each took, in ms."""
    reader, took = Reader(port), []
    for path in paths:
        begun = time.perf_counter()
        status, _headers, body = reader.get(path, host=f"h{secrets.token_hex(4)}.localhost")
        took.append((time.perf_counter() - begun) * 1e3)
        if status != 200:
            raise SystemExit(f"{path}: {status}: {body[:300]!r}")
    return took


def pages(port: int) -> dict[str, list[str]]:
    links = Reader(port).get("/en/cases/?kind=contemporary")[2].decode().split('href="')
    profiles = [link.split('"')[0] for link in links]
    profiles = [path for path in profiles if path.startswith("/en/cases/") and path.count("/") == 5][:20]
    return {
        "profiles": profiles,
        "lists": ["/en/cases/", "/en/cases/?status=serving", "/uk/cases/?sex=male", "/en/cases/?order=arrest"],
        "searches": [f"/en/cases/?q={name}" for name in SURNAMES],
    }


def main() -> None:
    with public_site() as environment, served(environment, threads=READERS) as port:
        for name, paths in pages(port).items():
            asked = [paths[number % len(paths)] for number in range(PAGES)]
            answers(port, asked[: len(paths)])
            alone, together = [], []
            each: list[float] = []
            for _round in range(ROUNDS):
                begun = time.perf_counter()
                answers(port, asked)
                alone.append(PAGES / (time.perf_counter() - begun))
                shares = [list(islice(asked, first, None, READERS)) for first in range(READERS)]
                begun = time.perf_counter()
                with ThreadPoolExecutor(READERS) as crowd:
                    each += [took for share in crowd.map(lambda share: answers(port, share), shares) for took in share]
                together.append(PAGES / (time.perf_counter() - begun))
            slow = quantiles(each, n=20)[18]
            sys.stdout.write(
                f"{name:10} one reader {median(alone):6.0f} a second, {READERS} at once {median(together):6.0f}"
                f" ({median(together) / median(alone):.2f} times); each then waits {median(each):.1f} ms, 95 of 100 at most"
                f" {slow:.1f}\n"
            )


if __name__ == "__main__":
    main()
