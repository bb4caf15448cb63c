"""The codec: arrays in a mapped file, behind Whoosh's interfaces.

1. What is packed comes out again, whatever the numbers.
2. Whoosh's own queries answer as with its plain codec: documents, scores, weights, positions.
3. Our writer writes what Whoosh's writer would: the same terms, postings and lengths.
4. Merged, spilled and written at once are the same; what is deleted is left out.
5. Lengths are exact, however long a text is.
6. A damaged file is IndexCorrupt with its name and section: never an answer, never a crash.
7. A newer format is IndexUnavailable with both versions; the oldest one is read.
"""

import random
import shutil
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as whoosh
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.columns import VarBytesColumn
from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.formats import Characters
from whoosh.index import create_in, open_dir
from whoosh.scoring import BM25F, Frequency

from indexer.analysis import normalize, stem, token_texts
from indexer.embedded import EmbeddedEngine, fixity, generations, sealed
from indexer.embedded.codec import (
    ArrayCodec,
    SectionFile,
    SegmentData,
    container,
    inverting,
    merging,
    packing,
)
from indexer.embedded.codec.segment import SegmentBuilder
from indexer.embedded.generation import Generation
from indexer.embedded.schema import facet_field, make_schema, text_field
from indexer.embedded.searcher import EmbeddedSearcher
from indexer.embedded.snapshot import Snapshot
from indexer.errors import IndexCorrupt, IndexUnavailable
from indexer.query import Phrase, Query, Word
from indexer.release import Release
from indexer.request import Filter, SearchRequest
from tests.releases import authority, release

AUTHORITY = authority()
LANGUAGES = ("en", "ru")
FORMAT_1 = Path(__file__).parent / "data" / "format-1"


@pytest.fixture(autouse=True, scope="module")
def unflushed() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _handle: None)
        yield


POLICY = "indexer.embedded.codec.merge_policy.to_merge"


def unmerged(_segments: object) -> list[object]:
    return []


# 1. Packing

numbers = st.one_of(
    st.integers(0, 3),
    st.integers(250, 260),
    st.integers(65_530, 65_540),
    st.integers(0, 2**32 - 1),
)
groups = st.lists(st.lists(numbers, min_size=1, max_size=8), max_size=8)


