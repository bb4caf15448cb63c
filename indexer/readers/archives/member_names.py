"""The names of an archive's members: shown, never used as paths on this machine."""

import re

from indexer.errors import CorpusError

OUTSIDE = "its path leads out of the archive; rename it in the archive"

_ROOTED = re.compile(r"/|[A-Za-z]:")
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]*")
_CODE_PAGES = ("cp866", "cp1251")
"""What programs on Russian Windows write into zip archives without saying so."""


def shown(name: str) -> str:
    """The name as one line of text: what cannot be shown becomes U+FFFD."""
    return _NOT_SHOWN.sub("\ufffd", name)


def member_path(name: str) -> str | None:
    """The path of a member below its archive; None where it, or a folder of it, is hidden.

    Raises:
        CorpusError: it leads out of the archive.
    """
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if _ROOTED.match(name) or ".." in re.split(r"[/\\]", name):
        raise CorpusError(OUTSIDE)
    if any(part.startswith(".") for part in parts):
        return None
    return shown("/".join(parts))


def decoded_name(raw: bytes) -> str:
    """A name whose encoding the archive does not state (zip's own default is cp437).

    UTF-8 where it is valid; else a Russian code page in which every word of it is Cyrillic as
    a whole; else cp437.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        readings = (raw.decode(page, "replace") for page in _CODE_PAGES)
        return next(filter(_is_russian, readings), raw.decode("cp437"))


def _is_russian(name: str) -> bool:
    letters = [char for char in name if not char.isascii()]
    words = [word for word in _WORD.findall(name) if not word.isascii()]
    whole = all(_CYRILLIC.fullmatch(word) for word in words)
    return whole and all(char.isalpha() or char in "№«»–—\xa0" for char in letters)
