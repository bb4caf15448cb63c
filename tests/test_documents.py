"""PDF, DOCX and e-mail.

Laws:
1. Reading never raises for what stands in a file; it yields releases, faults and attachments.
2. What a document holds is in its text, its hints, its removed text or its attachments.
3. A limit that strikes is named.
"""

import builtins
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers.documents import docx as docx_reader
from indexer.readers.documents import mail_parts
from indexer.readers.documents import pdf as pdf_reader
from indexer.readers.documents.document_title import written_title
from indexer.readers.documents.docx import read_docx
from indexer.readers.documents.mail import read_mail, read_saved_page
from indexer.readers.documents.page_lines import Line, paragraphs_of, without_headers
from indexer.readers.documents.pdf import read_pdf
from indexer.readers.draft import Draft, Fault, Member

try:
    import pypdf
except ImportError:
    pypdf = None  # type: ignore[assignment]
try:
    import docx
except ImportError:
    docx = None  # type: ignore[assignment]

needs_pypdf = pytest.mark.skipif(pypdf is None, reason="pypdf (the extra pdf) is not installed")
needs_docx = pytest.mark.skipif(
    docx is None, reason="python-docx (the extra docx) is not installed"
)

Found = Draft | Fault | Member
Page = Sequence[tuple[int, str]]


def one(found: object) -> Draft:
    (draft,) = list(found)  # type: ignore[call-overload]
    assert isinstance(draft, Draft), draft
    return draft


def reason(found: object) -> str:
    (fault,) = list(found)  # type: ignore[call-overload]
    assert isinstance(fault, Fault), fault
    assert "\n" not in fault.reason
    return fault.reason


def is_accounted(found: list[Found]) -> bool:
    return all(isinstance(each, Draft | Fault | Member) for each in found)


def without(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def guarded(name: str, *rest: object) -> object:
        if name.split(".")[0] == module:
            raise ImportError(name)
        return load(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", guarded)


def mutated(data: bytes, seed: int, count: int) -> bytes:
    """The data with some bytes changed, cut out or doubled, at places that the seed chooses."""
    chance = random.Random(seed)
    result = bytearray(data)
    for _ in range(count):
        at = chance.randrange(len(result))
        match chance.randrange(4):
            case 0 | 1:
                result[at] = chance.randrange(256)
            case 2:
                del result[at : at + chance.randrange(1, 40)]
            case _:
                result[at:at] = result[at : at + chance.randrange(1, 40)]
        result = result or bytearray(b"x")
    return bytes(result)


# PDF


def pdf_of(pages: Sequence[Page], info: str = "", root: str = "", image: bool = False) -> bytes:
    """A PDF file of pages of lines, each with its height on the page."""
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    picture = "/XObject<</I 4 0 R>>" if image else ""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8", "x"),
    ]
    for at, page in enumerate(pages):
        lines = "".join(f"1 0 0 1 72 {y} Tm ({text}) Tj\n" for y, text in page)
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {6 + 2 * at} 0 R"
            f"/Resources<</Font<</F 3 0 R>>{picture}>>>>",
            stream("", f"BT /F 11 Tf\n{lines}ET"),
        ]
    return written([each.encode("latin-1") for each in [*objects, f"<<{info}>>"]])


def stream(entries: str, content: str) -> str:
    return f"<</Length {len(content)}{entries}>>stream\n{content}\nendstream"


def written(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R%b>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(objects),
        trailer,
        len(out),
    )
    return out + head + table + end


def paged(*bodies: Sequence[str]) -> list[Page]:
    return [
        [
            (800, "Press service of the Council"),
            *((760 - 14 * at, text) for at, text in enumerate(body)),
            (30, f"Page {number} of {len(bodies)}"),
        ]
        for number, body in enumerate(bodies, 1)
    ]


THREE_PAGES = pdf_of(
    paged(
        ["The opera-", "tion lasted for two weeks and", "went"],
        ["on in all of the member states.", "Nothing else is known of it."],
        ["The end."],
    ),
    info="/Title(Operation Channel ends)/Producer(Maker 1.0)/CreationDate(D:20190102030405Z)",
    root="/Lang(en-GB)",
)


