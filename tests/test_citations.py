"""References in four formats.

1. No author and no date is made up; as much of a date is given as is known.
2. Whatever stands in a title, a reference of each format can be read back, and is one.
3. Keys are the same for the same id and differ for different ones.
"""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.citations import CITATIONS, bibtex, csl, key_of, plain, ris
from indexer.release import Certainty, Language, Precision, PublicationDate, Release, Source

SHA = "ab" * 32
DAY = PublicationDate(date(2018, 5, 6), Precision.DAY, Certainty.PRINTED)
MONTH = PublicationDate(date(2018, 5, 1), Precision.MONTH, Certainty.PRINTED)
YEAR = PublicationDate(date(2018, 1, 1), Precision.YEAR, Certainty.INFERRED)


def made(title: str = "", url: str | None = None, on: PublicationDate = DAY) -> Release:
    return Release("news/1", Source("a_b/1.txt", SHA, 3), title, "", url, Language("ru", 1.0), on)


WHOLE = made("Operation “Channel”: 5% & more", "https://example.org/a_b?c=1")
SPOKEN = {
    Precision.DAY: ("2018-05-06", [2018, 5, 6], "2018/05/06/"),
    Precision.MONTH: ("2018-05", [2018, 5], "2018/05//"),
    Precision.YEAR: ("2018", [2018], "2018///"),
}


def test_1_bibtex_says_what_is_known() -> None:
    assert bibtex(WHOLE) == (
        f"@misc{{{key_of(WHOLE)},\n"
        "  title = {{Operation “Channel”: 5\\% \\& more}},\n"
        "  howpublished = {Press release},\n"
        "  year = {2018},\n"
        "  month = may,\n"
        "  day = {6},\n"
        "  url = {https://example.org/a_b?c=1},\n"
        "  langid = {ru},\n"
        f"  note = {{File a\\_b/1.txt\\#3, SHA-256 {SHA}}},\n"
        "}\n"
    )


def test_1_ris_says_what_is_known() -> None:
    assert ris(WHOLE).split("\r\n") == [
        "TY  - GEN",
        "M3  - Press release",
        f"ID  - {key_of(WHOLE)}",
        "TI  - Operation “Channel”: 5% & more",
        "PY  - 2018",
        "DA  - 2018/05/06/",
        "UR  - https://example.org/a_b?c=1",
        "LA  - ru",
        f"N1  - File a_b/1.txt#3, SHA-256 {SHA}",
        "ER  - ",
        "",
    ]


def test_1_csl_says_what_is_known() -> None:
    assert csl(WHOLE) == {
        "id": key_of(WHOLE),
        "type": "document",
        "genre": "Press release",
        "title": "Operation “Channel”: 5% & more",
        "issued": {"date-parts": [[2018, 5, 6]]},
        "URL": "https://example.org/a_b?c=1",
        "language": "ru",
        "note": f"File a_b/1.txt#3, SHA-256 {SHA}",
    }


def test_1_a_title_keeps_its_own_stop() -> None:
    assert plain(made("Who came?")).startswith("Who came? Press release, 2018-05-06. File a_b/1")
    assert plain(WHOLE).startswith("Operation “Channel”: 5% & more. Press release, ")


@pytest.mark.parametrize("on", [DAY, MONTH, YEAR])
def test_1_no_more_of_a_date_than_is_known(on: PublicationDate) -> None:
    words, parts, slashed = SPOKEN[on.precision]
    release = made("A", on=on)
    assert f"Press release, {words}." in plain(release)
    assert csl(release)["issued"]["date-parts"] == [parts]
    assert f"\r\nDA  - {slashed}\r\n" in ris(release)
    assert ("month = may" in bibtex(release)) == (len(parts) > 1)
    assert ("day = " in bibtex(release)) == (len(parts) > 2)


def test_1_an_inferred_date_is_said_to_be() -> None:
    release = made("A", on=YEAR)
    assert csl(release)["issued"]["circa"] is True
    for name, cite in CITATIONS.items():
        assert "Date inferred from the text" in str(cite(release)), name
        assert "inferred" not in str(cite(made("A"))), name


def test_1_what_is_not_known_is_left_out() -> None:
    bare = Release("x", Source("x", SHA), "", "")
    assert "[Untitled]. Press release, undated. File x" in plain(bare)
    assert set(csl(bare)) == {"id", "type", "genre", "note"}
    assert not re.search("year|month|url|langid|title|author", bibtex(bare))
    assert not re.search("PY|DA|UR|LA|TI|AU", ris(bare))


_UNESCAPED = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    **{f"\\{sign}": sign for sign in "#$%&_"},
}


def read_bibtex(text: str) -> dict[str, str]:
    """The fields of one entry, by the grammar of BibTeX: braces that are balanced."""
    head = re.fullmatch(r"@misc\{([\w-]+),\n(.*)\}\n", text, re.DOTALL)
    assert head is not None
    fields, rest = {}, head[2]
    while rest:
        name = re.match(r"  (\w+) = ", rest)
        assert name is not None, rest
        at = end = name.end()
        depth = 0
        while depth or rest[end] != ",":
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        fields[name[1]] = rest[at:end]
        rest = rest[end + 2 :]
    return fields


def untex(text: str) -> str:
    pattern = "|".join(re.escape(each) for each in _UNESCAPED)
    return re.sub(pattern, lambda found: _UNESCAPED[found[0]], text)


TEXTS = st.text(max_size=60) | st.text(alphabet="\\{}%&~^_#$\r\n -a", max_size=30)


@given(TEXTS, st.none() | TEXTS)
def test_2_titles_are_read_back(title: str, url: str | None) -> None:
    release = made(title, url)
    line = csl(release).get("title", "")
    assert (
        line.split() == re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", title).split()
    )
    assert untex(read_bibtex(bibtex(release)).get("title", "{{}}")[2:-2]) == line
    lines = ris(release).split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]*", each) for each in lines[:-1])
    assert [each[:2] for each in lines].count("ER") == 1
    assert ("TI  - " + line in lines) == bool(line)
    assert "\n" not in plain(release)


@given(TEXTS)
def test_2_addresses_end_no_field(url: str) -> None:
    address = csl(made("A", url)).get("URL", "")
    assert address.isascii()
    assert not set(address) & set('{}\\"<> \r\n')
    assert read_bibtex(bibtex(made("A", url))).get("url", "{}") == f"{{{address}}}"


def test_2_addresses_stay_as_they_are() -> None:
    url = "https://example.org/a%20b/~c?d=1&e=%D0%B0#f"
    assert csl(made("A", url))["URL"] == url


def test_3_keys() -> None:
    releases = [Release(f"news/{n}", Source("x", SHA), "", "", date=DAY) for n in range(2000)]
    assert len(set(map(key_of, releases))) == 2000
    assert key_of(releases[0]) == key_of(Release("news/0", Source("y", SHA), "A", "", date=DAY))
    assert re.fullmatch(r"2018-[0-9a-f]{16}", key_of(releases[0]))
    assert key_of(Release("x", Source("x", SHA), "", "")).startswith("undated-")
