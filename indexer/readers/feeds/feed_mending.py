"""An entry of a feed whose XML is broken, put together anew from the elements that are known."""

import re
from collections.abc import Iterator
from html import escape

_KNOWN = (
    r"title|link|guid|id|pubDate|published|issued|updated|modified|created|language|category"
    r"|summary|description|content(?::encoded)?|author|dc:[a-z]+|dcterms:[a-z]+"
)
_ELEMENT = re.compile(
    rf"<({_KNOWN})((?:\s[^<>]*?)?)(?:/>|>((?>(?:<!\[CDATA\[.*?(?:\]\]>|\Z)|.))*?)"
    rf"(?:</\1\s*>|(?=<(?:{_KNOWN})[\s>])|\Z))",
    re.DOTALL,
)
"""An element up to its end, to the next that is known, or to the end of the text."""
_ATTRIBUTE = re.compile(r"""\s(xml:lang|xml:base|[A-Za-z]+)\s*=\s*("[^"<]*"|'[^'<]*')""")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_CUT_TAG = re.compile(r"<[/!?A-Za-z][^<>]*\Z")


def rebuilt(entry: str) -> str:
    """The entry as XML that is well-formed; elements that are not known are left out."""
    return f"<entry>{''.join(_elements(entry))}</entry>"


def _elements(entry: str) -> Iterator[str]:
    for match in _ELEMENT.finditer(entry):
        name, given, inner = match[1], match[2], _CUT_TAG.sub("", match[3] or "")
        told = dict(_ATTRIBUTE.findall(given))
        if "<" in inner:
            # Tags that should have been escaped: it is read as HTML.
            inner = escape(_CDATA.sub(lambda part: part[1], inner), quote=False)
            told["type"] = '"html"'
        attributes = "".join(f" {key}={value}" for key, value in told.items())
        yield f"<{name}{attributes}>{inner}</{name}>"