@needs_pypdf
def test_a_pdf_is_read_as_paragraphs_without_headers_and_footers() -> None:
    draft = one(read_pdf(THREE_PAGES))
    assert draft.text == (
        "The operation lasted for two weeks and went on in all of the member states. "
        "Nothing else is known of it.\n\nThe end."
    )
    assert [(cut.kind, cut.rule, cut.text) for cut in draft.removed] == [
        ("furniture", "page header", "Press service of the Council"),
        ("furniture", "page header", "Page 1 of 3\nPage 2 of 3\nPage 3 of 3"),
    ]
    assert (draft.title, draft.language) == ("Operation Channel ends", "en-GB")
    assert draft.date is None


@needs_pypdf
def test_a_wide_gap_begins_a_paragraph() -> None:
    lines = [(700, "A heading"), (670, "First line of"), (657, "a text"), (644, "goes on")]
    assert one(read_pdf(pdf_of([lines]))).text == "A heading\n\nFirst line of a text goes on"


@needs_pypdf
@pytest.mark.parametrize("title", ["Microsoft Word - x.doc", "Maker 1.0", "release_04.docx", "()"])
def test_a_title_that_a_program_wrote_is_no_title(title: str) -> None:
    info = f"/Title({title})/Producer(Maker 1.0)"
    assert one(read_pdf(pdf_of([[(700, "text")]], info))).title is None


def test_which_titles_are_written_by_hand() -> None:
    for title in ("Microsoft opens an office", "Document on the Arctic", "Printing houses"):
        assert written_title(title) == title
    for title in ("", "12", "Untitled-1", "(anonymous).pdf", "Документ Microsoft Word", "Slide 1"):
        assert written_title(title) is None


@needs_pypdf
def test_a_pdf_without_a_text_layer_is_named() -> None:
    assert reason(read_pdf(pdf_of([[], []], image=True))) == (
        "the PDF has no text layer (2 pages of images); run text recognition (OCR) on it first"
    )
    assert "there is no text in the PDF (pages: 1)" in reason(read_pdf(pdf_of([[]])))
    draft, fault = read_pdf(pdf_of([[(700, "text")], []], image=True))
    assert isinstance(draft, Draft)
    assert isinstance(fault, Fault)
    assert "pages without a text layer, images only: 2;" in fault.reason


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(THREE_PAGES))
    writer.encrypt(password, owner_password="other", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@needs_pypdf
def test_an_encrypted_pdf_is_read_with_an_empty_password_only() -> None:
    assert one(read_pdf(encrypted(""))).text.startswith("The operation")
    assert reason(read_pdf(encrypted("secret"))) == (
        "the PDF is protected by a password; save a copy of it without"
    )


@needs_pypdf
def test_a_broken_table_of_objects_is_mended_and_a_broken_file_named() -> None:
    shifted = THREE_PAGES.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%all places are wrong\n")
    assert one(read_pdf(shifted)).text.startswith("The operation")
    for data in (b"", b"%PDF-1.7\n", b"no PDF at all"):
        assert reason(read_pdf(data)).startswith("the PDF is damaged (")


@needs_pypdf
def test_the_limits_of_a_pdf_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 2)
    assert (
        reason(read_pdf(THREE_PAGES)) == "the PDF has 3 pages, more than 2; split it into releases"
    )
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 9)
    monkeypatch.setattr(pdf_reader, "MAX_TEXT", 100)
    assert "more than 16 million characters" in reason(read_pdf(THREE_PAGES))


@needs_pypdf
def test_a_stream_that_unpacks_to_too_much_costs_only_its_page() -> None:
    bomb = zlib.compress(b" " * 80_000_000, 9)
    content = b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(bomb), bomb)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<<>>>>>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", tree, page, content, b"<<>>"]
    assert "damaged pages that are not read: 1;" in reason(read_pdf(written(objects)))


