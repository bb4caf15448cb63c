"""The character encoding that a page declares, where that can be true.

Source: the HTML standard, 13.2.3.2, and encoding.spec.whatwg.org for the names.
"""

import re

_DECLARED = re.compile(
    rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|\A\s*<\?xml[^<>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_WITHIN = 4096
_CODE_PAGE = re.compile(r"(?:x-)?(?:windows|win|cp|ms)[-_]?(\d{3,4})")
_NAME = re.compile(
    r"utf-?8|cp\d{3,4}|ibm\d{3}|(?:iso[-_]?)?8859[-_]\d{1,2}|iso-8859-\d{1,2}[-_]?[ei]?|koi8[-_]?[rut]"
    r"|mac[-_]?\w{3,12}|gbk?|gb2312|gb18030|big5|euc[-_](?:jp|kr)|shift[-_]jis|tis-620|ptcp154|kz1048"
)
_WESTERN = frozenset(
    ("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "ascii", "us-ascii", "cp1252")
)
_MARKUP = re.compile(
    rb"<(?:script|style)\b.*?</(?:script|style)|<[^<>]*>", re.IGNORECASE | re.DOTALL
)
_SAMPLE = 1 << 17
_LETTER = re.compile(rb"[A-Za-z\xc0-\xff]")
_HIGH = re.compile(rb"[\xc0-\xff]")
_MOST_HIGH = 0.3
"""In Western languages about one letter in ten has an accent; in Cyrillic text all are high."""


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page names within its first 4,096 bytes, by its name in Python.

    Names of no encoding of pages are ignored, and so is a Western encoding that a template
    declares over text that is nothing but high bytes.
    """
    match = _DECLARED.search(data[:_WITHIN])
    if match is None:
        return None
    label = (match[1] or match[2]).decode("ascii", "replace").lower()
    name = _CODE_PAGE.sub(r"cp\1", label.removeprefix("x-") if "mac" in label else label)
    if name in _WESTERN:
        return None if _is_mostly_high(data) else "cp1252"
    return name if _NAME.fullmatch(name) else None


def _is_mostly_high(data: bytes) -> bool:
    text = _MARKUP.sub(b" ", data[:_SAMPLE])
    return len(_HIGH.findall(text)) > _MOST_HIGH * max(1, len(_LETTER.findall(text)))
