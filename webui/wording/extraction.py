"""Every message of the pages, collected from code and templates; brings the catalogs up to date.

    python -m webui.wording.extraction

adds what is new to each catalog, untranslated, and drops what is gone.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from indexer import CLEANING_RULES, DATING_RULES, GROUPING_RULES
from webui.wording.catalogs import FOLDER

ROOT = FOLDER.parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "trim_blocks": "true", "silent": "false"}}
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "N_": None,
    "NN_": (1, 2),
}

EMPTY = ('msgid ""\n', 'msgstr ""\n')

Message = str | tuple[str, str]
"""A message, or both forms of one that depends on a number."""


def messages() -> Iterator[tuple[Message, str]]:
    """Every message with the file that says it; a message may come more than once."""
    found = extract_from_dir(ROOT, METHODS, OPTIONS, KEYWORDS)
    for file, _, message, _, _ in found:
        yield _known(message), f"webui/{file}"
    for table in (CLEANING_RULES, DATING_RULES, GROUPING_RULES):
        yield from ((text, "indexer") for text in table.values())


def _known(message: str | tuple[str, ...]) -> Message:
    return message if isinstance(message, str) else (message[0], message[1])


def template() -> Catalog:
    """An empty catalog of all messages."""
    catalog = Catalog(project="communique", fuzzy=False)
    for message, file in messages():
        catalog.add(message, locations=[(file, None)])  # type: ignore[list-item]
    return catalog


def update(path: Path) -> None:
    """Bring one catalog up to date."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.stem)
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    written = BytesIO()
    write_po(written, catalog, width=100, omit_header=True, sort_output=True)
    path.write_bytes(_header(catalog).encode() + written.getvalue())


def _header(catalog: Catalog) -> str:
    """What the format asks for, and nothing that changes by itself."""
    fields = {
        "Language": catalog.locale_identifier,
        "Plural-Forms": catalog.plural_forms,
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    lines = [f'"{name}: {value}\\n"\n' for name, value in fields.items()]
    return "".join(["# docs/translations.md says how this file is kept.\n", *EMPTY, *lines, "\n"])


if __name__ == "__main__":
    for each in sorted(FOLDER.glob("*.po")):
        update(each)