@settings(deadline=None)
@given(groups)
def test_1_groups_come_out_again(given_groups: list[list[int]]) -> None:
    values = np.array([n for group in given_groups for n in group], np.uint32)
    counts = np.array(list(map(len, given_groups)), np.int64)
    packed = packing.pack(values, counts)
    assert packed.content.nbytes == packed.sizes.sum()
    together = packing.many(packed.content, packed.codes, packed.sizes, counts)
    assert together.tolist() == values.tolist()
    ends = np.cumsum(packed.sizes)
    for at, group in enumerate(given_groups):
        content = packed.content[ends[at] - packed.sizes[at] : ends[at]]
        code = int(packed.codes[at])
        assert packing.numbers(content, code, len(group)).tolist() == group
        sums = np.cumsum(group) % 2**32
        assert packing.sums(content, code, len(group)).tolist() == sums.tolist()
        parts = [part for part in range(len(group)) if part % 3 < 2]
        starts, sizes = np.array(parts, np.int64), np.ones(len(parts), np.int64)
        sums = packing.sums_of_parts(content, code, len(group), starts, sizes)
        assert sums.tolist() == [group[part] for part in parts]
        halves = np.array([0, len(group) // 2], np.int64)[len(group) < 2 :]
        sizes = np.diff(halves, append=len(group))
        sums = packing.sums_of_parts(content, code, len(group), halves, sizes)
        expected = packing.sums_in_groups(np.array(group, np.uint32), sizes)
        assert sums.tolist() == expected.tolist()
    if given_groups:
        running = packing.sums_in_groups(values, counts)
        assert running.tolist() == [s for g in given_groups for s in np.cumsum(g) % 2**32]


def test_1_the_width_is_the_smallest() -> None:
    groups = [[0, 0], [1, 2, 254], [1, 300, 1], [600, 700, 800], [90_000, 2**31, 2**30]]
    values = np.array([n for group in groups for n in group], np.uint32)
    packed = packing.pack(values, np.array(list(map(len, groups)), np.int64))
    assert packed.codes.tolist() == [0, 1, 1, 2, 3]
    assert packed.sizes.tolist() == [0, 3, 4, 6, 12]


@given(st.lists(st.one_of(st.integers(0, 5), st.integers(0, 2**32 - 1)), max_size=30))
def test_1_the_order_is_stable(keys: list[int]) -> None:
    order = inverting.stable_order(np.array(keys, np.uint32))
    assert order.tolist() == sorted(range(len(keys)), key=keys.__getitem__)


# 2. Whoosh's own queries

SCHEMA = Schema(
    id=ID(stored=True, unique=True, sortable=True),
    text=TEXT(analyzer=SpaceSeparatedTokenizer(), stored=True),
    word=KEYWORD(scorable=True),
    number=NUMERIC(sortable=True),
)
WORDS = [f"w{n}" for n in range(30)]


def documents(seed: int, count: int, longest: int) -> list[dict[str, Any]]:
    chosen = random.Random(seed)
    weights = [1 / (n + 1) for n in range(len(WORDS))]
    return [
        {
            "id": f"d{n}",
            "text": " ".join(chosen.choices(WORDS, weights, k=chosen.randint(1, longest))),
            "word": " ".join(chosen.sample("abcdef", 2)),
            "number": chosen.randint(0, 9),
        }
        for n in range(count)
    ]


def by_whoosh(folder: Path, codec: object, batches: Sequence[Sequence[dict[str, Any]]]) -> Any:
    folder.mkdir()
    index = create_in(str(folder), SCHEMA)
    for batch in batches:
        writer = index.writer(codec=codec)
        for document in batch:
            writer.update_document(**document)
        writer.delete_by_term("id", "d3")
        writer.commit(merge=False)
    return open_dir(str(folder))


@pytest.fixture(scope="module", params=[(40, 1), (700, 1), (700, 4)], ids=str)
def indexes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same documents by the plain codec and by ours; texts of up to ten words."""
    count, batches = request.param
    every = documents(count, count, 10)
    parts = [every[start::batches] for start in range(batches)]
    parts[-1] = [*parts[-1], {**every[0], "text": "w1 w2 w1"}] if batches > 1 else parts[-1]
    folder = tmp_path_factory.mktemp("codec")
    return by_whoosh(folder / "plain", None, parts), by_whoosh(folder / "own", ArrayCodec(), parts)


QUERIES = (
    whoosh.Every(),
    whoosh.Term("text", "w0"),
    whoosh.Term("text", "w29"),
    whoosh.Term("text", "absent"),
    whoosh.Term("word", "a"),
    whoosh.Term("id", "d7"),
    whoosh.Or([whoosh.Term("text", "w1"), whoosh.Term("text", "w20"), whoosh.Term("word", "b")]),
    whoosh.And([whoosh.Term("text", "w0"), whoosh.Term("text", "w1")]),
    whoosh.And([whoosh.Term("text", "w0"), whoosh.Not(whoosh.Term("text", "w1"))]),
    whoosh.Phrase("text", ["w0", "w1"]),
    whoosh.Phrase("text", ["w1", "w0", "w0"], slop=2),
    whoosh.Prefix("text", "w1"),
    whoosh.Wildcard("text", "w?"),
    whoosh.FuzzyTerm("text", "w11"),
    whoosh.TermRange("text", "w10", "w15"),
    whoosh.NumericRange("number", 3, 5),
)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_2_queries_answer_as_with_the_plain_codec(indexes: Any, query: Any) -> None:
    found = []
    for index in indexes:
        with index.searcher() as searcher:
            hits = searcher.search(query, limit=None)
            found.append({hit["id"]: (hit.score, hit.fields()) for hit in hits})
    plain, own = found
    assert own == {key: (pytest.approx(score), kept) for key, (score, kept) in plain.items()}


@pytest.mark.parametrize("limit", [1, 10])
def test_2_the_best_of_a_word_are_the_best(indexes: Any, limit: int) -> None:
    for index in indexes:
        with index.searcher(weighting=BM25F()) as searcher:
            for word in WORDS[:5]:
                every = [h.score for h in searcher.search(whoosh.Term("text", word), limit=None)]
                best = [h.score for h in searcher.search(whoosh.Term("text", word), limit=limit)]
                assert best == pytest.approx(every[:limit])


def postings(index: Any) -> list[tuple[Any, ...]]:
    """Everything that matchers give, segment by segment."""
    found = []
    for reader, base in index.reader().leaf_readers():
        for field, text in reader.all_terms():
            matcher = reader.postings(field, text)
            places = reader.schema[field].format.supports("positions")
            while matcher.is_active():
                at = matcher.value_as("positions") if places else None
                found.append((base, field, text, matcher.id(), matcher.weight(), at))
                matcher.next()
    return found


def test_2_postings_are_those_of_the_plain_codec(indexes: Any) -> None:
    plain, own = indexes
    assert postings(own) == postings(plain)


def test_2_columns_and_lengths_are_those_of_the_plain_codec(indexes: Any) -> None:
    readings = []
    for index in indexes:
        for reader, _ in index.reader().leaf_readers():
            count = reader.doc_count_all()
            readings.append(
                (
                    [list(reader.column_reader(name)) for name in ("id", "number")],
                    [reader.doc_field_length(n, "text") for n in range(count)],
                    reader.field_length("text"),
                    [reader.is_deleted(n) for n in range(count)],
                    reader.frequency("text", "w0"),
                    reader.doc_frequency("text", "w0"),
                    reader.doc_frequency("text", "absent"),
                )
            )
    assert readings[: len(readings) // 2] == readings[len(readings) // 2 :]


def test_2_matchers_skip_and_come_back(indexes: Any) -> None:
    for reader, _ in indexes[1].reader().leaf_readers():
        matcher = reader._terms.matcher("text", b"w0", reader.schema["text"].format)
        every = list(matcher.copy().all_ids())
        for wanted in range(every[-1] + 1):
            twin = matcher.copy()
            twin.skip_to(wanted)
            assert twin.id() == min(doc for doc in every if doc >= wanted)
        while matcher.is_active():
            matcher.next()
        matcher.reset()
        assert matcher.id() == every[0]
        assert matcher.value_as("frequency") == len(matcher.value_as("positions"))


def test_2_sorting_and_merging_by_whoosh(tmp_path: Path) -> None:
    every = documents(1, 60, 10)
    index = by_whoosh(tmp_path / "own", ArrayCodec(), [every[:30], every[30:]])
    before = sorted(
        (text, *rest) for _, field, text, _, *rest in postings(index) if field == "text"
    )
    index.writer(codec=ArrayCodec()).commit(optimize=True)
    after = sorted((text, *rest) for _, field, text, _, *rest in postings(index) if field == "text")
    assert after == before
    with index.searcher() as searcher:
        for reverse in (False, True):
            hits = searcher.search(whoosh.Every(), sortedby="number", reverse=reverse, limit=None)
            numbers_in_order = [every[int(hit["id"][1:])]["number"] for hit in hits]
            assert numbers_in_order == sorted(numbers_in_order, reverse=reverse)


def test_2_a_storage_without_a_folder() -> None:
    storage = RamStorage()
    index = storage.create_index(SCHEMA)
    writer = index.writer(codec=ArrayCodec())
    writer.add_document(id="a", text="one two", number=1)
    writer.commit()
    assert [name for name in storage.list() if name.endswith(".seg")]
    with index.searcher(weighting=Frequency()) as searcher:
        assert [hit["id"] for hit in searcher.search(whoosh.Phrase("text", ["one", "two"]))] == [
            "a"
        ]


@pytest.mark.parametrize(
    ("field", "document", "message"),
    [
        (TEXT(analyzer=SpaceSeparatedTokenizer(), chars=True), {"f": "a"}, "formats"),
        (TEXT(analyzer=SpaceSeparatedTokenizer(), vector=Characters()), {"f": "a"}, "vectors"),
        (TEXT(analyzer=SpaceSeparatedTokenizer()), {"f": "a", "_f_boost": 1.5}, "weight of 1.5"),
        (NUMERIC(stored=True), {"f": 1}, "stores texts"),
    ],
)
def test_2_what_is_not_kept_is_told(
    tmp_path: Path, field: Any, document: dict[str, Any], message: str
) -> None:
    index = create_in(str(tmp_path), Schema(f=field, s=ID(sortable=VarBytesColumn())))
    writer = index.writer(codec=ArrayCodec())

    def write() -> None:
        writer.add_document(**document)
        writer.commit()

    with pytest.raises(ValueError, match=message):
        write()
    if not writer.is_closed:  # Later lines of Whoosh close it themselves.
        writer.cancel()


# 3. Our writer

_TEXTS = {
    "en": ("seizures", "seized", "border", "UN's", "it's", "x_y", "7"),
    "ru": ("граница", "границы", "ещё", "UN", "аб’яднаны"),
    "unknown": ("сарҳад", "border", "𝔘nicode", "ﬁ"),
}


def releases(count: int, seed: int = 5, longest: int = 40) -> list[Release]:
    chosen = random.Random(seed)
    made = []
    for number in range(count):
        language = chosen.choice(sorted(_TEXTS))
        texts = [
            " ".join(chosen.choices(_TEXTS[language], k=chosen.randint(0, n))) for n in (3, longest)
        ]
        tags = [("organization", "un")] * chosen.randint(0, 1)
        day = chosen.choice([None, "2015-03-01"])
        made.append(
            release(f"r{number}", texts[1], title=texts[0], language=language, tags=tags, day=day)
        )
    return made


def plainly(folder: Path, given_releases: Sequence[Release]) -> Any:
    """The same index by Whoosh's writer and codec."""
    folder.mkdir()
    index = create_in(str(folder), make_schema(AUTHORITY.facets, LANGUAGES))
    writer = index.writer()
    for one in given_releases:
        fields: dict[str, Any] = {"id": one.id}
        for part in ("title", "body"):
            words = [normalize(word) for word in token_texts(getattr(one, part))]
            fields[text_field(part, "words")] = words
            if one.language.code in LANGUAGES:
                stems = [stem(word, one.language.code) for word in words]
                fields[text_field(part, one.language.code)] = stems
        for name, facet in AUTHORITY.facets.items():
            fields[facet_field(name)] = facet.values_of(one)
        writer.add_document(**fields)
    writer.commit()
    return index


def engine_of(folder: Path, *batches: Sequence[Release]) -> EmbeddedEngine:
    engine = EmbeddedEngine.create(folder, AUTHORITY)
    for batch in batches:
        with engine.writer() as writer:
            for one in batch:
                writer.add(one)
    return engine


def index_of(engine: EmbeddedEngine) -> Any:
    return open_dir(str(generations.current(engine.folder)))


def test_3_what_is_written_is_what_whoosh_would_write(tmp_path: Path) -> None:
    every = releases(300)
    own = index_of(engine_of(tmp_path / "own", every))
    plain = plainly(tmp_path / "plain", every)
    assert postings(own) == postings(plain)
    own_reader, plain_reader = own.reader(), plain.reader()
    for field in ("title_words", "body_words", "body_en", "body_ru"):
        assert own_reader.field_length(field) == plain_reader.field_length(field)
        assert list(own_reader.lexicon(field)) == list(plain_reader.lexicon(field))
    assert [fields["id"] for fields in own_reader.all_stored_fields()] == [r.id for r in every]


# 4. Merging and spilling


def contents(engine: EmbeddedEngine) -> dict[str, Any]:
    """What a snapshot knows, by ids instead of numbers."""
    snapshot = Snapshot(index_of(engine))
    ids = [snapshot.id(doc) for doc in range(snapshot.size)]
    found: dict[str, Any] = {"ids": snapshot.ids()}
    for field in ("title_words", "body_words", "body_en", "title_ru"):
        lengths = snapshot.statistics(field, 1.0).lengths
        found[field] = {ids[n]: lengths[n] for n in np.flatnonzero(snapshot.live)}
        for term in {w for lexicon in snapshot.lexicons(field) for w in lexicon}:
            known = snapshot.frequencies(field, term)
            counts = zip(known.docs, known.counts, strict=True)
            (occurrences,) = snapshot.occurrences(field, [term])
            places = zip(occurrences.docs, occurrences.positions, strict=True)
            found[f"{field}:{term}"] = (
                {ids[doc]: count for doc, count in counts},
                sorted((ids[doc], int(place)) for doc, place in places),
            )
    for facet in AUTHORITY.facets:
        column = snapshot.facet_column(facet)
        live = np.flatnonzero(snapshot.live)
        found[facet] = sorted(
            (ids[doc], value) for value in column.values for doc in live[column.mask([value])[live]]
        )
    for name in ("first_day", "last_day"):
        found[name] = {ids[n]: snapshot.column(name)[n] for n in np.flatnonzero(snapshot.live)}
    found["stored"] = {ids[n]: snapshot.stored(int(n)) for n in np.flatnonzero(snapshot.live)}
    return {key: value for key, value in found.items() if value != ({}, [])}


def segments(engine: EmbeddedEngine) -> int:
    return Snapshot(index_of(engine)).segments


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    engine = engine_of(tmp_path_factory.mktemp("once") / "index", releases(60))
    assert segments(engine) == 1
    return contents(engine)


@pytest.mark.parametrize("words", [1, 1000, 4000])
def test_4_spilled_is_as_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: dict[str, Any], words: int
) -> None:
    monkeypatch.setattr("indexer.embedded.writer.MEMORY_WORDS", words)
    monkeypatch.setattr(merging, "RUN_POSTINGS", words // 10 + 1)
    replaced = [release(one.id, "to be replaced") for one in releases(20)]
    engine = engine_of(tmp_path / "index", [*replaced, *releases(60)])
    assert segments(engine) == 1
    assert contents(engine) == at_once


@pytest.mark.parametrize("batches", [1, 2, 7, 20])
def test_4_many_segments_answer_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: dict[str, Any], batches: int
) -> None:
    monkeypatch.setattr(POLICY, unmerged)
    every = releases(60)
    old = [release(one.id, "old words") for one in every[:5]]
    engine = engine_of(tmp_path / "index", *([*old, *every][at::batches] for at in range(batches)))
    with engine.writer() as writer:
        for one in every[:5]:
            writer.delete(one.id)
            writer.add(one)
    assert contents(engine) == at_once
    engine.compact()
    assert segments(engine) == 1
    assert contents(engine) == at_once


def test_4_nothing_is_left_of_what_is_all_deleted(tmp_path: Path) -> None:
    engine = engine_of(tmp_path / "index", releases(3), releases(2))
    with engine.writer() as writer:
        for one in releases(3):
            writer.delete(one.id)
    assert segments(engine) == 0
    assert engine.searcher().search(SearchRequest()).total == 0


# 5. Lengths


def test_5_lengths_and_positions_are_exact(tmp_path: Path) -> None:
    sizes = (1, 10, 11, 255, 256, 1000, 70_000)
    every = [release(f"r{n}", "filler " * (n - 1) + "last") for n in sizes]
    snapshot = Snapshot(index_of(engine_of(tmp_path / "index", every)))
    assert snapshot.statistics("body_words", 1.0).lengths.tolist() == list(sizes)
    (last,) = snapshot.occurrences("body_words", ["last"])
    assert last.positions.tolist() == [n - 1 for n in sizes]
    counts = snapshot.frequencies("body_words", "filler").counts
    assert counts.tolist() == [n - 1 for n in sizes[1:]]


# Stored texts


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["", "short", "длинный " * 900, "x" * 40_000]), max_size=20),
    st.randoms(use_true_random=False),
)
def test_stored_texts_come_back_in_any_order(texts: list[str], chance: random.Random) -> None:
    builder = SegmentBuilder(None, ("first", "second"))
    for text in texts:
        builder.records.add({"first": text, "second": text[:3]})
    content = np.frombuffer(builder.encoded(len(texts)), np.uint8)
    records = SegmentData(SectionFile("a.seg", content)).records
    for doc in chance.sample(range(len(texts)), len(texts)):
        expected = {"first": texts[doc], "second": texts[doc][:3]} if texts[doc] else {}
        assert records.read(doc) == expected


