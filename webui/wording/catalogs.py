"""The catalogs of messages: one file a language in `webui/locales`, read as it is.

A catalog that is put there is a language of the pages; nothing is compiled by hand.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
"""The language in which messages are written in the code."""

FOLDER = Path(__file__).parent.parent / "locales"

LANGUAGES = (SOURCE, *sorted(path.stem for path in FOLDER.glob("*.po")))
"""The languages of the pages, as ISO 639-1 codes."""


@cache
def catalog(language: str) -> NullTranslations:
    """The messages of one language."""
    if language == SOURCE:
        return NullTranslations()
    with (FOLDER / f"{language}.po").open("rb") as file:
        read = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def locale(language: str) -> Locale:
    """How a language writes dates and numbers; English has the day before the month."""
    return Locale.parse("en_GB" if language == SOURCE else language)
