"""The accounts of a file and of all that lies in it, to any depth that the limits allow."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date as day

from indexer.errors import CorpusError
from indexer.readers.archives.member_names import shown
from indexer.readers.decoding import decode, survey
from indexer.readers.draft import Draft, Entry, Fault, Member, release_of
from indexer.readers.limits import Budget
from indexer.readers.registry import (
    Container,
    Document,
    Format,
    Streamed,
    WholeFile,
    describes_folder,
    ending_of,
    format_of,
)
from indexer.readers.sources import Rejection
from indexer.readers.spots import NO_HINTS, Hints, Inside, Spot
from indexer.release import RawRelease, Source

Account = RawRelease | Rejection

EMPTY = "the file is empty; remove it or fetch it again"
_BLANK = "there is no text in it; remove it or fetch it again"
_ABOUT = "describes the folder, it is no release; give it front matter with a title if it is one"
_NO_FILES = "there are no files in the archive; remove it or fetch it again"
_UNKNOWN = "not a format that is read: {}"


class Unpacker:
    """Reads one file of the archive: its fixity and its limits hold for all that lies in it."""

    def __init__(self, sha256: str, budget: Budget) -> None:
        self._sha256 = sha256
        self._budget = budget

    def content(self, found: Format, data: bytes, spot: Spot) -> Iterator[Account]:
        """The accounts of a file that is in memory."""
        try:
            if not data:
                yield self._rejection(spot, EMPTY)
            elif isinstance(found, Container):
                yield from self.container(found, io.BufferedReader(io.BytesIO(data)), spot)
            else:
                yield from self._accounts(_drafts(found, data, spot), spot)
        except CorpusError as error:
            yield self._rejection(spot, str(error))

    def stream(
        self, found: Streamed, stream: io.IOBase, encoding: str, spot: Spot
    ) -> Iterator[Account]:
        """The accounts of a file that is a stream of records."""
        yield from self._accounts(_records(found, stream, encoding), spot)

    def container(
        self,
        found: Container,
        stream: io.BufferedReader,
        spot: Spot,
        titles: Mapping[str, str] | None = None,
    ) -> Iterator[Account]:
        """The accounts of all members.

        Raises:
            CorpusError: nothing more of the container can be read.
            Exhausted: nothing more of the whole file may be read.
        """
        limits = self._budget.limits
        if spot.depth >= limits.depth:
            yield self._rejection(spot, limits.too_deep())
            return
        inside = Inside(spot, found.numbered, titles or {})
        blank = True
        for each in found.read(stream, self._budget):
            self._budget.count_member()
            for account in self._inner(each, inside):
                blank = False
                yield account
        if blank:
            yield self._rejection(spot, _NO_FILES)

    def _inner(self, each: Entry | Member | Fault, inside: Inside) -> Iterator[Account]:
        """The accounts of one member; none of a hidden one."""
        try:
            spot = inside.spot_of(each)
        except CorpusError as error:
            path = f"{inside.outer.path}/{shown(each.name or '')}"
            yield self._rejection(Spot(path), str(error))
            return
        if spot is None:
            return
        if isinstance(each, Fault):
            yield Rejection(self._source(spot, each.record), each.reason)
        elif found := format_of(inside.name_of(each)):
            yield from self._member(found, each, spot)
        else:
            ending = ending_of(inside.name_of(each)) or "no ending"
            yield self._rejection(spot, _UNKNOWN.format(shown(ending)[:80]))

    def _member(self, found: Format, each: Entry | Member, spot: Spot) -> Iterator[Account]:
        try:
            if isinstance(each, Entry) and isinstance(found, Container) and found.forward:
                with each.open() as stream:
                    yield from self.container(found, stream, spot, each.titles)
            else:
                data = each.data if isinstance(each, Member) else self._unpacked(each)
                self._budget.spend(len(data))
                yield from self.content(found, data, spot)
        except CorpusError as error:
            yield self._rejection(spot, str(error))

    def _unpacked(self, entry: Entry) -> bytes:
        most = self._budget.limits.member
        if (entry.size or 0) <= most:
            with entry.open() as stream:
                data = stream.read(most + 1)
            if len(data) <= most:
                return data
        raise CorpusError(self._budget.limits.too_large())

    def _accounts(self, drafts: Iterator[Draft | Fault | Member], spot: Spot) -> Iterator[Account]:
        """The account of each draft; a file without any is rejected itself."""
        blank = True
        inside = None
        for each in drafts:
            blank = False
            if isinstance(each, Draft):
                yield self._release(each, spot)
            elif isinstance(each, Fault) and each.name is None:
                yield Rejection(self._source(spot, each.record), each.reason)
            elif spot.depth >= self._budget.limits.depth:
                yield self._rejection(spot, self._budget.limits.too_deep())
            else:
                inside = inside or Inside(spot, False, {})
                self._budget.count_member()
                yield from self._inner(each, inside)
        if blank:
            yield self._rejection(spot, _BLANK)

    def _release(self, draft: Draft, spot: Spot) -> Account:
        hints = spot.hints
        source = self._source(spot, draft.record, draft.crawled or hints.crawled)
        if not draft.text.strip():
            return Rejection(source, _BLANK)
        if hints is not NO_HINTS and draft.record is None:
            draft = _filled(draft, hints)
        return release_of(draft, source)

    def _rejection(self, spot: Spot, reason: str) -> Rejection:
        return Rejection(self._source(spot, None), reason)

    def _source(self, spot: Spot, record: int | None, crawled: day | None = None) -> Source:
        """The place of a record: its number, below the number of its file where it has one."""
        if spot.number is None:
            return Source(spot.path, self._sha256, record, crawled)
        if record is None:
            return Source(spot.path, self._sha256, spot.number, crawled)
        return Source(f"{spot.path}#{spot.number}", self._sha256, record, crawled)


def _drafts(
    found: WholeFile | Streamed | Document, data: bytes, spot: Spot
) -> Iterator[Draft | Fault | Member]:
    if isinstance(found, Document):
        return found.read(data)
    if isinstance(found, Streamed):
        stream = io.BytesIO(data)
        told = survey(stream)
        stream.seek(0)
        return iter([Fault(told.fault)]) if told.fault else _records(found, stream, told.encoding)
    text = decode(data, spot.hints.encoding, found.declared(data)).removeprefix("\ufeff")
    if not text.strip():
        return iter(())
    if describes_folder(spot.path, text):
        return iter([Fault(_ABOUT)])
    return found.read(text)


def _records(found: Streamed, stream: io.IOBase, encoding: str) -> Iterator[Draft | Fault]:
    with io.TextIOWrapper(stream, encoding, errors="replace") as text:  # type: ignore[type-var]
        yield from found.read(text)


def _filled(draft: Draft, hints: Hints) -> Draft:
    """The draft, with the hints where it says nothing itself."""
    return replace(
        draft,
        url=draft.url or hints.url,
        date=draft.date or hints.date,
        title=draft.title or hints.title,
        alternates=draft.alternates or hints.alternates,
    )