@pytest.mark.parametrize("writer", ["zlib", "isal.isal_zlib"])
@pytest.mark.parametrize("reader", ["zlib", "isal.isal_zlib"])
def test_either_deflate_reads_the_other(
    writer: str, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def use(name: str) -> None:
        for room in ("records", "container"):
            module = pytest.importorskip(name)
            monkeypatch.setattr(f"indexer.embedded.codec.{room}.deflate", module)

    use(writer)
    builder = SegmentBuilder(None, ("text",))
    texts = ["длинный " * 5_000, "short"]
    for text in texts:
        builder.records.add({"text": text})
    content = np.frombuffer(builder.encoded(2), np.uint8)
    use(reader)
    records = SegmentData(SectionFile("a.seg", content)).records
    assert [records.read(doc)["text"] for doc in range(2)] == texts


@pytest.mark.parametrize("module", ["zlib", "isal.isal_zlib"])
def test_a_damaged_stored_block_is_told(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.embedded.codec.records.deflate", pytest.importorskip(module))
    builder = SegmentBuilder(None, ("text",))
    builder.records.add_block(np.array([6]), np.frombuffer(b"no deflate at all", np.uint8))
    content = np.frombuffer(builder.encoded(1), np.uint8)
    with pytest.raises(IndexCorrupt, match=r"a\.seg: stored block 0: "):
        SegmentData(SectionFile("a.seg", content)).records.read(0)


def test_a_stored_block_that_ends_too_soon_is_damage() -> None:
    builder = SegmentBuilder(None, ("text",))
    builder.records.add_block(np.array([6]), np.frombuffer(zlib.compress(b"short"), np.uint8))
    content = np.frombuffer(builder.encoded(1), np.uint8)
    with pytest.raises(IndexCorrupt, match=r"a\.seg: stored block 0: it is cut short"):
        SegmentData(SectionFile("a.seg", content)).records.read(0)


# 6. Damage


@pytest.fixture
def segment_file(tmp_path: Path) -> Path:
    engine = engine_of(tmp_path / "index", releases(12, longest=6))
    (path,) = generations.current(engine.folder).glob("*.seg")
    return path


def read_all(path: Path) -> None:
    """Read everything that a segment holds."""
    data = SegmentData(SectionFile.open(path))
    for name in data.file.sizes():
        data.file.array(name)
    for doc in range(data.count):
        data.records.read(doc)


def test_6_each_flipped_bit_is_found(segment_file: Path) -> None:
    whole = segment_file.read_bytes()
    sections = SectionFile.open(segment_file)
    used = np.zeros(len(whole), np.bool_)
    used[:32] = True
    for section in sections._sections.values():
        used[section.start : section.start + section.size] = True
    used[sections.end :] = True
    for at in range(len(whole)):
        broken = whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :]
        segment_file.write_bytes(broken)
        if used[at]:
            with pytest.raises((IndexCorrupt, IndexUnavailable), match=segment_file.name):
                read_all(segment_file)


@pytest.mark.parametrize("kept", [0, 1, 31, 32, 100, 0.5, 0.99])
def test_6_a_cut_file_is_corrupt(segment_file: Path, kept: float) -> None:
    whole = segment_file.read_bytes()
    length = int(kept) if kept >= 1 or not kept else int(len(whole) * kept)
    segment_file.write_bytes(whole[:length])
    with pytest.raises(IndexCorrupt, match=segment_file.name):
        read_all(segment_file)


def test_6_the_damaged_section_is_named(segment_file: Path) -> None:
    whole = segment_file.read_bytes()
    sections = dict(SectionFile.open(segment_file)._sections)
    engine = EmbeddedEngine(segment_file.parents[2], AUTHORITY)
    for name, section in sections.items():
        if section.size:
            broken = bytearray(whole)
            broken[section.start] ^= 1
            segment_file.write_bytes(broken)
            with pytest.raises(IndexCorrupt, match=rf"{segment_file.name}.* section {name}:"):
                SectionFile.open(segment_file).array(name)
            assert (
                f"section {name}:"
                in engine.verify()[f"{segment_file.parent.name}/{segment_file.name}"]
            )
    segment_file.write_bytes(whole)
    assert dict(engine.verify()) == {}


def test_6_a_damaged_posting_is_no_answer(tmp_path: Path) -> None:
    engine = engine_of(tmp_path / "index", releases(60))
    (path,) = generations.current(engine.folder).glob("*.seg")
    section = SectionFile.open(path)._sections["postings.documents"]
    broken = bytearray(path.read_bytes())
    broken[section.start + section.size // 2] ^= 1
    path.write_bytes(broken)
    with pytest.raises(IndexCorrupt, match=r"postings\.documents"):
        engine.searcher().search(SearchRequest(Query("", Word("border")), expand=False))


def test_6_a_swapped_file_is_corrupt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(POLICY, unmerged)
    engine = engine_of(tmp_path / "index", releases(5), releases(14)[5:])
    one, other = generations.current(engine.folder).glob("*.seg")
    shutil.copy(one, other)
    with pytest.raises(IndexCorrupt):
        engine.searcher()


def test_6_no_segment_is_told(segment_file: Path) -> None:
    segment_file.write_bytes(b"PK\3\4" + bytes(100))
    with pytest.raises(IndexCorrupt, match="no segment"):
        SectionFile.open(segment_file)


# 7. Versions


def test_7_a_newer_format_is_told_with_both_versions(segment_file: Path) -> None:
    whole = segment_file.read_bytes()
    newer = bytearray(whole)
    struct.pack_into("<I", newer, 8, container.VERSION + 1)
    struct.pack_into("<I", newer, 28, zlib.crc32(bytes(newer[:28])))
    segment_file.write_bytes(newer)
    with pytest.raises(IndexUnavailable, match=r"version 2, .* up to 1; install a newer one"):
        SectionFile.open(segment_file)
    engine = EmbeddedEngine(segment_file.parents[2], AUTHORITY)
    with pytest.raises(IndexUnavailable, match="format version 2"):
        engine.searcher()


def seal(engine: EmbeddedEngine) -> None:
    """Take the files of the current build, as they are now, for what was written."""
    folder = generations.current(engine.folder)
    record = sealed.load((folder / fixity.BUILD).read_text(encoding="utf-8"))
    record["files"] = {name: fixity.record(p) for name, p in fixity.files_of(folder).items()}
    (folder / fixity.BUILD).write_text(sealed.dump(record), encoding="utf-8")


def test_7_a_segment_of_another_codec_is_told(tmp_path: Path) -> None:
    engine = engine_of(tmp_path / "index", releases(2))
    writer = index_of(engine).writer()
    writer.add_document(id="plain")
    writer.commit()
    seal(engine)
    with pytest.raises(IndexUnavailable, match="another codec"):
        engine.searcher()
    with pytest.raises(IndexUnavailable, match="another codec"):
        engine.writer()
    with engine.writer(rebuild=True) as rebuilt:
        rebuilt.add(release("new", "words"))
    assert list(engine.searcher().ids()) == ["new"]


def test_7_format_1_is_read(tmp_path: Path) -> None:
    folder = shutil.copytree(FORMAT_1, tmp_path / "index")
    for path in folder.glob("*.seg"):
        assert struct.unpack_from("<I", path.read_bytes(), 8) == (1,)
        assert SectionFile.open(path).damage() == []
    (folder / fixity.BUILD).write_text(sealed.dump({"files": {}}), encoding="utf-8")
    searcher = EmbeddedSearcher(open_dir(str(folder)), Generation(folder), AUTHORITY)
    assert searcher.statistics().segments == 2
    assert list(searcher.ids()) == ["a", "b", "c", "e"]
    asked = SearchRequest(Query("", Phrase(("border", "police"))), expand=False)
    assert [hit.release.id for hit in searcher.search(asked).hits] == ["b", "a"]
    page = searcher.search(SearchRequest().where(Filter.any_of("organization", "osce")))
    assert [hit.release.id for hit in page.hits] == ["e", "c"]
    found = searcher.release("c")
    assert found is not None
    assert (found.title, found.body) == ("Заседание", "министр границы")
