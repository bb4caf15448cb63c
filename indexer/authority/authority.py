"""All authority files of an index together: its facets, its tagger and its glossary."""

from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path

from indexer.authority.concepts import Concept, is_glossary, parse_glossary, read_glossary
from indexer.authority.files import AuthorityFile, parse_file, read_file
from indexer.authority.glossary import Glossary
from indexer.authority.tables import Tree, parse
from indexer.authority.tagger import Tagger
from indexer.errors import AuthorityError
from indexer.facets import Facet, FacetEntry, FacetKind, Facets
from indexer.languages import LANGUAGE_NAMES

YEAR = Facet("year", "years", FacetKind.YEAR, {"en": "Year", "ru": "Год"})
LANGUAGE = Facet(
    "language",
    "languages",
    FacetKind.LANGUAGE,
    {"en": "Language", "ru": "Язык"},
    {code: FacetEntry(code, {"en": name}) for code, name in LANGUAGE_NAMES.items()},
)
CERTAINTY = Facet(
    "certainty",
    "certainties",
    FacetKind.CERTAINTY,
    {"en": "Certainty of the date", "ru": "Надёжность даты"},
    {
        "printed": FacetEntry("printed", {"en": "Printed", "ru": "Напечатана"}),
        "inferred": FacetEntry("inferred", {"en": "Inferred", "ru": "Выведена из текста"}),
    },
)

CHANGED = Facet(
    "changed",
    "changes",
    FacetKind.CHANGED,
    {"en": "Changed after publication", "ru": "Изменено после публикации"},
    {"yes": FacetEntry("yes", {"en": "Yes", "ru": "Да"})},
)


class Authority:
    """The authority files of one index, by file name; what is kept with the index is their text."""

    def __init__(self, texts: Mapping[str, str], parsed: Mapping[str, Tree] | None = None) -> None:
        """Parse and check the files, but for those that are `parsed`. Raises AuthorityError."""
        self.texts = dict(sorted(texts.items()))
        self._parsed = dict(parsed or {})
        files = [(name, self._facet_file(name)) for name, _ in self._facet_texts()]
        _check_facets(files)
        self.files = tuple(sorted((file for _, file in files), key=lambda f: f.order))

    @classmethod
    def load(cls, folder: Path) -> "Authority":
        """Every .toml file of a folder. Raises AuthorityError where it cannot be read."""
        if not folder.is_dir():
            raise AuthorityError(f"there is no folder of authority files at {folder}")
        texts: dict[str, str] = {}
        for path in sorted(folder.glob("*.toml")):
            try:
                texts[path.name] = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise AuthorityError(f"{path.name}: cannot be read as UTF-8: {error}") from error
        authority = cls(texts)
        authority.glossary  # noqa: B018  # its faults are told now, not at the first search
        return authority

    def parsed(self) -> Mapping[str, Tree]:
        """All files as TOML gives them, checked: who has these need not parse them again."""
        self.glossary  # noqa: B018  # its faults are told now
        return {name: parse(name, text) for name, text in self.texts.items()}

    def _facet_file(self, name: str) -> AuthorityFile:
        if name in self._parsed:
            return read_file(name, self._parsed[name])
        return parse_file(name, self.texts[name])

    def _facet_texts(self) -> list[tuple[str, str]]:
        return [(name, text) for name, text in self.texts.items() if not is_glossary(text)]

    @cached_property
    def glossary(self) -> Glossary:
        """All glossary files, parsed when they are first asked for. Raises AuthorityError."""
        files = (name for name, text in self.texts.items() if is_glossary(text))
        return Glossary(chain.from_iterable(map(self._concepts, files)))

    def _concepts(self, name: str) -> tuple[Concept, ...]:
        if name in self._parsed:
            return read_glossary(name, self._parsed[name])
        return parse_glossary(name, self.texts[name])

    def tags_as(self, other: "Authority") -> bool:
        """Whether both have the same facets and names; glossaries make no difference to tags."""
        return self._facet_texts() == other._facet_texts()

    @cached_property
    def facets(self) -> Facets:
        """Year first, then one facet a file, then language, certainty and whether it changed."""
        return Facets([YEAR, *(file.facet for file in self.files), LANGUAGE, CERTAINTY, CHANGED])

    @cached_property
    def tagger(self) -> Tagger:
        """The tagger that knows all names."""
        return Tagger(self.files)


def _check_facets(parsed: list[tuple[str, AuthorityFile]]) -> None:
    taken: dict[str, str] = {}
    for file_name, file in parsed:
        for name in {file.facet.name, file.facet.plural}:
            if name in taken:
                raise AuthorityError(
                    f"{file_name}: the facet name “{name}” is taken by {taken[name]}"
                )
            taken[name] = file_name