@needs_pypdf
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_damaged_pdf_never_raises(seed: int, count: int) -> None:
    assert is_accounted(list(read_pdf(mutated(THREE_PAGES, seed, count))))


@needs_pypdf
@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_no_pdf_and_never_raise(data: bytes) -> None:
    assert len(list(read_pdf(b"%PDF-1.4\n" + data))) == 1


def test_without_the_extra_a_pdf_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    without("pypdf", monkeypatch)
    assert reason(read_pdf(THREE_PAGES)) == (
        "PDF files are read by an optional part; install it with: pip install 'communique[pdf]'"
    )


# The lines of pages


def lines(*texts: str) -> list[Line]:
    return [Line(text, 72, 800 - 14 * at, 11) for at, text in enumerate(texts)]


def test_a_hyphen_stays_where_the_word_is_written_with_it() -> None:
    page = lines("the co-", "operation of Anglo-", "saxon and anglo-saxon", "peoples, Anglo-saxon")
    assert paragraphs_of([page]) == [
        "the cooperation of Anglo-saxon and anglo-saxon peoples, Anglo-saxon"
    ]
    assert paragraphs_of([lines("в Москов-", "ской области и Санкт-", "Петербурге")]) == [
        "в Московской области и Санкт- Петербурге"
    ]


def test_numbers_at_the_edge_that_do_not_count_the_pages_stay() -> None:
    pages = [lines("Table", "17", "a"), lines("Other", "90", "b"), lines("More", "4", "c")]
    kept, removed = without_headers(pages)
    assert (kept, removed) == (pages, ())


def test_a_single_page_has_no_running_header() -> None:
    page = lines("Title", "Text", "1")
    assert without_headers([page]) == ([page], ())


@given(st.lists(st.lists(st.builds(Line, st.text(max_size=9), st.floats(-9, 9), st.floats(-9, 9)))))
def test_no_letter_of_a_page_is_lost(pages: list[list[Line]]) -> None:
    kept, removed = without_headers(pages)
    shown = "".join(paragraphs_of(kept))
    assert all(
        line.text in "".join(cut.text for cut in removed)
        for page, rest in zip(pages, kept, strict=True)
        for line in page
        if line not in rest
    )
    letters = [char for page in kept for line in page for char in line.text if char.isalnum()]
    assert [char for char in shown if char.isalnum()] == letters


# DOCX


def saved(build: Callable[..., None]) -> bytes:
    document = docx.Document()
    document.core_properties.title = ""
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def letter(document: "docx.document.Document") -> None:
    document.sections[0].header.paragraphs[0].text = "Press service"
    document.add_heading("Operation Channel ends", 1)
    document.add_paragraph("The first\tparagraph.")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("state", "kilograms", "one", "2004"), strict=True):
        cell.text = text
    document.add_paragraph("The last paragraph.")


@needs_docx
def test_a_docx_is_read_in_its_order() -> None:
    draft = one(read_docx(saved(letter)))
    assert draft.title == "Operation Channel ends"
    assert draft.text == (
        "The first\tparagraph.\n\nstate\nkilograms\n\none\n2004\n\nThe last paragraph."
    )
    assert [(cut.rule, cut.text) for cut in draft.removed] == [("page header", "Press service")]
    assert draft.date is None


@needs_docx
def test_the_properties_of_a_docx_are_hints() -> None:
    def build(document: "docx.document.Document") -> None:
        letter(document)
        document.core_properties.title = "A title by hand"
        document.core_properties.language = "ru-RU"

    draft = one(read_docx(saved(build)))
    assert (draft.title, draft.language) == ("A title by hand", "ru-RU")
    assert draft.text.startswith("Operation Channel ends\n\nThe first")


