"""What lines look like: a headline, a sentence, the same text again."""

import re
from functools import lru_cache

# The colon is also the Armenian full stop as it is often typed.
_CLOSED = re.compile(r"[.:։。][\"'»”’)\]]{0,3}$")
# Full stops that end a word, not a sentence: с.г., 2018 г., U.S., Jr., N. N.
_ABBREVIATED = re.compile(r"(?:\b(?:г|гг|тг|с|т|ж|թ|др|пр|Jr|Sr|Inc|Ltd|Co|etc)|\b[A-ZА-ЯЁ])\.$")
_LETTER = re.compile(r"[^\W\d_]")
_TIME_ALONE = re.compile(r"\d{1,2}[:.]\d\d(?:\s*[apAP]\.?[mM]\.?)?(?:\s*[A-Z]{2,4})?\Z")
HEADLINE = 260
"""Characters: a longer line is a paragraph. Titles that a page cuts end at 255."""
_PADDED = 2_000
"""Characters of a headline with runs of blanks inside."""


def is_closed(text: str) -> bool:
    """Whether the text ends as a sentence does, with a full stop."""
    return bool(_CLOSED.search(text[-8:])) and not _ABBREVIATED.search(text[-8:])


def is_headline(text: str) -> bool:
    """Whether the text has the shape of a headline: short, with letters, without a full stop."""
    short = len(text) < HEADLINE or (len(text) < _PADDED and len(key(text)) < HEADLINE)
    return short and not is_closed(text) and has_words(text) and not _TIME_ALONE.match(text)


def has_words(text: str) -> bool:
    """Whether there is a letter among the first characters."""
    return text[:1].isalpha() or bool(_LETTER.search(text, 0, HEADLINE))


def is_paragraph(text: str) -> bool:
    """Whether the text is no headline but words that end as a sentence does, or many words."""
    return has_words(text) and not is_headline(text) and not _TIME_ALONE.match(text)


_SAME = str.maketrans(
    {
        **dict.fromkeys("«»“”„‟″`’‘‚'", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    }
)
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("latin", re.compile(r"[A-Za-zÀ-ɏ]+")),
    ("cyrillic", re.compile(r"[Ѐ-ԯ]+")),
    ("armenian", re.compile(r"[\u0530-\u058f]+")),
)
_LONGEST_TITLE = 600


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The text as it is compared: case, blanks and kinds of quotation marks and dashes aside."""
    return " ".join(text.casefold().translate(_SAME).split())


def after_prefix(text: str, prefix: str) -> int | None:
    """The character at which `text` goes on after `prefix`, or None where it starts otherwise."""
    if text.startswith(prefix):
        return len(prefix)
    if len(prefix) > _LONGEST_TITLE or not _begin_alike(text, prefix):
        return None
    words = _WORD.finditer(text[: 2 * _LONGEST_TITLE])
    end = None
    for wanted in prefix.split():
        word = next(words, None)
        if word is None or key(word.group()) != key(wanted):
            return None
        end = word.end()
    return end


def _begin_alike(text: str, prefix: str) -> bool:
    """Whether the first words are the same: most lines differ in them."""
    one, other = _WORD.search(text), _WORD.search(prefix)
    return bool(one and other and key(one.group()) == key(other.group()))


def stems(text: str) -> set[str]:
    """The first five letters of each longer word: enough to compare two wordings."""
    return {word[:5] for word in _LETTERS.findall(text.casefold()) if len(word) > 3}


def share(first: str, second: str) -> float:
    """How many of their words two texts have in common, from 0 to 1 (Dice's coefficient)."""
    left, right = stems(first), stems(second)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def repeated_share(text: str, by: str) -> float:
    """How many of the words of a text another one repeats, from 0 to 1."""
    words = stems(text)
    return len(words & stems(by)) / len(words) if words else 0.0


def script(text: str) -> str:
    """The script of the first letters of a text: latin, cyrillic, armenian or other."""
    letters = _LETTERS.findall(text[:_LONGEST_TITLE])
    counts = {name: sum(map(len, pattern.findall("".join(letters)))) for name, pattern in _SCRIPTS}
    name = max(counts, key=lambda name: counts[name])
    return name if counts[name] else "other"
