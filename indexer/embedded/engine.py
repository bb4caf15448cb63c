"""The embedded engine: one folder, one Whoosh index, no server."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from whoosh.index import open_dir

from indexer.analysis import ANALYSIS_VERSION
from indexer.authority import Authority
from indexer.embedded import generations
from indexer.embedded.codec import EXTENSION, SectionFile
from indexer.embedded.searcher import EmbeddedSearcher
from indexer.embedded.writer import KEPT, EmbeddedWriter
from indexer.errors import CommuniqueError, IndexCorrupt, IndexUnavailable
from indexer.languages import LANGUAGE_NAMES

MANIFEST = "manifest.json"
AUTHORITY = "authority"


class EmbeddedEngine:
    """An index in a folder."""

    def __init__(self, folder: Path, authority: Authority) -> None:
        self.folder = folder
        self.authority = authority

    @classmethod
    def create(cls, folder: Path, authority: Authority) -> "EmbeddedEngine":
        """A new, empty index.

        Raises IndexUnavailable where the folder already holds something.
        """
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            held = "an index already" if generations.is_index(folder) else "other files"
            raise IndexUnavailable(f"{folder} holds {held}; name a new or an empty folder")
        folder.mkdir(parents=True, exist_ok=True)
        engine = cls(folder, authority)
        with engine.writer(rebuild=True):
            pass
        return engine

    @classmethod
    def open(cls, folder: Path, *, rebuild: bool = False) -> "EmbeddedEngine":
        """An index that is there; one of another analysis only to be rebuilt.

        Raises IndexUnavailable or IndexCorrupt.
        """
        kept = generations.current(folder) / KEPT
        try:
            manifest = json.loads((kept / MANIFEST).read_text(encoding="utf-8"))
            texts = {
                name: (kept / AUTHORITY / name).read_text(encoding="utf-8")
                for name in manifest["authority"]
            }
            analysis = manifest["analysis"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexCorrupt(f"the index in {folder} is incomplete: {error}") from error
        if analysis != ANALYSIS_VERSION and not rebuild:
            raise IndexUnavailable(
                f"the index in {folder} was made by analysis {analysis}, this version has "
                f"{ANALYSIS_VERSION}; rebuild it with: "
                f"communique index SOURCE --index {folder} --rebuild"
            )
        return cls(folder, Authority(texts))

    def searcher(self) -> EmbeddedSearcher:
        """A snapshot of the newest commit. Raises IndexUnavailable or IndexCorrupt."""
        generation = generations.current(self.folder)
        try:
            return self._searcher_of(generation)
        except IndexCorrupt:
            # Two commits may have passed since the pointer was read, and removed what it named.
            newest = generations.current(self.folder)
            if newest == generation:
                raise
            return self._searcher_of(newest)

    def _searcher_of(self, generation: Path) -> EmbeddedSearcher:
        try:
            return EmbeddedSearcher(open_dir(str(generation)), generation, self.authority)
        except CommuniqueError:
            raise
        # Whoosh and pickle raise whatever a damaged file makes them trip over.
        except Exception as error:
            raise IndexCorrupt(
                f"the index in {self.folder} cannot be read: {type(error).__name__}: {error}"
            ) from error

    def commit_seen(self) -> object:
        """A value that changes with every commit; cheap enough for every search."""
        return generations.current(self.folder)

    def reopened(self) -> "EmbeddedEngine":
        """This engine as the newest commit has it: that may have other authority files."""
        return self.open(self.folder)

    def writer(self, *, rebuild: bool = False) -> EmbeddedWriter:
        """The only writer. Raises IndexUnavailable where another one is at work."""
        writer = EmbeddedWriter(self.folder, self.authority.facets, LANGUAGE_NAMES, rebuild=rebuild)
        if rebuild:
            for name, text in self.authority.texts.items():
                writer.keep(f"{AUTHORITY}/{name}", text.split("\n"))
            manifest = {"analysis": ANALYSIS_VERSION, "authority": list(self.authority.texts)}
            writer.keep(MANIFEST, [json.dumps(manifest)])
        return writer

    def kept(self, name: str) -> Iterator[str]:
        """The lines that the newest commit kept under this name."""
        path = generations.current(self.folder) / KEPT / name
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                yield from (line.rstrip("\n") for line in file)

    def verify(self) -> Mapping[str, str]:
        """Faults by the damaged part: file checksums, then every stored release."""
        generation = generations.current(self.folder)
        faults = dict(generations.damage(generation))
        if faults:
            return faults | _damaged_sections(generation, faults)
        searcher = self.searcher()
        try:
            for release_id in searcher.ids():
                try:
                    searcher.release(release_id)
                except IndexCorrupt as error:
                    faults[release_id] = str(error)
        finally:
            searcher.close()
        return faults


def _damaged_sections(generation: Path, faults: Iterable[str]) -> dict[str, str]:
    """For each damaged segment what is damaged in it, where that can be told."""
    named: dict[str, str] = {}
    for name in faults:
        if name.endswith(EXTENSION) and (generation / name).is_file():
            try:
                sections = SectionFile.open(generation / name).damage()
            except CommuniqueError as error:
                sections = [str(error)]
            named |= {name: "; ".join(sections)} if sections else {}
    return named
