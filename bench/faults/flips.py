"""One bit flipped anywhere in an index: `verify` finds it, and no search gives a wrong answer."""

import random
from collections.abc import Callable
from pathlib import Path

from bench.faults import archive
from bench.faults.result import Result
from indexer import CommuniqueError, Index, SearchRequest, parse_query
from indexer.embedded import EmbeddedEngine

QUERIES = ("drugs", "ministers borders", '"drugs and borders"', "pla*", "title:version1", "bordrs~")


def run(folder: Path, flips: int, seed: int) -> Result:
    """Flip so many bits, one at a time: half of them by bytes, half by files."""
    index = folder / "index"
    archive.create(index)
    archive.update(index, 1)
    archive.two_segments(index, 1)
    with EmbeddedEngine.open(index).writer() as writer:
        writer.delete("r07")
    right = _answers(index)
    chance = random.Random(seed)
    files = [p for p in sorted(index.rglob("*")) if p.is_file() and p.stat().st_size]
    sizes = [path.stat().st_size for path in files]
    result = Result("one bit flipped anywhere in the index", flips)
    for number in range(flips):
        path = chance.choice(files) if number % 2 else chance.choices(files, sizes)[0]
        whole = path.read_bytes()
        at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        name = f"{path.relative_to(index)}, byte {at}, bit {bit}"
        result.seen[_told(lambda: _answers(index), right, name, result)] += 1
        if not _found(index):
            result.faults.append(f"{name}: verify finds nothing")
        path.write_bytes(whole)
    if _answers(index) != right or _found(index):
        result.faults.append("the index is not as it was at the end")
    return result


def _answers(index: Path) -> list[object]:
    with Index.open(index) as opened:
        found: list[object] = [opened.statistics().releases, opened.facets, list(opened.ledger())]
        for query in QUERIES:
            asked = SearchRequest(parse_query(query), facets=tuple(opened.facets), page_size=50)
            page = opened.search(asked)
            found.append((page.total, page.hits, page.facets, page.build))
        return found


def _told(ask: Callable[[], object], right: object, name: str, result: Result) -> str:
    try:
        found = ask()
    except CommuniqueError as error:
        return f"told as {type(error).__name__}"
    except Exception as error:  # noqa: BLE001  # that is what is looked for
        result.faults.append(f"{name}: {type(error).__name__}: {error}")
        return "another error"
    if found != right:
        result.faults.append(f"{name}: a wrong answer")
        return "a wrong answer"
    return "right answers"


def _found(index: Path) -> bool:
    try:
        return bool(EmbeddedEngine.open(index).verify())
    except CommuniqueError:
        return True
