"""How fast an archive becomes an index: the whole way from files, beside the plain recipe.

    python -m bench.indexing DATA --senate FOLDER [--plain 500] [--limit 20000] [--jobs 2]

DATA is a folder that is made where it is absent; both indexes stay in it. The plain recipe is what
a user of Whoosh would write: read the file, langdetect, Whoosh's own writer with a stemming
analyzer over snowballstemmer in pure Python, without its cache of stems and with it. Each runs in
a process of its own; the recipe over a part of the archive, Communique over all of it or over
`--limit` files. Prints a table in Markdown.
"""

import argparse
import resource
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench.child import peak_bytes
from bench.report import table
from indexer import Index

_STRIDE = 7_919
"""Prime to every likely number of files: a part of the archive has all senators."""
MEMORY_MB = 256


@dataclass(frozen=True, slots=True)
class Figures:
    """What indexing some files cost."""

    files: int
    seconds: float
    cpu_seconds: float
    peak: int
    """Bytes of the process itself."""
    worker_peak: int
    """Bytes of the largest of its workers; 0 where it has none."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Index twice and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="a folder for the indexes")
    parser.add_argument("--senate", type=Path, help="the unpacked Senate archive")
    parser.add_argument("--plain", type=int, default=500, help="files for the plain recipe")
    parser.add_argument("--limit", type=int, help="files for Communique; all if not given")
    parser.add_argument("--jobs", type=int, default=2, help="processes of Communique")
    chosen = parser.parse_args(arguments)
    if chosen.senate is None or not chosen.senate.is_dir():
        print("skipped: --senate names no folder with the Senate archive", file=sys.stderr)
        return 0
    plain = [
        _alone(recipe, chosen.senate, chosen.data / "plain", chosen.plain, 1)
        for recipe in (plain_recipe, cached_recipe)
    ]
    own = _alone(communique, chosen.senate, chosen.data / "communique", chosen.limit, chosen.jobs)
    rows = [
        _row("plain recipe, each word stemmed", plain[0]),
        _row("plain recipe, stems remembered", plain[1]),
        _row(f"Communique, {chosen.jobs} processes", own),
    ]
    heads = ["", "files", "files/s", "CPU ms/file", "peak MB", "and of each worker"]
    print("\n".join(table(heads, rows)))
    ratios = [(_rate(own) / _rate(each), _cpu(each) / _cpu(own)) for each in plain]
    print(f"\nTimes as fast: {ratios[0][0]:.1f} and {ratios[1][0]:.1f}; by processor time")
    print(f"{ratios[0][1]:.1f} and {ratios[1][1]:.1f}.")
    return 0


def _rate(each: Figures) -> float:
    return each.files / each.seconds


def _cpu(each: Figures) -> float:
    return 1_000 * each.cpu_seconds / each.files


def _row(name: str, each: Figures) -> list[str]:
    return [
        name,
        f"{each.files:,}",
        f"{_rate(each):,.0f}",
        f"{_cpu(each):.2f}",
        f"{each.peak / 1e6:,.0f}",
        f"{each.worker_peak / 1e6:,.0f}" if each.worker_peak else "",
    ]


Work = Callable[[Sequence[Path], Path, int], None]


def _alone(work: Work, archive: Path, index: Path, limit: int | None, jobs: int) -> Figures:
    shutil.rmtree(index, ignore_errors=True)
    index.mkdir(parents=True)
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_measured, work, files_of(archive, limit), index, jobs).result()


def files_of(archive: Path, limit: int | None) -> list[Path]:
    """The files of the archive, or that many from all over it."""
    files = sorted(archive.rglob("*.txt"))
    if limit is None or limit >= len(files):
        return files
    return [files[at * _STRIDE % len(files)] for at in range(limit)]


def _measured(work: Work, files: Sequence[Path], index: Path, jobs: int) -> Figures:
    began, worked = time.perf_counter(), time.process_time()
    work(files, index, jobs)
    seconds, own = time.perf_counter() - began, time.process_time() - worked
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Figures(
        len(files),
        seconds,
        own + children.ru_utime + children.ru_stime,
        peak_bytes(),
        children.ru_maxrss * 1024,
    )


def communique(files: Sequence[Path], folder: Path, jobs: int) -> None:
    """The whole way: two passes of reading, account, groups, index."""
    with Index.create(folder) as index:
        index.add_corpus(*files, jobs=jobs)


def plain_recipe(files: Sequence[Path], folder: Path, _: int) -> None:
    """What one would write with Whoosh, langdetect and snowballstemmer."""
    _plain(files, folder, None)


def cached_recipe(files: Sequence[Path], folder: Path, _: int) -> None:
    """The same by one who knows that Whoosh's filter can remember stems."""
    _plain(files, folder, 50_000)


def _plain(files: Sequence[Path], folder: Path, cache: int | None) -> None:
    from langdetect import DetectorFactory, LangDetectException, detect
    from snowballstemmer.english_stemmer import EnglishStemmer
    from whoosh import fields, index
    from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter

    DetectorFactory.seed = 0
    stem = EnglishStemmer().stemWord
    analyzer = RegexTokenizer() | LowercaseFilter() | StemFilter(stemfn=stem, cachesize=cache)
    schema = fields.Schema(
        path=fields.ID(unique=True, stored=True),
        title=fields.TEXT(analyzer, stored=True),
        body=fields.TEXT(analyzer, stored=True),
        language=fields.ID(stored=True, sortable=True),
    )
    writer = index.create_in(str(folder), schema).writer(limitmb=MEMORY_MB)
    for path in files:
        title, _, body = path.read_text(encoding="utf-8", errors="replace").partition("\n")
        try:
            language = detect(body)
        except LangDetectException:
            language = "unknown"
        writer.add_document(path=str(path), title=title, body=body, language=language)
    writer.commit()


if __name__ == "__main__":
    sys.exit(main())
