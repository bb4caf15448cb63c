"""A naive engine: lists, sets and the formulas as they are printed; what a fast one must answer.

It knows a corpus of releases and answers a resolved query tree with {id: score}. It shares the
analysis with the engines (what a word and a stem is), and nothing else.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, cached_property
from math import log

from indexer.analysis import (
    has_stems,
    languages_written_like,
    normalize,
    stem,
    tokenize,
)
from indexer.facets import Facets
from indexer.query import (
    ANY_VALUE,
    And,
    DateRange,
    Everything,
    ExactWord,
    FieldValue,
    Fuzzy,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Required,
    Tagged,
    Translated,
    Translation,
    Wildcard,
    Word,
)
from indexer.release import UNKNOWN, Release

K1 = 1.6
B = 0.6
WEIGHTS = {"title": 3.0, "body": 1.0}
TAG_WEIGHT = 0.5
OTHER_WEIGHTS = {
    "folded": (1.1, 0.9),
    "variant": (0.75, 0.7),
    "kindred": (0.65, 0.65),
    "glossary": (0.5, 0.5),
}
"""Of other spellings, kindred words and translations: as they stand, and by their stems."""
EXACT_BONUS = 0.2
MORE_OF_KINDRED, MORE_OF_ALIKE = 0.5, 0.2
"""What an order that is refined gives at the most, as shares of the best score."""

Scores = dict[str, float]
Text = list[str]


class Oracle:
    """A corpus and its answers; of releases with the same id the last counts."""

    def __init__(
        self, releases: Iterable[Release], facets: Facets, without: Iterable[str] = ()
    ) -> None:
        """Words `without` which texts are read; they keep their places."""
        self._off = {normalize(word) for word in without}
        self.releases = {release.id: release for release in releases}
        self.facets = facets
        self._texts: dict[tuple[str, str], dict[str, Text]] = {}

    @cached_property
    def languages(self) -> list[str]:
        codes = {release.language.code for release in self.releases.values()}
        return sorted(code for code in codes if has_stems(code))

    def answer(self, node: Node, parts: Sequence[str] = ("title", "body")) -> Scores:
        """The ids that a node matches, with their scores."""
        match node:
            case And(children):
                return self._all_of(children, parts)
            case Or(children, all_first):
                each = [self.answer(child, parts) for child in children]
                total = added(each)
                every = set(total).intersection(*each) if all_first else set()
                lift = (1 + MORE_OF_KINDRED + MORE_OF_ALIKE) * max(total.values(), default=0.0)
                return added([total, dict.fromkeys(every, lift)])
            case Not(child):
                return self._without(self._all(), self.answer(child, parts))
            case Required(child):
                return self.answer(child, parts)
            case InTitle(child):
                return self.answer(child, ["title"])
            case Tagged(facet, value, child):
                direct = self.answer(child, parts)
                tagged = self._carrying(facet, value)
                score = TAG_WEIGHT * self._idf(len(tagged))
                return dis_max([direct, dict.fromkeys(tagged, score)])
            case Translated(child, translations):
                rarity = self._rarity_of(child, parts)
                found = [self._translation(one, parts, rarity) for one in translations]
                return dis_max([self.answer(child, parts), *found])
            case Everything():
                return self._all()
            case FieldValue(facet, value):
                return dict.fromkeys(self._carrying(facet, value), 0.0)
            case DateRange():
                return dict.fromkeys(self._dated(node), 0.0)
            case Word(text):
                word = normalize(text)
                codes = languages_written_like(word, self.languages)
                return self._looked_up([word], 0, codes, parts)
            case ExactWord(text):
                return self._looked_up([normalize(text)], 0, [], parts)
            case Prefix(text):
                return self._term("words", lambda w: w.startswith(normalize(text)), parts)
            case Wildcard(pattern):
                return self._term("words", lambda w: shaped(pattern, w), parts)
            case Fuzzy(text, edits):
                near = normalize(text)
                return self._term("words", lambda w: distance(near, w) <= edits, parts)
            case Phrase():
                return self._phrase(node, parts)

    def _all(self) -> Scores:
        return dict.fromkeys(self.releases, 0.0)

    @staticmethod
    def _without(found: Scores, removed: Iterable[str]) -> Scores:
        gone = set(removed)
        return {key: score for key, score in found.items() if key not in gone}

    def _all_of(self, children: Sequence[Node], parts: Sequence[str]) -> Scores:
        found = self._all()
        for child in children:
            one = self.answer(child, parts)
            found = {key: score + one[key] for key, score in found.items() if key in one}
        return found

    def _carrying(self, facet: str, value: str) -> list[str]:
        carried = {r.id: self.facets[facet].values_of(r) for r in self.releases.values()}
        if value == ANY_VALUE:
            return [key for key, values in carried.items() if set(values) - {UNKNOWN}]
        return [key for key, values in carried.items() if value in values]

    def _dated(self, days: DateRange) -> list[str]:
        return [
            r.id
            for r in self.releases.values()
            if r.date.value is not None
            and r.date.last_day is not None
            and (days.start is None or r.date.last_day >= days.start)
            and (days.end is None or r.date.value <= days.end)
        ]

    def texts(self, part: str, form: str) -> dict[str, Text]:
        """The words of every release in one part and one form."""
        if (part, form) not in self._texts:
            self._texts[part, form] = {
                release.id: _words(getattr(release, part), form, self._off)
                for release in self.releases.values()
                if form == "words" or release.language.code == form
            }
        return self._texts[part, form]

    def _idf(self, containing: int, form: str = "words") -> float:
        """Among the releases that have the form: all of them, or those of a language."""
        size = len([r for r in self.releases.values() if form in ("words", r.language.code)])
        rarity = log(1 + (size - containing + 0.5) / (containing + 0.5))
        return rarity * (1 - containing / (size + 1)) ** 2

    def _term(self, form: str, test: Callable[[str], bool], parts: Sequence[str]) -> Scores:
        counts = {
            part: {
                key: sum(bool(word) and test(word) for word in words)
                for key, words in self.texts(part, form).items()
            }
            for part in parts
        }
        return self._scored(form, counts, None)

    def _scored(self, form: str, counts: dict[str, dict[str, int]], weight: float | None) -> Scores:
        """BM25F: weigh and normalize each field's frequency, add, saturate once."""
        total: Counter[str] = Counter()
        for part, by_release in counts.items():
            texts = self.texts(part, form)
            lengths = [len(words) for words in texts.values() if words]
            for key, count in by_release.items():
                if count:
                    average = sum(lengths) / len(lengths)
                    total[key] += WEIGHTS[part] * count / (1 - B + B * len(texts[key]) / average)
        factor = self._idf(len(total)) if weight is None else weight
        return {key: factor * (K1 + 1) * tf / (K1 + tf) for key, tf in total.items()}

    def _translation(self, one: Translation, parts: Sequence[str], itself: float | None) -> Scores:
        """In the stems of its language alone, a single exact word in any text.

        It is no rarer than what it translates.
        """
        if one.language not in (None, *self.languages):
            return {}
        name = one.name
        words = [normalize(w) for w in (name.words if isinstance(name, Phrase) else [name.text])]
        as_it_stands = one.language is None or isinstance(name, ExactWord)
        form = "words" if as_it_stands else str(one.language)
        terms = words if as_it_stands else [stem(word, form) for word in words]
        rarity = self._rarity(form, terms, parts)
        if itself is not None:
            rarity = min(rarity, itself)
        found = self._together(form, terms, 0, parts, rarity)
        weight = OTHER_WEIGHTS[one.rule][0 if as_it_stands else 1]
        return {key: weight * score for key, score in found.items()}

    def _rarity_of(self, node: Node, parts: Sequence[str]) -> float | None:
        """The rarity of the commonest form of words; None where one of them is nowhere."""
        match node:
            case Word(text) | ExactWord(text):
                words, slop, exact = [normalize(text)], 0, isinstance(node, ExactWord)
            case Phrase(texts, slop, exact):
                words = [normalize(token.text) for text in texts for token in tokenize(text)]
            case Translated(child):
                return self._rarity_of(child, parts)
            case And(children):
                each = [self._rarity_of(child, parts) for child in children]
                known = [one for one in each if one is not None]
                return sum(known) if len(known) == len(each) else None
            case _:
                return None
        codes = [] if exact else languages_written_like(" ".join(words), self.languages)
        forms = [("words", words), *((code, [stem(w, code) for w in words]) for code in codes)]
        there = [each for each in forms if words and self._together(*each, slop, parts, 1.0)]
        return min((self._rarity(*each, parts) for each in there), default=None)

    def _phrase(self, phrase: Phrase, parts: Sequence[str]) -> Scores:
        words = [normalize(token.text) for text in phrase.words for token in tokenize(text)]
        if not words:
            return {}
        codes = [] if phrase.exact else languages_written_like(" ".join(words), self.languages)
        return self._looked_up(words, phrase.slop, codes, parts)

    def _looked_up(
        self, words: Text, slop: int, codes: Sequence[str], parts: Sequence[str]
    ) -> Scores:
        """The best of the words as they stand and of their stems; the former count once more."""
        stems = {code: [stem(word, code) for word in words] for code in codes}
        others = {
            code: self._together(code, terms, slop, parts, self._rarity(code, terms, parts))
            for code, terms in stems.items()
        }
        found = [self._rarity(code, stems[code], parts) for code, own in others.items() if own]
        weight = min([self._rarity("words", words, parts), *found])
        exact = self._together("words", words, slop, parts, weight)
        if not codes:
            return exact
        bonus = {key: EXACT_BONUS * score for key, score in exact.items()}
        return added([dis_max([exact, *others.values()]), bonus])

    def _rarity(self, form: str, terms: Text, parts: Sequence[str]) -> float:
        containing = [
            sum(
                any(term in self.texts(p, form).get(key, []) for p in parts)
                for key in self.releases
            )
            for term in terms
        ]
        return sum(self._idf(count, form) for count in containing)

    def _together(
        self, form: str, terms: Text, slop: int, parts: Sequence[str], weight: float
    ) -> Scores:
        counts = {
            part: {key: times(terms, words, slop) for key, words in self.texts(part, form).items()}
            for part in parts
        }
        return self._scored(form, counts, weight)


