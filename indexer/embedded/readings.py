"""How the words of a query are looked up: a visible list of rules.

Each rule gives readings of one or several words; evaluation takes the best score of all readings
of a word (dis-max), and an explanation names the reading that gave it. A new way to look words up
is a new entry of `RULES`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis import has_stems, languages_written_like, normalize, stem, tokenize
from indexer.embedded.schema import WORDS
from indexer.query import ExactWord, Phrase, Translation, Word

Words = tuple[str, ...]
"""Normalized words; more than one of them stand in a phrase."""

Forms = Iterator[tuple[str | None, str, Words]]
"""A language or None, the form in which a field keeps the words, and the terms there."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Terms of one form; several of them stand side by side, or near each other."""

    rule: str
    language: str | None
    """The language whose stems are meant."""
    form: str
    """The form of the fields: `words`, or a language code for its stems."""
    terms: Words
    slop: int = 0
    weight: float = 1.0
    """By what the score is multiplied: what is less exact ranks lower."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to look words up."""

    of_word: str
    """What it is called in the explanation of a word."""
    of_phrase: str
    weight: float
    forms: Callable[[Words, Sequence[str]], Forms]
    """The forms of some words, given the languages with stems that the index has."""


def _as_written(words: Words, _languages: Sequence[str]) -> Forms:
    yield None, WORDS, words


def _stems(words: Words, languages: Sequence[str]) -> Forms:
    for code in languages_written_like(" ".join(words), languages):
        if has_stems(code):
            yield code, code, tuple(stem(word, code) for word in words)


EXACT = Rule("exact", "exact", 1.0, _as_written)

STEM = Rule("stem", "phrase", 1.0, _stems)

RULES: tuple[Rule, ...] = (EXACT, STEM)
"""The most exact first: of equal scores the first one explains."""


STEMS = (STEM.of_word, STEM.of_phrase)

EXACT_BONUS = 0.2
"""The share of its exact score that a word gets on top of its best one."""

FOLDED, VARIANT, GLOSSARY, KINDRED = "folded", "variant", "glossary", "kindred"

WEIGHTS = {
    (FOLDED, "as it stands"): 1.1,
    (FOLDED, "stem"): 0.9,
    (VARIANT, "as it stands"): 0.75,
    (VARIANT, "stem"): 0.7,
    (KINDRED, "stem"): 0.65,
    (GLOSSARY, "as it stands"): 0.5,
    (GLOSSARY, "stem"): 0.5,
}
"""What is not the word itself, by how near it is. With `RULES` and the bonus of the exact form: 1.2
exact, 1.1 folded, 1.0 stem, 0.9 stem of a folded form, 0.75 and 0.7 variant, 0.5 glossary and
tag."""


def reading_of(translation: Translation) -> Reading:
    """How a name in another language, or another spelling, is looked up.

    By its stems in that language alone; where it is exact, or has no language, as it stands.
    """
    name, language, rule = translation.name, translation.language, translation.rule
    texts = name.words if isinstance(name, Phrase) else (name.text,)
    words = tuple(normalize(text) for text in texts)
    if language is None or isinstance(name, ExactWord):
        return Reading(rule, language, WORDS, words, weight=WEIGHTS[rule, "as it stands"])
    stems = tuple(stem(word, language) for word in words)
    return Reading(rule, language, language, stems, weight=WEIGHTS[rule, "stem"])


def readings(leaf: Word | ExactWord | Phrase, languages: Sequence[str]) -> list[Reading]:
    """Every way in which a leaf is looked up in an index with these languages."""
    match leaf:
        case Word(text):
            return _by(RULES, (normalize(text),), languages)
        case ExactWord(text):
            return _by((EXACT,), (normalize(text),), languages)
        case Phrase(texts, slop, exact):
            words = tuple(normalize(token.text) for text in texts for token in tokenize(text))
            return _by((EXACT,) if exact else RULES, words, languages, slop)


def _by(
    rules: Sequence[Rule], words: Words, languages: Sequence[str], slop: int | None = None
) -> list[Reading]:
    if not words:
        return []
    return [
        Reading(
            rule.of_word if slop is None else rule.of_phrase,
            language,
            form,
            terms,
            slop or 0,
            rule.weight,
        )
        for rule in rules
        for language, form, terms in rule.forms(words, languages)
    ]
