"""How long a search page takes on the server, and how large it is.

    python -m bench.pages INDEX [--searches 200] [--write FILE]

INDEX is the folder of an index. Searches are one to four of the words that are frequent in it, a
third of them with a filter, an order or a later page; they are the same in every run, and no two
are alike. Times are of the processor, of the whole way from the request to the compressed answer,
made or kept, and of the engine within it. `--write` keeps 10,000 addresses, one a line, for a load
generator:

    communique serve --index INDEX --workers 2
    wrk -c 50 -t 2 -d 30 --latency -s bench/pages.lua http://127.0.0.1:8000 -- FILE
"""

import argparse
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time
from urllib.parse import parse_qsl, urlencode

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from bench.report import table
from indexer import Index
from webui import create_app
from webui.server import settle
from webui.state import SearchState

WRITTEN = 10_000
WARM = 50
"""Searches before those that are measured: what comes first reads the index from the disk."""
GZIP = {"Accept-Encoding": "gzip"}
_LETTERS = "abcdefghijklmnoprstuvwабвгдеилмнопрстуфэ"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("index", type=Path, help="the folder of an index")
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--write", type=Path, help="a file for the addresses")
    options = parser.parse_args(arguments)
    if not options.index.is_dir():
        print(f"skipped: there is no index in {options.index}")
        return 0
    with Index.open(options.index) as index:
        if options.write:
            written = "\n".join(addresses(index, WRITTEN)) + "\n"
            options.write.write_text(written, encoding="utf-8")
        urls = list(addresses(index, WARM + options.searches))
        print(measured(index, urls[:WARM], urls[WARM:]))
    return 0


def addresses(index: Index, count: int) -> Iterator[str]:
    """Addresses of searches for frequent words."""
    words = [word for letter in _LETTERS for word in index.complete(letter, 8) if len(word) > 3]
    chance = random.Random(7)
    given: set[str] = set()
    while len(given) < count:
        asked = [("q", " ".join(chance.sample(words, chance.choice([1, 2, 2, 3, 4]))))]
        start = chance.randrange(1995, 2024)
        match chance.randrange(6):
            case 0:
                asked += [("from", str(start)), ("to", str(start + 4))]
            case 1:
                asked += [chance.choice([("sort", "newest"), ("page", "2")])]
        url = f"/?{urlencode(asked)}"
        if url not in given:
            given.add(url)
            yield url


def measured(index: Index, before: Sequence[str], urls: Sequence[str]) -> str:
    """The table: times in milliseconds, sizes in bytes; some searches are made before."""
    client = create_app(index).test_client()
    for url in before:
        client.get(url, headers=GZIP)
    settle()  # As `communique serve` does.
    made, kept, engine, sizes = [], [], [], []
    for url in urls:
        time, size = _page(client, url)
        made.append(time)
        sizes.append(size)
        kept.append(_page(client, url)[0])
        engine.append(_engine_time(index, url))
    rows = [
        ["page made, ms of the processor", *_quantiles(made)],
        ["the same page again, kept", *_quantiles(kept)],
        ["engine for it, ms", *_quantiles(engine)],
        ["bytes sent", *_quantiles(sizes)],
    ]
    return "\n".join(table([f"{len(urls)} searches", "p50", "p95", "most"], rows))


def _page(client: FlaskClient, url: str) -> tuple[float, int]:
    """The time that a page takes, and its bytes."""
    began = process_time()
    answer = client.get(url, headers=GZIP)
    time = 1000 * (process_time() - began)
    assert answer.status_code == 200, url
    return time, len(answer.data)


def _engine_time(index: Index, url: str) -> float:
    state = SearchState.from_args(MultiDict(parse_qsl(url[2:])), index.facets)
    request = state.request(index.facets)
    began = process_time()
    index.search(request)
    return 1000 * (process_time() - began)


def _quantiles(values: Sequence[float]) -> list[str]:
    ordered = sorted(values)
    most = ordered[-1]
    return [f"{v:,.1f}" for v in (statistics.median(values), ordered[-len(ordered) // 20], most)]


if __name__ == "__main__":
    sys.exit(main())
