"""The title in the properties of a document: written by a person, or by a program."""

import re

_FILE_NAME = re.compile(
    r"\S+\.(?:docx?|dotx?|rtf|odt|pdf|txt|html?|xlsx?|pptx?|indd|qxd|pmd|p65|tmp|wpd)",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"Microsoft (?:Office )?(?:Word|Excel|PowerPoint|Publisher|Outlook)(?: \d+)?(?: ?[-–] .*)?"
    r"|(?:PowerPoint|Word)[ -](?:Presentation|Document)"
    r"|Презентация PowerPoint|Документ Microsoft Word"
    r"|(?:untitled|unnamed|unbenannt|без имени|document|документ|dokument)[\s_-]*\d*"
    r"|(?:slide|folie|слайд|sheet|page|лист) ?\d+",
    re.IGNORECASE,
)


def written_title(value: str | None, programs: tuple[str | None, ...] = ()) -> str | None:
    """The title with single blanks; None where it is what a program puts there by itself.

    That is a file name, the word for a new document, or the name of one of the programs that
    made the document.
    """
    title = " ".join((value or "").split())
    bare = title.strip("()[]")
    if not any(char.isalpha() for char in title) or _PROGRAM.fullmatch(bare):
        return None
    if _FILE_NAME.fullmatch(bare.rpartition(" ")[2]) or title in programs:
        return None
    return title