def changed(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with its parts changed; None leaves a part out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


@needs_docx
def test_boxes_and_insertions_are_read_and_deletions_are_not() -> None:
    inner = (
        b"<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r>"
        b"</w:del><w:r><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:r>"
        b"<w:r><w:br/><w:t>line</w:t></w:r></w:p><w:sectPr"
    )
    data = changed(saved(letter), lambda _, part: part.replace(b"<w:sectPr", inner, 1))
    assert one(read_docx(data)).text.endswith("The last paragraph.\n\nnew\nline\n\nbox")


@needs_docx
def test_footnotes_stand_below_the_text() -> None:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = (
        b'<w:footnotes %b><w:footnote w:type="separator"><w:p><w:r><w:t>--</w:t></w:r></w:p>'
        b"</w:footnote><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>"
        b"</w:footnotes>" % space
    )
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = b'<Relationship Id="n1" Type="%b" Target="footnotes.xml"/></Relationships>' % kind

    def change(name: str, part: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            return part.replace(b"</Relationships>", link)
        return part

    data = changed(saved(letter), change)
    with zipfile.ZipFile(buffer := io.BytesIO(data), "a") as package:
        package.writestr("word/footnotes.xml", note)
    assert one(read_docx(buffer.getvalue())).text.endswith("The last paragraph.\n\nA note.")


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@needs_docx
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (zipped(page=b"x"), "this is a ZIP archive, no Word document; name it .zip"),
        (zipped(xl__book=b"x"), "this is an Excel workbook, no Word document; save its text as"),
        (zipped(**{"content.xml": b"x"}), "this is an OpenDocument file, no Word document;"),
        (zipped(word__document=b"x"), "this is a Word template or a Word file of another kind,"),
        (zipped(page=b"x")[:-9], "the DOCX file is damaged ("),
        (OLE, "an old Word file (.doc); save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "the document is protected by a password;"),
        (b"{\\rtf1 text}", "this is no DOCX file, whatever its name says;"),
        (b"", "this is no DOCX file, whatever its name says;"),
        (zipped(bomb=bytes(5_000_000)), "the part bomb of the DOCX file unpacks to more than 200"),
    ],
    # Archives bear the time at which they are packed, which no name of a test may.
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_docx_is_named(data: bytes, told: str) -> None:
    assert reason(read_docx(data)).startswith(told)


@needs_docx
def test_the_size_of_a_docx_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_reader, "MAX_UNPACKED", 2**10)
    assert reason(read_docx(saved(letter))).startswith("the DOCX file unpacks to more than 0 MB;")


@needs_docx
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 20), st.booleans())
def test_a_damaged_docx_never_raises(seed: int, count: int, inside: bool) -> None:
    data = saved(letter)
    if inside:
        data = changed(data, lambda n, x: mutated(x, seed, count) if "document" in n else x)
    else:
        data = mutated(data, seed, count)
    assert len(list(read_docx(data))) == 1


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_no_docx_and_never_raise(data: bytes) -> None:
    assert len(list(read_docx(b"PK\x03\x04" + data))) == 1


def test_without_the_extra_a_docx_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    without("docx", monkeypatch)
    assert reason(read_docx(b"PK\x03\x04")) == (
        "DOCX files are read by an optional part; install it with: pip install 'communique[docx]'"
    )


# E-mail


