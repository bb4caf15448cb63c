"""Which language a reader gets: the one they chose, or the first that their browser asks for."""

from collections.abc import Iterable

from webui.wording.catalogs import LANGUAGES, SOURCE


def chosen_language(parameter: str, cookie: str, accepted: Iterable[str]) -> str:
    """The language of a page: what the address says, then the cookie, then the browser's wishes.

    `accepted` are tags such as ru or kk-Cyrl-KZ, the most wanted first. What there is no catalog
    for is passed over.
    """
    wishes = (parameter, cookie, *(tag.lower().split("-")[0] for tag in accepted))
    return next((wish for wish in wishes if wish in LANGUAGES), SOURCE)
