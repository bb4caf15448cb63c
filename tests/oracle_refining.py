"""What the naive engine answers where an order is refined: by kindred words, then by feedback."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product

from indexer.analysis import languages_written_like, normalize, stem, token_texts
from indexer.query import Node, Translated, Translation, Word
from tests.oracle import MORE_OF_ALIKE, WEIGHTS, Oracle, Scores, added, dis_max

EXAMPLES, TERMS, COMMON, TOGETHER = 8, 20, 0.25, 3.0


class RefiningOracle(Oracle):
    """A corpus and its answers in a better order."""

    def with_kindred(
        self,
        found: Scores,
        asked: Iterable[Node],
        most: float,
        common: float = COMMON,
        together: float = TOGETHER,
    ) -> Scores:
        """What is found, with at most so much more for words kindred to those asked."""
        gains: list[Scores] = []
        for node in asked:
            word = node.child if isinstance(node, Translated) else node
            if isinstance(word, Word):
                gains += self._kindred(node, normalize(word.text), common, together)
        total = {key: min(most, gain) for key, gain in added(gains).items() if key in found}
        return added([found, total])

    def _kindred(self, node: Node, word: str, common: float, together: float) -> Iterator[Scores]:
        """By language, what kindred words give on top of what the word gives."""
        itself, rarity = self.answer(node), self._rarity_of(node, list(WEIGHTS))
        for code in languages_written_like(word, self.languages):
            found = dis_max(
                self._translation(
                    Translation(word, code, Word(one), "kindred"), list(WEIGHTS), rarity
                )
                for one in self._family(word, code, common, together)
            )
            above = {key: score - itself.get(key, 0.0) for key, score in found.items()}
            yield {key: score for key, score in above.items() if score > 0}

    def _family(self, word: str, code: str, common: float, together: float) -> Iterator[str]:
        """A word for each stem that begins like this one's and stands in the same releases."""
        stems = {key: set[str]() for key, r in self.releases.items() if r.language.code == code}
        spelled: dict[str, list[str]] = {}
        for key, part in product(stems, WEIGHTS):
            for each in map(normalize, token_texts(getattr(self.releases[key], part))):
                stems[key].add(stem(each, code))
                spelled.setdefault(stem(each, code), []).append(each)
        own = stem(word, code)
        having = {key for key, those in stems.items() if own in those}
        if len(having) > common * len(stems):
            return
        for other in set(spelled) - {own}:
            there = {key for key, those in stems.items() if other in those}
            shared = max(n for n in range(len(own) + 1) if own[:n] == other[:n])
            shorter, longer = sorted((len(own), len(other)))
            like = shared >= 4 and 2 * shared >= longer and shared >= shorter - 1
            chance = len(having) * len(there) / len(stems)
            often = len(having & there) >= max(2, together * chance)
            if own.isalpha() and other.isalpha() and like and (often or not having):
                yield from [one for one in spelled[other] if one.startswith(other[:-1])][:1]

    def refined(
        self, found: Scores, top: float, examples: int = EXAMPLES, common: float = COMMON
    ) -> Scores:
        """What is found, with more for what is like the best of it: Rocchio's feedback."""
        days = {key: self.releases[key].date.value for key in found}
        age = {key: -day.toordinal() if day else 0 for key, day in days.items()}
        order = sorted(found, key=lambda key: (-round(found[key], 6), age[key], key))
        if len(order) <= examples:
            return found
        weights = self._shared({key: found[key] for key in order[:examples]}, common)
        gains = added(
            {key: weight * score for key, score in self._one(*term).items() if key in found}
            for term, weight in weights.items()
        )
        most = max(gains.values(), default=1.0)
        more = {key: MORE_OF_ALIKE * top * gain / most for key, gain in gains.items()}
        return added([found, more])

    def _shared(self, best: Scores, common: float) -> dict[tuple[str, str], float]:
        """The words that several of the best have, and what they weigh."""
        total: Counter[tuple[str, str]] = Counter()
        having: Counter[tuple[str, str]] = Counter()
        for key, score in best.items():
            code = self.releases[key].language.code
            form = code if code in self.languages else "words"
            for term in {word for part in WEIGHTS for word in self.texts(part, form)[key]}:
                counts = {p: {key: self.texts(p, form)[key].count(term)} for p in WEIGHTS}
                saturated = self._scored(form, counts, 1.0)[key]
                total[form, term] += score / sum(best.values()) * saturated
                having[form, term] += 1
        weights = {key: round(w * self._rare(*key, common), 9) for key, w in total.items()}
        shared = [key for key, weight in weights.items() if having[key] > 1 and weight > 0]
        heaviest = sorted(shared, key=lambda key: (-weights[key], key))[:TERMS]
        return {key: weights[key] for key in heaviest}

    def _one(self, form: str, term: str) -> Scores:
        parts = list(WEIGHTS)
        return self._together(form, [term], 0, parts, self._rarity(form, [term], parts))

    def _rare(self, form: str, term: str, common: float) -> float:
        having = max(
            sum(term in words for words in self.texts(part, form).values()) for part in WEIGHTS
        )
        size = len(self.texts("body", form))
        return self._idf(having, form) if having <= common * size else 0.0
