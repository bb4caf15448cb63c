"""The books of an index before and after a build, with what outlives every build."""

from collections import deque
from collections.abc import Iterator
from itertools import chain

from indexer import earlier
from indexer.bookkeeping import Books
from indexer.engine import Due, Engine, Writer
from indexer.errors import IndexCorrupt, IndexUnavailable


def books_of(engine: Engine, *, rebuild: bool) -> Books:
    """The books of the last build; for a rebuild only what outlives it. Raises IndexCorrupt.

    Where that is damaged it begins anew, because rebuilding mends.
    """
    if not rebuild:
        return Books.load(engine.kept)
    try:
        for name in earlier.SHARDS:
            deque(engine.kept(name), maxlen=0)
        return Books.load_history(engine.kept)
    except (IndexCorrupt, IndexUnavailable) as error:
        return Books(notices=[f"the history of the sources begins anew: {error}"])


def keep_books(books: Books, engine: Engine, writer: Writer) -> None:
    """Keep the books with what is written, and what is replaced by it."""
    for name, lines in books.dump().items():
        writer.keep(name, lines)
    touched = set(map(earlier.shard_of, books.replaced))
    begins_empty = writer.due in (Due.RELEASES, Due.SOURCES)
    for name in earlier.SHARDS if begins_empty else sorted(touched):
        kept = () if books.notices else engine.kept(name)
        lines = chain(kept, _replaced(name, books, engine, writer.build))
        first = next(lines, None)
        if first is not None:
            writer.keep(name, chain((first,), lines))


def _replaced(shard: str, books: Books, engine: Engine, build: str) -> Iterator[str]:
    """The versions of a book that the build replaces."""
    wanted = {known for known in books.replaced if earlier.shard_of(known) == shard}
    for release in engine.stored(wanted.__contains__) if wanted else ():
        read_by, now = books.replaced[release.id].build, books.builds[build]
        yield earlier.dump(earlier.earlier_version(release, read_by, build, now))
