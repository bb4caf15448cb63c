"""One spelling for the addresses under which one page was crawled.

Source: RFC 3986, section 6 (normalization and comparison), and the ways in which press sites
write one address: with both schemes, with session and campaign parameters, with blanks.
"""

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

_PASSING = re.compile(
    r"(?:utm_.*|bxajaxid|bxrand|clear_cache|[fgy]clid|msclkid|_openstat|mc_[ce]id|phpsessid"
    r"|jsessionid|sessionid|sid|print)\Z",
    re.IGNORECASE,
)
"""Parameters that say who came from where, or how the page is to look: not which page it is."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_DEFAULT_PAGE = re.compile(r"(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}")
_SAFE = "/:@!$&'()*+,;=~-._"
_LANGUAGE = (
    "en|ru|be|hy|kk|ky|tg|am|by|kz|kg|tj|eng|rus|arm|bel|kaz|kir|kyr|taj|uk|uz|de|fr|es|zh|ar|fa"
)
_LANGUAGE_LABEL = re.compile(rf"(?:{_LANGUAGE})\Z", re.IGNORECASE)
_LETTER = re.compile(r"[A-Za-z]")
_FILE_ENDING = re.compile(r"\.[A-Za-z]{2,5}\Z")
_HOST_FOLDER = re.compile(r"(?:\A|/)((?:[a-z0-9-]+\.)+[a-z]{2,}/.+)", re.IGNORECASE)
SHORTEST_SLUG = 12
"""Characters of a slug that two pages do not share by chance."""


def canonical_url(url: str) -> str:
    """The one spelling of an address; the same for every variant of it, and for itself.

    Scheme, `www.`, default port, default page, fragment, session and campaign parameters, blanks
    at the ends of path segments, the last slash and the order of parameters make no difference.
    A trailing hyphen does: press sites tell pages of one title apart by it. What is no address
    of the web comes back without the blanks around it.
    """
    parts = _split(url)
    if parts is None:
        return url.strip()
    host = _host_of(parts)
    return f"https://{host}{_path_of(parts.path)}{_query_of(parts.query)}"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme.lower() in _DEFAULT_PORTS and parts.hostname and parts.port != -1
    except ValueError:
        return None
    return parts if usable else None


def _host_of(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        host = quote(host, "%:[]")
    host = f"[{host}]" if ":" in host else host
    default = parts.port in (None, *_DEFAULT_PORTS.values())
    return host if default else f"{host}:{parts.port}"


def _path_of(path: str) -> str:
    bare = _SLASHES.sub("/", _SESSION.sub("", path))
    kept: list[str] = []
    for segment in bare.split("/"):
        name = quote(unquote(segment).strip(" \t\r\n\xa0"), _SAFE.replace("/", ""))
        if name == "..":
            kept[-1:] = []
        elif name not in ("", "."):
            kept.append(name)
    while kept and _DEFAULT_PAGE.match(kept[-1]):
        kept.pop()
    return "".join(f"/{name}" for name in kept)


def _query_of(query: str) -> str:
    pairs = (pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0])
    kept = sorted(pair for pair in pairs if not _PASSING.match(pair[0]))
    return f"?{urlencode(kept)}" if kept else ""


def language_neutral(url: str) -> str | None:
    """An address without its language, or None where it has no slug of its own.

    Press sites give the versions of one release the same slug on `en.` and `ru.` hosts, or below
    `/en/` and `/ru/`. A number alone is no slug: sites count each language for itself.
    """
    parts = urlsplit(canonical_url(url))
    segments = [each for each in parts.path.split("/") if each and not _LANGUAGE_LABEL.match(each)]
    if not parts.netloc or not segments:
        return None
    slug = _FILE_ENDING.sub("", segments[-1])
    if len(slug) < SHORTEST_SLUG or not _LETTER.search(slug):
        return None
    site, dot, rest = parts.netloc.partition(".")
    host = rest if "." in rest and _LANGUAGE_LABEL.match(site) else f"{site}{dot}{rest}"
    return f"{host}/{'/'.join([*segments[:-1], slug])}"


def saved_address(path: str) -> str | None:
    """The address of a page by the path that it was saved under, where a folder names its host."""
    found = _HOST_FOLDER.search(path)
    return f"https://{found[1]}" if found else None
