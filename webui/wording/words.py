"""One language of the pages: its messages, its dates and numbers, its names of values."""

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from babel import dates, numbers
from markupsafe import Markup

from indexer import (
    CLEANING_RULES,
    DATING_RULES,
    GROUPING_RULES,
    UNKNOWN,
    EventDate,
    Facet,
    FacetKind,
    PublicationDate,
)
from webui.wording import texts
from webui.wording.catalogs import SOURCE, catalog, locale
from webui.wording.sentences import retold


class Words:
    """What the pages say to a reader of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = locale(language)
        self._catalog = catalog(language)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return str(self._locale.text_direction)

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return upper_first(self._locale.get_language_name() or self.language)

    def gettext(self, message: str) -> str:
        """A message in this language."""
        return self._catalog.gettext(message) if message else ""

    def as_markup(self, message: str) -> Markup:
        """A message without variables, for a page."""
        return _as_markup(message, self.language)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The form of a message that goes with a number."""
        return self._catalog.ngettext(singular, plural, number)

    def count(self, number: int, noun: str) -> str:
        """A number with its noun: 1 release, 1,204 releases. `noun` is a key of `NOUNS`."""
        return self.ngettext(*texts.NOUNS[noun], number) % {"num": self.number(number)}

    def number(self, value: float) -> str:
        """A number as this language writes it."""
        return _number(value, self.language)

    def share(self, part: float, digits: int = 0) -> str:
        """A part of 1 in per cent, with so many digits behind the point."""
        rounded = Decimal(str(part)).quantize(Decimal((0, (1,), -2 - digits)))
        return _share(rounded, digits, self.language)

    def published(self, known: PublicationDate) -> str:
        """No more of a date than is known: 26 May 2023, May 2018, 2018 (inferred), date unknown."""
        if known.value is None:
            return self.gettext("date unknown")
        shown = self._period(known.value, known.precision.value)
        if known.certainty.value != "inferred":
            return shown
        return self.gettext("%(date)s (inferred)") % {"date": shown}

    def _period(self, first: date, precision: str) -> str:
        match precision:
            case "day":
                return self.day(first)
            case "month":
                return str(dates.format_skeleton("yMMMM", first, locale=self._locale))
            case _:
                return str(first.year)

    def day(self, value: date) -> str:
        """A day: 26 May 2023."""
        return str(dates.format_date(value, "long", locale=self._locale))

    def event(self, event: EventDate) -> str:
        """The day or the days of an event: 26 May 2023, 22 – 26 May 2023."""
        if event.first == event.last:
            return self.day(event.last)
        return str(dates.format_interval(event.first, event.last, "yMMMMd", locale=self._locale))

    def facet(self, facet: Facet) -> str:
        """A facet's name."""
        own = texts.FACETS.get(facet.kind)
        return self.gettext(own) if own else facet.label(self.language)

    def value(self, facet: Facet, value: str) -> str:
        """A value's name."""
        if value == UNKNOWN:
            return self.gettext("Unknown")
        match facet.kind:
            case FacetKind.LANGUAGE:
                own = self.language_called(value)
            case FacetKind.CERTAINTY:
                own = self.gettext(texts.CERTAINTY_VALUES.get(value, ""))
            case FacetKind.CHANGED:
                own = self.gettext(texts.CHANGED_VALUES.get(value, ""))
            case _:
                own = ""
        return own or facet.value_label(value, self.language)

    def language_called(self, code: str) -> str:
        """The name of a language of releases, or nothing where its code means none."""
        if code == UNKNOWN:
            return self.gettext("language unknown")
        return upper_first(str(self._locale.languages.get(code, "")))

    def rule(self, rule: str) -> str:
        """What a rule of cleaning, dating or grouping reads; an unlisted one says its name."""
        tables = (CLEANING_RULES, DATING_RULES, GROUPING_RULES)
        known = next((table[rule] for table in tables if rule in table), "")
        return self.gettext(known) or rule.replace("-", " ")

    def tag_rule(self, rule: str) -> str:
        """Why the words of a mention are taken for the name."""
        return self.gettext(texts.TAG_RULES.get(rule, "")) or self.rule(rule)

    def removed(self, kind: str) -> str:
        """What a kind of removed text is called."""
        return self.gettext(texts.REMOVED_KINDS.get(kind, "")) or self.rule(kind)

    def retold(self, sentence: str) -> str | None:
        """A sentence of the engine in this language; None where it is not one that is known."""
        return sentence if self.language == SOURCE else retold(sentence, self.gettext)


@lru_cache(4096)
def _share(part: Decimal, digits: int, language: str) -> str:
    """Of a part that is rounded already: the same few come again and again."""
    form = "#,##0." + "0" * digits + "%" if digits else None
    return str(numbers.format_percent(part, format=form, locale=locale(language)))


@lru_cache(4096)
def _as_markup(message: str, language: str) -> Markup:
    return Markup(words_of(language).gettext(message)) % {}  # noqa: S704 - of our catalogs


@lru_cache(4096)
def _number(value: float, language: str) -> str:
    return str(numbers.format_decimal(value, locale=locale(language)))


def upper_first(text: str) -> str:
    """The text with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


@cache
def words_of(language: str) -> Words:
    """The words of a language that has a catalog, read once."""
    return Words(language)
