"""The languages of a page: its main one, and others that its title or whole sentences are in."""

import re
from collections import Counter
from dataclasses import replace

from indexer.languages.detector import Detector, shared_detector
from indexer.languages.names import LANGUAGE_NAMES
from indexer.languages.ngrams import NgramTable
from indexer.languages.scripts import (
    LONGEST,
    Sample,
    pieces_of,
    sample,
    scripts_of,
    words_in,
)
from indexer.release import UNKNOWN, Language

PLACES, PLACE_LENGTH = 8, 40
"""From how many places of a body a glance is taken for other languages, and how long each is.
A run of sentences that makes up a fifth of the body cannot lie between them."""
OTHER_LETTERS = 0.6
"""A place with so large a share of letters of another script may be in another language,"""
DEARER = 10.0
"""and so may one that costs so many nats more in the main language than in the cheapest."""

MOST_SENTENCES = 40
"""Of a body with more, so many are read, evenly spread."""
SENTENCE_LETTERS = 40
"""Shorter sentences are read as no language: names and abbreviations are of that length."""
TITLE_LETTERS = 25
"""The same for titles."""
SHARE = 0.15
"""A language of the body stands in sentences with at least that share of the letters read."""
CONFIDENCE = 0.95
"""The least confidence of a sentence's language other than the main one."""
MARGIN = 12.0
"""The least number of nats by which such a sentence costs more in the main language."""
FAMILIAR, FAMILIAR_SHORT = 2.5, 10.0
"""The most that it costs in its own, for each letter and besides: names cost more in any."""

SHORT_LETTERS, DOUBT, HINT_CONFIDENCE = 60, 0.7, 0.3
"""A text with fewer letters that is told with less confidence leaves the word to the source,
whose claim has that confidence."""

_SENTENCE_END = re.compile(r"(?<=[.!?։।。])\s+|\s*\n\s*")
_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?![A-Za-z])")
_THREE_LETTERS = {
    "eng": "en",
    "rus": "ru",
    "hye": "hy",
    "arm": "hy",
    "bel": "be",
    "kaz": "kk",
    "kir": "ky",
    "tgk": "tg",
}


def detect_parts(title: str, body: str, hint: str | None = None) -> Language:
    """The main language of a page and, as `also`, the others that parts of it are in.

    The main language is that of the body, or of the title where the body is too short for one.
    `also` holds, first the title's: another language that a title of 25 letters or more is in, and
    those that sentences of the body are in which have 40 letters or more each and together 15 %
    of the letters of its sentences (of 40 of these at most, evenly spread). Each such part must be
    told with a confidence of 0.95, be familiar to its language, and be far from the main one;
    so names, abbreviations and short quotations never make a page mixed.

    `hint` is what the source itself says (`en-GB`, `ru_RU`, `rus`). It decides only where title
    and body together have less than 60 letters, in a script of that language or in none, and
    leave doubt; then the confidence is 0.3.
    """
    detector = shared_detector()
    main = detector.detect(body)
    if main.code == UNKNOWN and _letters(body) < SHORT_LETTERS:
        main = detector.detect(title)
    main = _as_hinted(main, f"{title}\n{body}", hint)
    if _may_be_mixed(detector, body, main.code):
        main = _by_sentences(detector, body, main)
    of_title = _of_title(detector, title, main.code)
    if of_title is None or of_title in main.also:
        return main
    return replace(main, also=(of_title, *main.also))


def _as_hinted(main: Language, text: str, hint: str | None) -> Language:
    code = _code_of(hint)
    if code in (None, main.code) or main.confidence >= DOUBT or _letters(text) >= SHORT_LETTERS:
        return main
    found = sample(text, PLACES)
    if found is not None and found.script not in scripts_of(str(code)):
        return main
    return Language(str(code), HINT_CONFIDENCE)


def _code_of(hint: str | None) -> str | None:
    """The code of a language that can be given; None where the hint names no such."""
    tag = _TAG.match(hint or "")
    if tag is None:
        return None
    code = tag[1].lower()
    code = _THREE_LETTERS.get(code, code)
    return code if code in LANGUAGE_NAMES else None


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text[:LONGEST]))


def _of_title(detector: Detector, title: str, main: str) -> str | None:
    if len(title) < TITLE_LETTERS or _letters(title) < TITLE_LETTERS:
        return None
    return _other(detector, title, main)


def _by_sentences(detector: Detector, body: str, main: Language) -> Language:
    """The language of most sentences, with the others that make up a considerable share.

    Letter by letter a half Belarusian, half Tajik text looks Russian: what most sentences
    are in counts for more.
    """
    letters: Counter[str] = Counter()
    for sentence in _sentences(body):
        length = _letters(sentence)
        if length < SENTENCE_LETTERS:
            letters[UNKNOWN] += length
        else:
            letters[_other(detector, sentence, main.code) or main.code] += length
    large = [code for code, own in letters.most_common() if own >= SHARE * letters.total()]
    codes = [code for code in large if code != UNKNOWN]
    if not codes:
        return main
    also = tuple(code for code in codes if code != codes[0])
    if codes[0] == main.code:
        return replace(main, also=also)
    return Language(codes[0], letters[codes[0]] / letters.total(), also)


def _sentences(body: str) -> list[str]:
    sentences = [sentence for sentence in _SENTENCE_END.split(body[:LONGEST]) if sentence]
    return sentences[:: -(-len(sentences) // MOST_SENTENCES)] if sentences else []


def _may_be_mixed(detector: Detector, body: str, code: str) -> bool:
    """A glance at a few places, cheap enough for every release."""
    if len(body) < SENTENCE_LETTERS:
        return False
    long = len(body) > PLACES * PLACE_LENGTH
    pieces = pieces_of(body, PLACES, PLACE_LENGTH) if long else _sentences(body)
    scripts = scripts_of(code)
    if not scripts:
        return True
    for script in scripts:
        words = [words_in(piece, script) for piece in pieces]
        foreign = any(_is_foreign(piece, own) for piece, own in zip(pieces, words, strict=True))
        table = detector.table(script.name)
        if not foreign and not (table and _is_dear(table, words, code)):
            return False
    return True


def _is_foreign(piece: str, words: list[str]) -> bool:
    own = sum(map(len, words))
    # Counting letters takes long: they cannot be more than the characters.
    if len(piece) - own <= OTHER_LETTERS * len(piece):
        return False
    every = sum(map(str.isalpha, piece))
    return every - own > OTHER_LETTERS * every


def _is_dear(table: NgramTable, words: list[list[str]], code: str) -> bool:
    some = [own for own in words if own]
    return bool(some) and bool((table.costs(some, code) > DEARER).any())


def _other(detector: Detector, text: str, main: str) -> str | None:
    """The language of the text if that is surely another one than the main one."""
    found = sample(text, PLACES)
    if found is None:
        return None
    table = detector.table(found.script.name)
    if table and not _is_far(table, found, main):
        return None
    language = detector.detect(text)
    if language.code in (UNKNOWN, main) or language.confidence < CONFIDENCE:
        return None
    return language.code if not table or _is_familiar(table, found, language.code) else None


def _is_far(table: NgramTable, found: Sample, main: str) -> bool:
    if found.script not in scripts_of(main):
        return True
    return bool((table.costs([found.words], main) >= MARGIN).all())


def _is_familiar(table: NgramTable, found: Sample, code: str) -> bool:
    if found.script not in scripts_of(code):
        return False
    surprise = table.surprise(found.words)
    nats = surprise.nats[table.column[code]]
    return bool(nats <= FAMILIAR * surprise.letters + FAMILIAR_SHORT)