def message(**headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = headers.get("subject", "Operation Channel ends")
    mail["From"] = "Press <press@example.org>"
    mail["Date"] = headers.get("date", "Thu, 14 Oct 2004 23:30:00 -0400")
    mail["Message-ID"] = "<1@example.org>"
    return mail


PLAIN_TEXT = "The operation has ended.\n\nIt lasted for two weeks."
HTML = "<html><body><h1>Heading</h1><p>{}</p></body></html>"


def test_a_mail_is_a_release() -> None:
    mail = message(subject="Fwd: [press-list] Re: Operation Channel ends")
    mail.set_content(PLAIN_TEXT + "\n\n-- \nThe press service\n")
    draft = one(read_mail(mail.as_bytes()))
    assert draft.title == "Operation Channel ends"
    assert draft.date == "2004-10-14T23:30:00-04:00"
    assert draft.text == PLAIN_TEXT
    assert [(cut.kind, cut.rule, cut.text) for cut in draft.removed] == [
        ("furniture", "mail header", "Subject: Fwd: [press-list] Re: Operation Channel ends"),
        ("furniture", "mail header", "From: Press <press@example.org>"),
        ("furniture", "mail header", "Message-ID: <1@example.org>"),
        ("signature", "mail signature", "The press service"),
    ]


def test_a_quoted_message_is_kept_beside_the_text() -> None:
    mail = message()
    mail.set_content("An answer.\n\nOn 1 May x@example.org wrote:\n> the question\n> goes on\n")
    draft = one(read_mail(mail.as_bytes()))
    assert draft.text == "An answer."
    assert draft.removed[-1].rule == "quoted reply"
    assert draft.removed[-1].text == "On 1 May x@example.org wrote:\n> the question\n> goes on"
    only = message()
    only.set_content("> all of it\n> is quoted\n")
    assert one(read_mail(only.as_bytes())).text == "> all of it\n> is quoted"


def test_the_plain_version_is_preferred_unless_it_is_poor() -> None:
    mail = message()
    mail.set_content(PLAIN_TEXT * 10)
    mail.add_alternative(HTML.format("another text"), subtype="html")
    assert one(read_mail(mail.as_bytes())).text == PLAIN_TEXT * 10
    poor = message()
    poor.set_content("See the HTML version.")
    poor.add_alternative(HTML.format(PLAIN_TEXT * 10), subtype="html")
    draft = one(read_mail(poor.as_bytes()))
    assert draft.text.startswith("Heading\n\nThe operation has ended.")
    assert ("plain version", "See the HTML version.") in [(x.rule, x.text) for x in draft.removed]


def test_an_html_mail_is_read_as_a_page() -> None:
    mail = message()
    mail.set_content(HTML.format("Текст сообщения по-русски."), subtype="html", charset="koi8-r")
    draft = one(read_mail(mail.as_bytes()))
    assert draft.text == "Heading\n\nТекст сообщения по-русски."
    assert draft.title == "Operation Channel ends"


def test_attachments_are_files_and_images_are_counted() -> None:
    mail = message()
    mail.set_content(PLAIN_TEXT)
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="x/релиз.pdf")
    mail.add_attachment(b"%PDF-1.5", maintype="application", subtype="pdf", filename="релиз.pdf")
    mail.add_attachment("text", filename="notes")
    mail.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    mail.add_attachment(b"x", maintype="image", subtype="gif")
    inner = message(subject="Inner")
    inner.set_content("Inner text.")
    mail.add_attachment(inner)
    draft, *members = read_mail(mail.as_bytes())
    assert isinstance(draft, Draft)
    assert draft.removed[2].text == "2 attachments that are no text: a.png, image/gif"
    assert [(each.name, each.data[:8]) for each in members if isinstance(each, Member)] == [
        ("релиз.pdf", b"%PDF-1.4"),
        ("релиз-2.pdf", b"%PDF-1.5"),
        ("notes.txt", b"text\n"),
        ("attachment-4.eml", b"Subject:"),
    ]
    last = members[-1]
    assert isinstance(last, Member)
    assert one(read_mail(last.data)).title == "Inner"


def test_a_mail_that_is_only_an_envelope_lends_its_date() -> None:
    mail = message()
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    fault, member = read_mail(mail.as_bytes())
    assert isinstance(fault, Fault)
    assert "no text of its own; its attachments (a.pdf)" in fault.reason
    assert isinstance(member, Member)
    assert (member.name, member.date) == ("a.pdf", "2004-10-14T23:30:00-04:00")


