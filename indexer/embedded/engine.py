"""The embedded engine: one folder, one Whoosh index, no server."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from whoosh.index import open_dir

from indexer.analysis import ANALYSIS_VERSION
from indexer.authority import Authority, Tree
from indexer.embedded import durable, generations
from indexer.embedded.generation import KEPT, Generation
from indexer.embedded.locks import WriterLock
from indexer.embedded.releases import fields_of, stored_releases
from indexer.embedded.schema import make_schema
from indexer.embedded.searcher import EmbeddedSearcher
from indexer.embedded.verification import verify
from indexer.embedded.writer import EmbeddedWriter
from indexer.engine import Build, Compaction, Due
from indexer.errors import CommuniqueError, IndexCorrupt, IndexUnavailable
from indexer.kernels import choice
from indexer.languages import LANGUAGE_NAMES
from indexer.release import Release

MANIFEST = "manifest.json"
AUTHORITY = "authority"
PARSED = "authority.json"
"""The authority files as TOML gives them, each with the SHA-256 of its text: to parse TOML would
take most of the time of opening."""


class EmbeddedEngine:
    """An index in a folder; `pinned` to a build, it answers from that one and writes nothing."""

    def __init__(self, folder: Path, authority: Authority, pinned: str | None = None) -> None:
        self.folder = folder
        self.authority = authority
        self.pinned = pinned
        self._pointer = folder / generations.POINTER

    @classmethod
    def create(cls, folder: Path, authority: Authority) -> "EmbeddedEngine":
        """A new, empty index.

        Raises IndexUnavailable where the folder already holds something, or cannot be made.
        """
        try:
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                held = "an index already" if generations.is_index(folder) else "other files"
                raise IndexUnavailable(f"{folder} holds {held}; name a new or an empty folder")
            durable.make_folder(folder)
        except OSError as error:
            raise IndexUnavailable(f"{folder} cannot be made: {error.strerror}") from error
        engine = cls(folder, authority)
        with engine.writer(rebuild=True) as writer:
            writer.describe("a new, empty index")
        return engine

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        update: bool = False,
        build: str | None = None,
        known: Authority | None = None,
    ) -> "EmbeddedEngine":
        """An index that is there; one of another analysis or schema only to be updated.

        Authority files that are `known` already are not parsed again. Raises IndexUnavailable or
        IndexCorrupt.
        """
        with generations.open_build(folder, build) as generation:
            authority = _authority_of(generation, known=known)
            if not update:
                _check_current(generation, authority)
            return cls(folder, authority, build)

    def searcher(self) -> EmbeddedSearcher:
        """A snapshot of the newest commit, or of the build that this engine is pinned to.

        Raises IndexUnavailable or IndexCorrupt.
        """
        generation = generations.open_build(self.folder, self.pinned)
        try:
            authority = _authority_of(generation, known=self.authority)
            _check_current(generation, authority)
            choice.load_soon()
            return EmbeddedSearcher(open_dir(str(generation.path)), generation, authority)
        except CommuniqueError:
            raise
        except (OSError, MemoryError) as error:
            fault = "out of memory" if isinstance(error, MemoryError) else error
            raise IndexUnavailable(f"the index in {self.folder} cannot be read: {fault}") from error
        # Whoosh and pickle raise whatever a damaged file makes them trip over.
        except Exception as error:
            raise IndexCorrupt(
                f"the index in {self.folder} cannot be read: {type(error).__name__}: {error}"
            ) from error

    def at(self, build: str) -> "EmbeddedEngine":
        """This engine pinned to a build that is kept. Raises IndexUnavailable or IndexCorrupt."""
        return self.open(self.folder, build=build, known=self.authority)

    def commit_seen(self) -> object:
        """A value that changes with every commit; cheap enough for every search."""
        return self.pinned or generations.seen(self._pointer)

    def reopened(self) -> "EmbeddedEngine":
        """This engine as the newest commit has it: that may have other authority files."""
        return self.open(self.folder, build=self.pinned, known=self.authority)

    def writer(self, *, rebuild: bool = False, keep: int | None = None) -> EmbeddedWriter:
        """The only writer. Raises IndexUnavailable where another one is at work."""
        with self._locked() as lock:
            if not rebuild:
                # Another process may have committed since this engine was opened.
                self.authority = self.reopened().authority
            due = Due.SOURCES if rebuild else Due.NOTHING
            return self._begun(lock, self.authority, due, keep)

    def update(
        self, authority: Authority | None, *, rebuild: bool = False, keep: int | None = None
    ) -> EmbeddedWriter:
        """The only writer, which says what is to be done again. Raises as `writer` does."""
        with self._locked() as lock:
            if rebuild:
                return self._begun(lock, authority or self.authority, Due.SOURCES, keep)
            with generations.open_build(self.folder) as generation:
                before = _authority_of(generation, known=self.authority)
                now = authority or before
                due = _due(generation, before, now)
            return self._begun(lock, now, due, keep, before)

    @contextmanager
    def _locked(self) -> Iterator[WriterLock]:
        """The lock of the writer that begins; what fails meanwhile lets it go."""
        if self.pinned:
            raise IndexUnavailable(f"build {self.pinned} never changes; open the index without it")
        lock = WriterLock(self.folder)
        try:
            yield lock
        except OSError as error:
            lock.release()
            raise IndexUnavailable(
                f"the index in {self.folder} cannot be written: {error}; it can still be searched"
            ) from error
        except BaseException:
            lock.release()
            raise

    def _begun(
        self,
        lock: WriterLock,
        authority: Authority,
        due: Due,
        keep: int | None,
        before: Authority | None = None,
    ) -> EmbeddedWriter:
        writer = EmbeddedWriter(self.folder, lock, authority, LANGUAGE_NAMES, due=due, keep=keep)
        if due is not Due.NOTHING:
            for name in set(before.texts if before else ()) - set(authority.texts):
                writer.forget(f"{AUTHORITY}/{name}")
            for name, text in authority.texts.items():
                writer.keep(f"{AUTHORITY}/{name}", text.removesuffix("\n").split("\n"))
            writer.keep(PARSED, [_parsed_text(authority)])
            manifest = {"analysis": ANALYSIS_VERSION, "authority": list(authority.texts)}
            writer.keep(MANIFEST, [json.dumps(manifest)])
        return writer

    def stored(self, wanted: Callable[[str], bool]) -> Iterator[Release]:
        """The releases of the newest commit whose ids are wanted, whatever analysis made it."""
        with generations.open_build(self.folder, self.pinned) as generation:
            yield from stored_releases(generation, wanted)

    def kept(self, name: str) -> Iterator[str]:
        """The lines that the newest commit kept under this name."""
        with generations.open_build(self.folder, self.pinned) as generation:
            yield from generation.lines(name)

    def builds(self) -> Sequence[Build]:
        """The builds that are kept, from the oldest on."""
        return generations.builds(self.folder)

    def compact(self) -> Compaction:
        """Make one segment of all. Raises IndexUnavailable where a writer is at work."""
        with self.writer() as writer:
            before = self.searcher().statistics()
            if writer.compact():
                writer.describe(f"compaction of {before.segments} segments")
                writer.commit()
            else:
                writer.rollback()
        return Compaction(before, self.searcher().statistics())

    def verify(self) -> Mapping[str, str]:
        """Faults by the damaged part: of the files of all builds, then of every stored release."""
        return verify(self.folder, self.searcher)


def _authority_of(generation: Generation, *, known: Authority | None = None) -> Authority:
    """The authority files of a build; `known` where it has the same. Raises IndexCorrupt."""
    names = _manifest(generation)[1]
    texts = {name: generation.text(f"{KEPT}/{AUTHORITY}/{name}") for name in names}
    return known if known and known.texts == texts else Authority(texts, _parsed(generation, texts))


def _parsed_text(authority: Authority) -> str:
    return json.dumps(
        {name: [_digest(authority.texts[name]), tree] for name, tree in authority.parsed().items()}
    )


def _parsed(generation: Generation, texts: Mapping[str, str]) -> dict[str, Tree]:
    """The files of a build that are parsed already: a build may be older, or continue one."""
    path = f"{KEPT}/{PARSED}"
    if path not in generation.files:
        return {}
    found = json.loads(generation.text(path))
    return {
        name: tree
        for name, (digest, tree) in found.items()
        if name in texts and digest == _digest(texts[name])
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _manifest(generation: Generation) -> tuple[str, list[str]]:
    """The analysis of a build, and the names of its authority files."""
    try:
        manifest = json.loads(generation.text(f"{KEPT}/{MANIFEST}"))
        return manifest["analysis"], list(manifest["authority"])
    except (ValueError, KeyError, TypeError) as error:
        raise IndexCorrupt(f"build {generation.id} is damaged: {MANIFEST}: {error}") from error


def _check_current(generation: Generation, authority: Authority) -> None:
    """Raises IndexUnavailable where another analysis or another schema made it."""
    analysis, folder = _manifest(generation)[0], generation.path.parents[1]
    if analysis != ANALYSIS_VERSION:
        made = f"by analysis {analysis}, this version has {ANALYSIS_VERSION}"
    elif _fields(authority) - fields_of(generation):
        made = "with other fields than this version has"
    else:
        return
    raise IndexUnavailable(
        f"the index in {folder} was made {made}; bring it up to date with: "
        f"communique index SOURCE --index {folder}"
    )


def _due(generation: Generation, before: Authority, now: Authority) -> Due:
    """What other authority files, another analysis or another schema ask for."""
    if (
        _manifest(generation)[0] != ANALYSIS_VERSION
        or fields_of(generation) != _fields(now)
        or not now.tags_as(before)
    ):
        return Due.RELEASES
    return Due.NOTHING if now.texts == before.texts else Due.SETTINGS


def _fields(authority: Authority) -> set[str]:
    return set(make_schema(authority.facets, LANGUAGE_NAMES).names())
