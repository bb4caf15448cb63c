"""A small archive in versions, so that an answer that mixes two of them can be seen."""

from collections.abc import Callable
from pathlib import Path

from indexer import Index, SearchRequest
from indexer.authority import Authority
from indexer.embedded import EmbeddedEngine
from indexer.embedded.codec import merge_policy
from indexer.errors import IndexUnavailable
from indexer.release import Language, Release, Source

RELEASES = 24
TEXT = "The ministers discussed drugs and borders in version{0} of their plan. " * 3
AUTHORITY = """
[facet]
name = "organization"
plural = "organizations"
[facet.label]
en = "Organization"
[[entry]]
id = "un"
[entry.label]
en = "United Nations"
[entry.names]
en = ["UN"]
"""


class MixtureError(AssertionError):
    """An index is neither as it was before nor as it is after."""


def authority() -> Authority:
    """One small authority file."""
    return Authority({"organizations.toml": AUTHORITY})


def create(folder: Path, version: int = 0) -> None:
    """A new index."""
    EmbeddedEngine.create(folder, authority())
    update(folder, version)


def _releases(version: int) -> list[Release]:
    return [
        Release(
            id=f"r{number:02}",
            source=Source(f"releases/r{number:02}.txt", "0" * 64),
            title=f"version{version}",
            body=TEXT.format(version),
            language=Language("en", 1.0),
        )
        for number in range(RELEASES)
    ]


def _write(folder: Path, version: int, *, rebuild: bool) -> None:
    with EmbeddedEngine.open(folder).writer(rebuild=rebuild) as writer:
        writer.describe(f"version{version}")
        for release in _releases(version):
            writer.add(release)
        writer.keep("books", [f"version{version}"] * 50)


def update(folder: Path, version: int) -> None:
    """Replace every release; the files of the build before are shared."""
    _write(folder, version, rebuild=False)


def rebuild(folder: Path, version: int) -> None:
    """Make every release anew."""
    _write(folder, version, rebuild=True)


def compact(folder: Path, version: int) -> None:  # noqa: ARG001  # changes no release
    """Make one segment of two."""
    EmbeddedEngine.open(folder).compact()


def corpus(folder: Path, version: int) -> Path:
    """Files of a version, beside the index."""
    made = folder.with_name(f"{folder.name}-corpus")
    made.mkdir(exist_ok=True)
    for number in range(4):
        text = f"version{version}\n\n\nRelease {number}. {TEXT.format(version)}\n"
        (made / f"c{number}.txt").write_text(text, encoding="utf-8")
    return made


def add_corpus(folder: Path, version: int) -> None:
    """Index files, the whole way: reading, groups, ledger."""
    with Index.open(folder) as index:
        index.add_corpus(corpus(folder, version))


def only_corpus(folder: Path, version: int) -> None:
    """Index these files and nothing else."""
    with Index.open(folder) as index:
        index.add_corpus(corpus(folder, version), rebuild=True)


Operation = Callable[[Path, int], None]


def two_segments(folder: Path, version: int) -> None:
    """Leave something to compact: this version once more, in a segment of its own."""
    policy = merge_policy.to_merge
    merge_policy.to_merge = lambda _segments: []  # type: ignore[assignment]
    try:
        with EmbeddedEngine.open(folder).writer() as writer:
            for release in _releases(version)[:3]:
                writer.add(release)
    finally:
        merge_policy.to_merge = policy


def version_of(folder: Path, *, older_too: bool = True) -> int | None:
    """The version that an index answers; None where there is no index.

    Builds before the current one must be sound as well if `older_too`. Raises MixtureError where
    it does not verify or its parts are of several versions, and CommuniqueError where it does not
    open.
    """
    try:
        index = Index.open(folder)
    except IndexUnavailable as error:
        if "there is no index" in str(error):
            return None
        raise
    with index:
        page = index.search(SearchRequest(page_size=1000))
        faults = index.verify()
        if any(older_too or part.startswith(page.build) for part in faults):
            raise MixtureError(f"verify: {faults}")
        titles = {hit.release.title for hit in page.hits}
        books = set(index.engine.searcher().kept("books"))
    if not titles and not books:
        return -1
    if len(titles) != 1 or (books and books != titles) or page.total != len(page.hits):
        raise MixtureError(f"{page.total} releases of {titles}, books of {books}")
    return int(titles.pop().removeprefix("version"))
