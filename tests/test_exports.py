"""Exports of all hits.

1. Every hit is there once, in order, in every format; the manifest says what was written.
2. What was collapsed and excluded is told.
3. An export that broke off does not open as a whole one.
4. Memory does not grow with the number of releases.
5. A search as a command and as Python gives the same hits when it is run.
"""

import contextlib
import csv
import hashlib
import io
import json
import random
import re
import shlex
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import Filter, Index, SearchRequest, Sort, parse_query
from indexer.citations import key_of
from indexer.cli import main
from indexer.exports import FORMATS, MANIFEST, as_command, as_export, as_python, parcel
from tests.releases import release

OPERATION = SearchRequest(parse_query("operation"))
EVERYTHING = SearchRequest(parse_query("*"), collapse=False)


def opened(data: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return archive


def exported(index: Index, request: SearchRequest, name: str) -> tuple[str, dict[str, Any]]:
    """The text of the file, and the manifest."""
    archive = opened(b"".join(parcel(index.all_hits(request), FORMATS[name])))
    assert archive.namelist() == [FORMATS[name].file, MANIFEST]
    data = archive.read(FORMATS[name].file)
    manifest = json.loads(archive.read(MANIFEST))
    assert manifest["file"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert manifest["file"]["bytes"] == len(data)
    return data.decode("utf-8"), manifest


def ids_of(index: Index, request: SearchRequest) -> list[str]:
    page = index.rank(request.page(1, 1000))
    assert page.total == len(page.ids)
    return list(page.ids)


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("collapse", [True, False])
def test_1_every_hit_is_there_once_and_in_order(sample: Index, sort: Sort, collapse: bool) -> None:
    request = replace(OPERATION.sorted(sort), collapse=collapse)
    ids = ids_of(sample, request)
    assert len(ids) > 30
    text, manifest = exported(sample, request, "jsonl")
    assert [json.loads(line)["id"] for line in text.splitlines()] == ids
    assert manifest["hits"] == manifest["file"]["releases"] == len(ids)
    rows = list(csv.DictReader(io.StringIO(exported(sample, request, "csv")[0], newline="")))
    assert [row["\ufeffid"] for row in rows] == ids


def test_1_references_are_those_of_the_hits(sample: Index) -> None:
    keys = [key_of(one) for one in sample.walk(OPERATION)]
    assert re.findall(r"^@misc\{(.*),$", exported(sample, OPERATION, "bibtex")[0], re.M) == keys
    assert re.findall(r"^ID  - (.*)\r$", exported(sample, OPERATION, "ris")[0], re.M) == keys
    items = json.loads(exported(sample, OPERATION, "csl")[0])
    assert [item["id"] for item in items] == keys


@pytest.mark.parametrize("name", FORMATS)
def test_1_no_hits_are_a_whole_export_too(sample: Index, name: str) -> None:
    text, manifest = exported(sample, SearchRequest(parse_query("zzzzqqq")), name)
    assert manifest["hits"] == manifest["file"]["releases"] == 0
    assert name != "csl" or json.loads(text) == []


def test_1_rows_hold_the_text_and_the_tags(sample: Index) -> None:
    text, _ = exported(sample, OPERATION, "csv")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row, one in zip(rows, sample.walk(OPERATION), strict=True):
        assert row["text"].removeprefix("'") == one.body
        assert row["title"].removeprefix("'") == one.title
        own = sample.facets["organization"].values_of(one)
        assert row["organizations"] == "; ".join(own)


def test_1_no_cell_is_a_formula(tmp_path: Path) -> None:
    titles = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", 'a "b", c\nd', "plain"]
    with Index.create(tmp_path / "index") as index:
        with index.writer() as writer:
            for number, title in enumerate(titles):
                writer.add(release(str(number), "text", title=title))
        request = SearchRequest(parse_query("*"))
        rows = csv.DictReader(io.StringIO(exported(index, request, "csv")[0], newline=""))
        shown = {row["\ufeffid"]: row["title"] for row in rows}
        lines = exported(index, request, "jsonl")[0].splitlines()
    assert [shown[str(n)] for n in range(5)] == [f"'{title}" for title in titles[:5]]
    assert [shown["5"], shown["6"]] == titles[5:]
    assert sorted(json.loads(line)["title"] for line in lines) == sorted(titles)


def test_2_the_manifest_says_what_was_asked_and_left_out(sample: Index) -> None:
    request = (
        SearchRequest(parse_query("*"))
        .where(
            Filter.any_of("certainty", "printed", "inferred"),
            Filter.none_of("language", "kk"),
            Filter.between("date", date(2015, 1, 1), None),
        )
        .sorted(Sort.NEWEST)
    )
    _, manifest = exported(sample, request, "csv")
    every, one = sample.rank(replace(request, collapse=False)), sample.rank(request)
    assert every.total > one.total > 0
    assert manifest["collapsed"] == every.total - one.total
    assert manifest["index"]["build"] == sample.statistics().build
    assert manifest["index"]["made"] == sample.builds()[-1].made.isoformat(timespec="seconds")
    assert manifest["index"]["releases"] == sample.statistics().releases
    assert manifest["search"] == {
        "query": "*",
        "filters": [
            {"facet": "certainty", "values": ["printed", "inferred"]},
            {"facet": "date", "from": "2015-01-01", "to": None},
        ],
        "excluded": [{"facet": "language", "values": ["kk"]}],
        "sort": "newest",
        "without_forms": [],
        "expand": True,
        "translate": True,
        "variants": True,
        "collapse": True,
        "feedback": True,
    }


def test_2_notices_are_in_the_manifest(sample: Index) -> None:
    _, manifest = exported(sample, SearchRequest(parse_query("operation Channel")), "ris")
    assert any(notice.startswith("Includes releases tagged") for notice in manifest["notices"])


def test_3_what_broke_off_does_not_open(sample: Index) -> None:
    pieces = list(parcel(sample.all_hits(EVERYTHING), FORMATS["jsonl"]))
    whole = b"".join(pieces)
    assert len(pieces) > 1
    for size in (len(pieces[0]), len(whole) // 2, len(whole) - 30):
        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(io.BytesIO(whole[:size]))


def test_3_a_fault_on_the_way_is_raised(sample: Index) -> None:
    def broken() -> Iterator[Any]:
        yield next(sample.releases())
        raise OSError("gone")

    hits = replace(sample.all_hits(OPERATION), releases=broken())
    with pytest.raises(OSError, match="gone"):
        list(parcel(hits, FORMATS["csv"]))


def test_4_memory_does_not_grow(sample: Index) -> None:
    long = release("long", random.Random(1).randbytes(20_000).hex())

    def most(number: int) -> int:
        hits = replace(sample.all_hits(OPERATION), releases=(long for _ in range(number)))
        tracemalloc.start()
        for _ in parcel(hits, FORMATS["jsonl"]):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(10)
    assert most(400) < most(40) + 200_000


TYPED = st.text(max_size=15) | st.sampled_from(
    [
        "-operation",
        "--help",
        "'; rm -rf x",
        '"seized heroin"',
        "a\\'b",
        "operation Channel",
        "$HOME",
    ]
)
FILTERS = st.lists(
    st.sampled_from(
        [
            Filter.any_of("organization", "un", "osce"),
            Filter.any_of("operation", "channel"),
            Filter.none_of("language", "ru", "en"),
            Filter.between("date", date(2015, 3, 1), date(2020, 12, 31)),
            Filter.between("date", None, date(2019, 1, 1)),
        ]
    ),
    max_size=3,
)
REQUESTS = st.builds(
    lambda typed, filters, **rest: SearchRequest(parse_query(typed), tuple(filters), **rest),
    TYPED,
    FILTERS,
    sort=st.sampled_from(Sort),
    without_forms=st.sampled_from([(), ("operations",), ("-x", "операции")]),
    expand=st.booleans(),
    translate=st.booleans(),
    variants=st.booleans(),
    collapse=st.booleans(),
    page_number=st.integers(1, 2),
    page_size=st.integers(1, 9),
)
QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUICK
@given(REQUESTS)
def test_5_the_command_gives_the_same_hits(
    sample: Index, sample_folder: Path, asked: SearchRequest
) -> None:
    argv = shlex.split(as_command(asked, str(sample_folder)))
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        assert argv[0] == "communique"
        assert main([*argv[1:2], "--json", *argv[2:]]) == 0
    answer = json.loads(out.getvalue())
    ranking = sample.rank(asked)
    assert [hit["id"] for hit in answer["hits"]] == list(ranking.ids)
    assert answer["total"] == ranking.total


@QUICK
@given(REQUESTS)
def test_5_the_program_gives_the_same_hits(
    sample: Index, sample_folder: Path, asked: SearchRequest
) -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(as_python(asked, str(sample_folder)), "recipe", "exec"), {})
    hits = sample.search(asked).hits
    assert out.getvalue() == "".join(f"{h.release.date.value} {h.release.title}\n" for h in hits)


def test_5_the_command_for_an_export_writes_it(
    sample: Index, sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = OPERATION.where(Filter.any_of("organization", "un")).sorted(Sort.OLDEST)
    target = tmp_path / "out.zip"
    line = as_export(request, "jsonl", str(sample_folder)).replace("FILE", str(target))
    assert main(shlex.split(line)[1:]) == 0
    archive = opened(target.read_bytes())
    lines = archive.read("releases.jsonl").decode().splitlines()
    assert [json.loads(each)["id"] for each in lines] == ids_of(sample, request)
    written = json.loads(archive.read(MANIFEST))["command"]
    assert written == as_export(request, "jsonl")
    assert f"{len(lines)} releases are in" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [target]


def test_5_an_export_that_cannot_be_written_is_told_in_a_line(
    sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "none" / "out.zip"
    options = ["--index", str(sample_folder), "--output", str(target)]
    assert main(["export", "operation", *options]) == 2
    err = capsys.readouterr().err
    assert "cannot be written" in err
    assert len(err.splitlines()) == 1
