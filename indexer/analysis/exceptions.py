"""Words that stemmers would cut though they do not inflect, and names that they would split."""

from collections.abc import Mapping

from indexer.analysis import armenian


def _kept(words: str) -> dict[str, str]:
    return {word: word for word in words.split()}


def _forms(stem: str, forms: str) -> dict[str, str]:
    return dict.fromkeys(forms.split(), stem)


def _declined(nouns: str) -> dict[str, str]:
    """Russian nouns whose last letters look like an ending; all cases keep them."""
    return {
        noun + ending: noun
        for noun in nouns.split()
        for ending in ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")
    }


_ENGLISH = {
    **_kept("aids brics cis cies icao isis oas osce rats sars unicef unwto proxy"),
    **_kept("dushanbe hamas minsk moses mercedes paris seychelles texas thales tunis zas"),
    **_forms("proxy", "proxies"),
    **_forms("osce", "osces"),
    **_forms("zas", "zass"),
}
_RUSSIAN = {
    **_kept("абсе вто ито игил магатэ нато обсе озхо опек сша юнеско"),
    **_kept("душанбе прокси"),
    **_forms("зась", "зась зася засю засем засе"),
    **_declined("аэродром вьетнам диплом ислам исполком космодром симптом синдром саммит"),
}
_CYRILLIC = _kept("абсе нато обсе юнеско магатэ прокси")
# Akanne would make порт of it.
_BELARUSIAN = _forms("партый", "партыя партыі партыю партыяй партый партыям партыямі партыях")

EXCEPTIONS: Mapping[str, Mapping[str, str]] = {
    "en": _ENGLISH,
    "hy": armenian.IRREGULAR,
    "ru": _RUSSIAN,
    **dict.fromkeys(("kk", "ky", "tg"), _CYRILLIC),
    "be": _CYRILLIC | _BELARUSIAN,
}
"""By language, normalized words and what stands for them in the place of a stem."""