def _words(text: str, form: str, without: Collection[str]) -> Text:
    words = [normalize(token.text) for token in tokenize(text)]
    forms = [word if form == "words" else stem(word, form) for word in words]
    return ["" if word in without else own for word, own in zip(words, forms, strict=True)]


def added(parts: Iterable[Scores]) -> Scores:
    total: Scores = {}
    for part in parts:
        for key, score in part.items():
            total[key] = total.get(key, 0.0) + score
    return total


def dis_max(parts: Iterable[Scores]) -> Scores:
    best: Scores = {}
    for part in parts:
        for key, score in part.items():
            best[key] = max(score, best.get(key, 0.0))
    return best


def times(terms: Sequence[str], words: Sequence[str], slop: int) -> int:
    """How often the terms stand together in a text: side by side, or in a window."""
    if slop == 0:
        width = len(terms)
        return sum(
            list(words[at : at + width]) == list(terms) for at in range(len(words) - width + 1)
        )
    widest = len(terms) + slop
    return sum(
        True
        for first in range(len(words))
        for last in range(first + len(terms), min(first + widest, len(words)) + 1)
        if _holds(words[first:last], terms)
        and not _holds(words[first + 1 : last], terms)
        and not _holds(words[first : last - 1], terms)
    )


def _holds(window: Sequence[str], terms: Sequence[str]) -> bool:
    return not Counter(terms) - Counter(window)


@cache
def shaped(pattern: str, word: str) -> bool:
    """Whether a wildcard pattern covers a word, tried character by character."""
    if not pattern:
        return not word
    if pattern[0] == "*":
        return any(shaped(pattern[1:], word[at:]) for at in range(len(word) + 1))
    return bool(word) and pattern[0] in ("?", word[0]) and shaped(pattern[1:], word[1:])


@cache
def distance(left: str, right: str) -> int:
    """Optimal string alignment: insert, delete, replace, or swap two neighbours."""
    rows = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            if i == 0 or j == 0:
                rows[i][j] = i + j
                continue
            differs = left[i - 1] != right[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + differs)
            if left[i - 2 : i] == right[j - 2 : j][::-1] and i > 1 and j > 1:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[len(left)][len(right)]
