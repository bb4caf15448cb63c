"""The releases of a build as they are stored, whatever analysis and authority files made it."""

from collections.abc import Callable, Iterator

from whoosh.filedb.filestore import FileStorage
from whoosh.index import _DEF_INDEX_NAME, TOC

from indexer.embedded import stored
from indexer.embedded.codec.segments import checked
from indexer.embedded.generation import Generation
from indexer.errors import IndexCorrupt
from indexer.release import Release


def stored_releases(generation: Generation, wanted: Callable[[str], bool]) -> Iterator[Release]:
    """Those whose ids are wanted, a segment after the other. Raises IndexCorrupt."""
    storage, toc = _opened(generation)
    for segment in map(checked, toc.segments):
        data = segment.data(storage)
        for doc, key in enumerate(data.key_terms("id")):
            if not segment.is_deleted(doc) and wanted(key.decode()):
                yield stored.load(data.records.read(doc)["release"])


def fields_of(generation: Generation) -> set[str]:
    """The names of the fields that a build has."""
    return set(_opened(generation)[1].schema.names())


def _opened(generation: Generation) -> tuple[FileStorage, TOC]:
    storage = FileStorage(str(generation.path))
    try:
        return storage, TOC.read(storage, _DEF_INDEX_NAME)
    # Whoosh and pickle raise whatever another version's file makes them trip over.
    except Exception as error:
        raise IndexCorrupt(
            f"build {generation.id} cannot be read: {type(error).__name__}: {error}"
        ) from error
