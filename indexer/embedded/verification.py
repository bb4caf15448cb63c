"""Verifying an index: the files of every build that is kept, then every stored release."""

from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.embedded import fixity, generations
from indexer.embedded.codec import EXTENSION, SectionFile
from indexer.embedded.locks import Hold
from indexer.embedded.searcher import EmbeddedSearcher
from indexer.errors import CommuniqueError, IndexCorrupt


def verify(folder: Path, searcher: Callable[[], EmbeddedSearcher]) -> dict[str, str]:
    """Faults by the damaged part: BUILD/FILE, or the id of a release. Raises IndexUnavailable."""
    known: dict[tuple[int, int], str] = {}
    faults = {}
    for path in generations.build_folders(folder):
        for name, fault in _damage(path, known):
            faults[f"{path.name}/{name}"] = fault
    return faults or dict(_damaged_releases(searcher()))


def _damage(path: Path, known: dict[tuple[int, int], str]) -> Iterator[tuple[str, str]]:
    try:
        hold = Hold(path / fixity.BUILD)
    except FileNotFoundError:
        # A writer has just let it go, or it is half of a copy.
        if path.is_dir():
            yield fixity.BUILD, "the list of files is missing: the build is incomplete"
        return
    for name, fault in fixity.damage(path, known):
        yield name, _sections(path / name) or fault
    hold.close()


def _sections(path: Path) -> str:
    """What is damaged in a segment, where that can be told."""
    if path.suffix != EXTENSION or not path.is_file():
        return ""
    try:
        return "; ".join(SectionFile.open(path).damage())
    except CommuniqueError as error:
        return str(error)


def _damaged_releases(searcher: EmbeddedSearcher) -> Iterator[tuple[str, str]]:
    try:
        for release_id in searcher.ids():
            try:
                searcher.release(release_id)
            except IndexCorrupt as error:
                yield release_id, str(error)
    finally:
        searcher.close()