HEAD = b"From: a@example.org\r\nSubject: x\r\n"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Content-Type: text/plain; charset=windows-1251\r\n\r\n" + "Привет всем".encode("cp1251"),
         "Привет всем"),
        (b"Content-Type: text/plain; charset=no-such\r\n\r\n" + "Привет всем".encode(),
         "Привет всем"),
        (b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + "日本".encode("iso-2022-jp"),
         "日本"),
        (b"Content-Transfer-Encoding: base64\r\n\r\nSGVs!bG8gd29y\r\nbGQhI", "Hello world!"),
        (b"Content-Transfer-Encoding: quoted-printable\r\n\r\none=20=ZZ two=", "one =ZZ two"),
        (b"Content-Type: text/plain; format=flowed\r\n\r\none \r\ntwo\r\n three\r\n",
         "one two\nthree"),
    ],
)  # fmt: skip
def test_broken_and_foreign_encodings_are_read(raw: bytes, text: str) -> None:
    assert one(read_mail(HEAD + raw)).text == text


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?B?0J/RgNC40LLQtdGC?=", "Привет"),
        ("=?windows-1251?Q?=CF=F0=E8?= =?windows-1251?Q?=E2=E5=F2?=", "Привет"),
        ("=?utf-8?B?0J/RgNC40LLQtdG?=", "Приве\ufffd"),
        ("=?utf-8?B?a?=", "=?utf-8?B?a?="),
        ("=?no-such?Q?abc?=", "abc"),
        ("Привет всем", "Привет всем"),
        ("Отв: RE[2]: Привет", "Привет"),
        ("[press]", "[press]"),
    ],
)
def test_subjects_are_decoded(subject: str, title: str) -> None:
    draft = one(read_mail(b"Subject: " + subject.encode() + b"\r\n\r\ntext"))
    assert draft.title == title


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "this is no e-mail message"),
        (b"Just a text: of two\n\nlines.", "this is no e-mail message"),
        (HEAD + b"\r\n", "there is no text in the message"),
        (HEAD + b"Content-Type: application/pkcs7-mime\r\n\r\nx", "the message is encrypted;"),
        (HEAD + b"\r\n" + bytes(range(256)), "the file is binary"),
    ],
)
def test_what_is_no_readable_mail_is_named(raw: bytes, told: str) -> None:
    assert reason(read_mail(raw)).startswith(told)


def nested(depth: int) -> bytes:
    heads = (
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at)
        for at in range(depth)
    )
    return HEAD + b"".join(heads) + b"\r\ntext\r\n"


def test_the_limits_of_a_mail_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert one(read_mail(nested(20))).text == "text"
    for depth in (60, 2000):
        assert "nested deeper than 50 levels" in reason(read_mail(nested(depth)))
    monkeypatch.setattr(mail_parts, "MAX_PARTS", 10)
    assert "more than 10 parts" in reason(read_mail(nested(20)))


def full_mail() -> bytes:
    mail = message()
    mail.set_content(PLAIN_TEXT)
    mail.add_alternative(HTML.format("Привет"), subtype="html")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="релиз.pdf")
    inner = message()
    inner.set_content("Inner text, по-русски.")
    mail.add_attachment(inner)
    return mail.as_bytes()


FULL_MAIL = full_mail()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_damaged_mail_never_raises(seed: int, count: int) -> None:
    data = mutated(FULL_MAIL, seed, count)
    for read in (read_mail, read_saved_page):
        found = list(read(data))
        assert found
        assert is_accounted(found)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_as_a_mail_never_raise(data: bytes) -> None:
    assert list(read_mail(data))
    assert list(read_mail(HEAD + data))


# Saved pages


SAVED = b"""From: <Saved by a browser>
Snapshot-Content-Location: https://example.org/1
Subject: A page
Date: Fri, 1 Mar 2019 10:00:00 +0300
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/page

<html><body><h1>Heading</h1><p>The text of the page, which is l=
ong enough.</p></body></html>
--b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://example.org/a.png

iVBORw0KGgo=
--b--
"""


def test_a_saved_page_is_its_root_with_its_address() -> None:
    draft = one(read_saved_page(SAVED))
    assert draft.title == "Heading"
    assert draft.text == "The text of the page, which is long enough."
    assert draft.url == "https://example.org/page"
    assert draft.crawled == date(2019, 3, 1)
    assert draft.date is None


def test_a_saved_page_without_html_is_named() -> None:
    data = SAVED.replace(b"text/html; charset", b"text/css; charset")
    assert reason(read_saved_page(data)).startswith("there is no HTML page in the saved page;")
