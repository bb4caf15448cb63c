"""Which language the page of this request is in, for pages and templates alike."""

from urllib.parse import urlencode

from flask import Flask, g, request
from markupsafe import Markup
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from webui.desk import Link
from webui.wording import LANGUAGES, Words, chosen_language, words_of
from webui.wording.words import upper_first

PARAMETER = COOKIE = "ui"
"""The name of the parameter and of the cookie that say the language of the pages."""

A_YEAR = 365 * 24 * 3600


def current_words() -> Words:
    """The words of this request's reader."""
    if "words" not in g:
        cookie = request.cookies.get(COOKIE, "")
        accepted = request.accept_languages.values()
        g.words = words_of(chosen_language(request.args.get(PARAMETER, ""), cookie, accepted))
    words: Words = g.words
    return words


def language_links() -> list[Link]:
    """This page in each language; the addresses begin with the query, and keep the path."""
    kept = [(name, v) for name, v in request.args.items(multi=True) if name != PARAMETER]
    return [
        Link(
            words_of(language).name,
            f"?{urlencode([*kept, (PARAMETER, language)])}",
            language == current_words().language,
            value=language,
        )
        for language in LANGUAGES
    ]


def add_speech(app: Flask) -> None:
    """Give the templates `words` and gettext; keep the language that a reader chooses."""
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    # As Jinja's own callables of the new style are, but that what has no variables is made once.
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals |= {"gettext": _gettext, "ngettext": _ngettext}
    environment.globals["words"] = LocalProxy(current_words)
    # What a template has in its context costs less than a proxy that looks for it each time.
    app.context_processor(lambda: {"words": current_words()})
    environment.globals["language_links"] = language_links
    environment.filters["upper_first"] = upper_first
    app.after_request(_remember)


def _gettext(message: str, /, **variables: object) -> Markup:
    words = current_words()
    if not variables:
        return words.as_markup(message)
    return Markup(words.gettext(message)) % variables  # noqa: S704 - of our catalogs


def _ngettext(one: str, many: str, num: int, /, **variables: object) -> Markup:
    message = current_words().ngettext(one, many, num)
    return Markup(message) % {"num": num, **variables}  # noqa: S704 - of our catalogs


def _remember(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.update(["Accept-Language", "Cookie"])
        response.headers.setdefault("Cache-Control", "private, no-cache")
        chosen = request.args.get(PARAMETER)
        if chosen in LANGUAGES:
            response.set_cookie(COOKIE, chosen, A_YEAR, samesite="Lax", httponly=True)
    return response
