"""The Whoosh schema: which fields an index has, and how Communique's terms get into them."""

from collections.abc import Iterable, Iterator, Sequence

from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, STORED, FieldType, Schema
from whoosh.formats import Existence, Positions

from indexer.analysis import has_stems

PARTS = ("title", "body")
WORDS = "words"
"""The one field for all languages, of normalized words; a language code stands for its stems."""


class Terms(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field whose value is the list of terms that our analysis made, in the order of the text."""

    def __init__(self) -> None:
        super().__init__(Positions(), analyzer=None, scorable=True)

    def index(
        self, value: Sequence[str], **_options: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each different term with its frequency, its weight and its encoded positions."""
        places: dict[str, list[int]] = {}
        for position, term in enumerate(value):
            places.setdefault(term, []).append(position)
        for term, positions in places.items():
            count = len(positions)
            yield term.encode(), count, float(count), self.format.encode(positions)


class Values(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field whose value is the list of a release's values in one facet."""

    def __init__(self) -> None:
        super().__init__(Existence(), analyzer=None, scorable=False)

    def index(
        self, value: Iterable[str], **_options: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each value once."""
        for term in dict.fromkeys(value):
            yield term.encode(), 1, 1.0, b""


def text_field(part: str, form: str) -> str:
    """The field of a part (title, body) in one form: `words`, or a language code for its stems."""
    return f"{part}_{form}"


def form_of(field: str) -> tuple[str, str]:
    """The part and the form of a text field."""
    part, _, form = field.partition("_")
    return part, form


def facet_field(facet: str) -> str:
    """The field that holds the values of a facet."""
    return f"facet_{facet}"


def make_schema(facets: Iterable[str], languages: Iterable[str]) -> Schema:
    """The schema of an index with these facets and stems of these languages."""
    schema = Schema(
        id=ID(unique=True, stored=True, sortable=True),
        release=STORED(),
        first_day=COLUMN(NumericColumn("i")),
        last_day=COLUMN(NumericColumn("i")),
    )
    forms = [WORDS, *(code for code in languages if has_stems(code))]
    for part in PARTS:
        for form in forms:
            schema.add(text_field(part, form), Terms())
    for facet in facets:
        schema.add(facet_field(facet), Values())
    return schema
