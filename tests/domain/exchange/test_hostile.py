"""Bad and hostile packages: each is refused with the code that the exchange expects."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from dataclasses import replace

import pytest

from tests.domain.exchange.packages import (
    EDOC,
    LETTER,
    QCVN,
    a_message,
    a_recall,
    a_status,
    encoded,
    written,
)
from tinhgon.domain.exchange import (
    ANSWERS,
    DIALECTS,
    STATES,
    Attachment,
    Limits,
    Message,
    PackageRefused,
    Purpose,
    read_package,
    safe_name,
    write_package,
    write_status,
)

LAUGHS = "".join(
    f'<!ENTITY h{n} "{("&h" + str(n - 1) + ";") * 10 if n else "ha"}">' for n in range(12)
)
SMALL = Limits(
    package=40_000,
    attachment=2_000,
    content=3_000,
    attachments=2,
    elements=200,
    depth=8,
    mark=20_000,
)
CONTENT = encoded(LETTER.data)


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(f"{name}.edxml", data)
    return packed.getvalue()


def declared(declaration: str, use: str = "") -> bytes:
    """A good package below a declaration, with a use of it in the subject."""
    body = written(old="<edXML:Subject>", new=f"<edXML:Subject>{use}").decode()
    return body.replace("?>", f"?><!DOCTYPE x [{declaration}]>", 1).encode()


def test_the_letter_of_the_tests_is_taken_in() -> None:
    assert read_package(written(), limits=SMALL) == a_message()


HOSTILE: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "10", "XML"),
    "no xml": ("Kính gửi: Sở Nội vụ".encode(), "10", "XML"),
    "cut off": (written()[:-40], "10", "XML"),
    "external entity": (declared('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "10", "entity"),
    "entity from the network": (
        declared('<!ENTITY x SYSTEM "http://example.invalid/x">', "&x;"),
        "10",
        "entity",
    ),
    "parameter entity": (
        declared('<!ENTITY % x SYSTEM "http://example.invalid/x"> %x;'),
        "10",
        "entity",
    ),
    "billion laughs": (declared(LAUGHS, "&h11;"), "10", "entity"),
    "declaration alone": (declared(""), "10", "DTD"),
    "declaration in UTF-16": (
        declared(LAUGHS, "&h11;").decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        "10",
        "entity",
    ),
    "encoding hidden in UTF-7": (
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-',
        "10",
        "XML",
    ),
    "too deep": (b"<a>" * 5_000 + b"</a>" * 5_000, "10", "tầng"),
    "too many attributes": (
        b"<a " + b" ".join(b'b%d=""' % n for n in range(2_000)) + b"/>",
        "10",
        "thuộc tính",
    ),
    "a tag without end": (b"<a b='" + b"b" * 30_000, "10", "thẻ dài"),
    "too many elements": (b"<a>" + b"<b/>" * 5_000 + b"</a>", "10", "phần tử"),
    "too big": (b"<a>" + b" " * 50_000 + b"</a>", "10", "lớn hơn"),
    "zip bomb": (zipped(a=b"<a>" + b" " * 20_000_000 + b"</a>"), "10", "lớn bất thường"),
    "empty zip": (zipped(), "10", "XML"),
    "zip with two packages": (zipped(a=written(), b=written()), "10", "đúng một"),
    "broken zip": (zipped(a=written())[:200], "10", "hỏng"),
    "another namespace": (
        written(old=QCVN, new="http://example.invalid/edoc"),
        "22",
        "không gian tên",
    ),
    "no namespace": (b"<edXML/>", "22", "không gian tên"),
    "the root of the other dialect": (
        f'<EdXMLEnvelope xmlns="{QCVN}"/>'.encode(),
        "22",
        "không gian tên",
    ),
    "a web page": (b"<html><body/></html>", "22", "Phần tử gốc"),
    "no header": (f'<EdXMLEnvelope xmlns="{EDOC}"/>'.encode(), "22", "MessageHeader"),
    "two documents": (
        written("edoc").replace(
            b"</edXML:EdXMLEnvelope>", b"<edXML:MessageHeader/></edXML:EdXMLEnvelope>"
        ),
        "22",
        "2 văn bản",
    ),
    "two numbers": (
        written(
            old="<edXML:CodeNumber>318</edXML:CodeNumber>",
            new="<edXML:CodeNumber>318</edXML:CodeNumber><edXML:CodeNumber>9</edXML:CodeNumber>",
        ),
        "22",
        "nhiều hơn một lần",
    ),
    "no number": (written(old="<edXML:CodeNumber>318</edXML:CodeNumber>"), "22", "Thiếu số"),
    "no sender": (written(old="<edXML:OrganId>H37.01</edXML:OrganId>"), "22", "Cơ quan gửi"),
    "a day that is none": (written(old="2024/03/25<", new="2024/02/30<"), "22", "ngày ban hành"),
    "a year before the register": (
        written(old="2024/03/25<", new="0001/01/01<"),
        "22",
        "ngày ban hành",
    ),
    "a year of words": (written(old="2024/03/25<", new="hôm nay<"), "22", "ngày ban hành"),
    "a code of no agency": (written(old="H37.02.010", new="Sở Nội vụ"), "22", "không đúng dạng"),
    "urgency unknown": (
        written(old="<edXML:Priority>0<", new="<edXML:Priority>9<"),
        "22",
        "độ khẩn",
    ),
    "pages that are no number": (
        written(old="<edXML:PageAmount>3<", new="<edXML:PageAmount>3e9<"),
        "22",
        "số trang",
    ),
    "business unknown": (
        written(old="<edXML:BussinessDocType>0<", new="<edXML:BussinessDocType>7<"),
        "22",
        "loại nghiệp vụ",
    ),
    "a subject without end": (
        written(old="<edXML:Subject>", new=f"<edXML:Subject>{'a' * 3_000}"),
        "22",
        "dài quá",
    ),
    "base64 that is none": (written(old=CONTENT, new="@@@@"), "21", "base64"),
    "huge base64": (written(old=CONTENT, new="A" * 8_000), "21", "lớn hơn"),
    "an empty file": (written(old=CONTENT), "21", "không có nội dung"),
    "a path for a name": (
        written("edoc", "<edXML:FileName>", "<edXML:FileName>../../etc/"),
        "21",
        "đường dẫn",
    ),
    "a path of Windows": (
        written("edoc", "<edXML:FileName>", r"<edXML:FileName>C:\Users\\"),
        "21",
        "đường dẫn",
    ),
    "a program": (written("edoc", "TTPVHCC.txt<", "TTPVHCC.exe<"), "21", "loại tệp"),
    "a name without ending": (written("edoc", "TTPVHCC.txt<", "TTPVHCC<"), "21", "Tên tệp"),
    "content that nobody announced": (
        written(old="<edXML:ContentId>cid:tep-1<", new="<edXML:ContentId>cid:tep-2<"),
        "22",
        "không có trong danh sách",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_package_is_refused_with_its_code(name: str) -> None:
    package, code, words = HOSTILE[name]

    with pytest.raises(PackageRefused, match=words) as refused:
        read_package(package, limits=SMALL)

    assert refused.value.code == code
    assert ANSWERS[code].ours


@pytest.mark.parametrize("form", [each.code for each in DIALECTS])
def test_files_are_counted_while_they_are_opened_and_not_after(form: str) -> None:
    """Small packed files that together unpack to too much: the rest is not opened any more."""
    packed = zipped(a=b" " * 150_000)
    parts = [Attachment(f"{n}.txt", packed, content_id=f"tep-{n}") for n in range(5)]
    package = write_package(a_message(attachments=tuple(parts)), form=form)
    last = encoded(packed).encode()
    at = package.rindex(last)
    broken = package[:at] + b"@" * len(last) + package[at + len(last) :]

    with pytest.raises(PackageRefused, match="cộng lại") as refused:
        read_package(broken, limits=Limits(content=400_000))

    assert refused.value.code == "21"
    assert isinstance(read_package(package, limits=Limits(content=750_000)), Message)


def test_a_packed_file_that_explodes_is_an_attachment_that_is_not_taken() -> None:
    bomb = Attachment("a.txt", zipped(a=b" " * 20_000_000), content_id="tep-1")

    with pytest.raises(PackageRefused, match="lớn bất thường") as refused:
        read_package(write_package(a_message(attachments=(bomb,))))

    assert refused.value.code == "21"


@pytest.mark.parametrize(
    ("attachments", "code", "words"),
    [
        ((LETTER, LETTER), "22", "Trùng tên tệp"),
        ((LETTER, replace(LETTER, name="b.txt")), "22", "Trùng mã tệp"),
        (
            tuple(replace(LETTER, name=f"{n}.txt", content_id=f"{n}") for n in range(60)),
            "21",
            "quá 50",
        ),
        ((Attachment("a.txt", b""),), "21", "không có nội dung"),
        ((Attachment("a\u202etxt.exe", b"MZ"),), "21", "đường dẫn"),
        ((Attachment("CON/a.txt", b"a"),), "21", "đường dẫn"),
    ],
)
def test_what_would_be_refused_elsewhere_is_not_written(
    attachments: tuple[Attachment, ...], code: str, words: str
) -> None:
    with pytest.raises(PackageRefused, match=words) as refused:
        write_package(a_message(attachments=attachments))

    assert refused.value.code == code


def test_announced_but_not_there() -> None:
    package = written(attachments=(LETTER, replace(LETTER, name="b.txt", content_id="tep-2")))
    start = package.rindex(b"<edXML:Attachment>")
    end = package.index(b"</edXML:AttachmentEncoded>")

    with pytest.raises(PackageRefused, match="Thiếu nội dung") as refused:
        read_package(package[:start] + package[end:])

    assert refused.value.code == "21"


def signed(digest: bytes) -> bytes:
    signature = (
        '<edXML:DigitalSignature><Signature xmlns="http://www.w3.org/2000/09/xmldsig#">'
        '<SignedInfo><Reference URI="cid:tep-1"><DigestMethod '
        'Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<DigestValue>{base64.b64encode(digest).decode()}</DigestValue></Reference></SignedInfo>"
        "</Signature></edXML:DigitalSignature></edXML:edXMLHeader>"
    )
    return written(old="</edXML:edXMLHeader>", new=signature)


def test_a_file_is_held_to_the_digest_that_the_package_states() -> None:
    assert read_package(signed(hashlib.sha256(LETTER.data).digest())) == a_message()
    with pytest.raises(PackageRefused, match="băm") as refused:
        read_package(signed(hashlib.sha256(b"of another letter").digest()))
    assert refused.value.code == "21"


@pytest.mark.parametrize(
    ("package", "words"),
    [
        (write_status(a_status()).replace(b">03<", b">77<"), "không có trong bảng"),
        (write_status(a_status()).replace(b">03<", b"><"), "Thiếu mã trạng thái"),
        (write_status(a_status()).replace(b"Status>", b"State>"), "Phần tử gốc"),
    ],
)
def test_a_bad_status_is_refused(package: bytes, words: str) -> None:
    with pytest.raises(PackageRefused, match=words) as refused:
        read_package(package)
    assert refused.value.code == "22"


def test_a_recall_says_of_what() -> None:
    with pytest.raises(PackageRefused, match="thu hồi"):
        write_package(a_message(purpose=Purpose(kind=1)))
    assert read_package(write_package(a_recall())) == a_recall()


@pytest.mark.parametrize(
    ("name", "is_safe"),
    [
        ("bao-cao.pdf", True),
        ("Phụ lục I (kèm theo).xlsx", True),
        ("..", False),
        ("../a.pdf", False),
        ("a\\b.pdf", False),
        (".pdf", False),
        ("a.", False),
        ("a\x00.pdf", False),
        ("a" * 300 + ".pdf", False),
    ],
)
def test_names_that_may_be_stored(name: str, is_safe: bool) -> None:
    assert safe_name(name, most=200) is is_safe


def test_the_tables_say_what_is_not_sure() -> None:
    """The words of three states have no source that settles them."""
    assert {code for code, state in STATES.items() if not state.is_sure} == {"01", "15", "16"}
    assert {*ANSWERS} == {"0", "10", "15", "18", "19", "20", "21", "22", "23"}
    assert {*STATES} == {"01", "02", "03", "04", "05", "06", "13", "15", "16"}
