"""From a release as it was read to a release as it is indexed: a visible list of steps."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from indexer.authority import Authority
from indexer.cleaning import CleanText, Repeated, clean
from indexer.dates import event_date, place_of, publication_date
from indexer.errors import CorpusError
from indexer.languages import detect_parts
from indexer.release import RawRelease, Release

READING_VERSION = "1"
"""To be raised with every change of what reading, cleaning, dates or languages make of a source:
files that were read by another version are read again."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A release on its way, with what it is made from."""

    raw: RawRelease
    cleaned: CleanText
    authority: Authority
    release: Release


Step = Callable[[Draft], Release]


def take_clean_text(draft: Draft) -> Release:
    """Title and body without the page around them; what was cut is kept."""
    return replace(
        draft.release,
        title=draft.cleaned.title,
        body=draft.cleaned.body,
        removed=(*draft.raw.removed, *draft.cleaned.cut),
    )


def find_language(draft: Draft) -> Release:
    """The main language, that of the body: titles are often in another one."""
    release = draft.release
    return replace(
        release, language=detect_parts(release.title, release.body, draft.raw.language_hint)
    )


def find_date(draft: Draft) -> Release:
    """The publication date, the date of the event that is told of, and the dateline's place."""
    release, cleaned, code = draft.release, draft.cleaned, draft.release.language.code
    if cleaned.is_listing:
        # A page that lists several releases has no date of its own.
        return release
    date = publication_date(
        title=release.title,
        body=release.body,
        language=code,
        date_lines=cleaned.date_lines,
        hint=draft.raw.date_hint,
        url=release.url,
        crawled=draft.raw.source.crawled,
        cards=[cut.text for cut in cleaned.cut if cut.rule == "release-card"],
    )
    event = event_date(body=release.body, title=release.title, language=code, published=date)
    place = place_of(title=release.title, body=release.body, date_lines=cleaned.date_lines)
    return replace(release, date=date, event=event, place=place)


def tag_names(draft: Draft) -> Release:
    """The names of the authority files in title and body, each with its place."""
    return tagged(draft.release, draft.authority)


def tagged(release: Release, authority: Authority) -> Release:
    """A release with the mentions that these authority files find in it, and no others."""
    tagger = authority.tagger
    title = tagger.tag(release.title, release.language.code, "title")
    return replace(
        release, mentions=(*title, *tagger.tag(release.body, release.language.code, "body"))
    )


STEPS: tuple[Step, ...] = (take_clean_text, find_language, find_date, tag_names)


def make_release(raw: RawRelease, authority: Authority, known: Repeated = Repeated()) -> Release:
    """The release that a raw one becomes; `known` is what repeats across the archive.

    Raises CorpusError where it has no text at all.
    """
    cleaned = clean(raw.text, raw.title_hint, known)
    if not cleaned.title.strip() and not cleaned.body.strip():
        raise CorpusError("no title and no text are left once the page around them is cut")
    release = Release(
        raw.id,
        raw.source,
        title="",
        body="",
        url=raw.url,
        alternates=raw.alternates,
        keywords=raw.keywords,
    )
    for step in STEPS:
        release = step(Draft(raw, cleaned, authority, release))
    return release
