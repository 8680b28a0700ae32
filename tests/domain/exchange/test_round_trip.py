"""What is written is read again as it was, in either envelope."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.exchange.packages import EDOC, LETTER, a_message, a_recall, a_status, encoded
from tinhgon.domain.exchange import (
    DIALECTS,
    VIETNAM,
    Attachment,
    Business,
    Message,
    Organ,
    Purpose,
    Reply,
    Staff,
    StatusMessage,
    Trace,
    clean,
    read_package,
    write_package,
    write_status,
)

FORMS = [form.code for form in DIALECTS]


def texts(most: int = 60) -> st.SearchStrategy[str]:
    letters = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co"])
    return st.text(letters, min_size=1, max_size=most).map(clean).filter(bool)


organ_ids = st.from_regex(r"H[0-9]{2}(\.[0-9]{2}){0,3}", fullmatch=True)
days = st.dates(date(1945, 9, 2), date(2099, 12, 31))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0, tzinfo=VIETNAM)
)
organs = st.builds(
    Organ, id=organ_ids, name=texts(), in_charge=st.just("") | texts(), email=st.just("") | texts()
)
staffs = st.none() | st.builds(Staff, department=texts(), staff=texts())
replies = st.builds(Reply, organ_id=organ_ids, code=texts(), issued_on=days, document_id=texts())
names = st.from_regex(r"[a-zA-Z0-9àáđêơư][a-zA-Z0-9 _àáđêơư-]{0,20}", fullmatch=True).map(clean)


@st.composite
def attachments(draw: st.DrawFn) -> tuple[Attachment, ...]:
    stems = draw(st.lists(names.filter(bool), unique=True, max_size=4))
    return tuple(
        Attachment(
            name=f"{number}-{stem}.pdf",
            data=b"%PDF-" + draw(st.binary(max_size=200)),
            content_type="application/pdf",
            content_id=f"tep-{number}",
            description=draw(st.just("") | texts()),
        )
        for number, stem in enumerate(stems)
    )


messages = st.builds(
    Message,
    document_id=texts(),
    sender=organs,
    receivers=st.lists(organs, min_size=1, max_size=4).map(tuple),
    replies=st.lists(replies, min_size=1, max_size=2).map(tuple),
    number=texts(20),
    symbol=texts(60),
    place=st.just("") | texts(),
    issued_on=days,
    type_code=st.none() | st.integers(0, 40),
    type_name=st.just("") | texts(),
    subject=texts(500),
    content=st.just("") | texts(500),
    signer_authority=st.just("") | texts(),
    signer_title=st.just("") | texts(),
    signer_name=texts(),
    due_on=st.none() | days,
    to_places=st.lists(texts(), max_size=3).map(tuple),
    priority=st.none() | st.integers(0, 3),
    copies=st.none() | st.integers(0, 9999),
    pages=st.none() | st.integers(0, 9999),
    appendixes=st.lists(texts(), max_size=3).map(tuple),
    steering=st.none() | st.integers(0, 1),
    traces=st.lists(st.builds(Trace, organ_id=organ_ids, at=moments), max_size=3).map(tuple),
    purpose=st.builds(
        Purpose,
        kind=st.sampled_from([kind.value for kind in Business]),
        reason=st.just("") | texts(),
        document_id=texts(),
        paper=st.integers(0, 1),
        staff=staffs,
    ),
    attachments=attachments(),
)
statuses = st.builds(
    StatusMessage,
    reply=replies,
    sender=organs,
    code=st.sampled_from(["01", "02", "03", "04", "05", "06", "13", "15", "16"]),
    description=st.just("") | texts(),
    at=st.none() | moments,
    staff=staffs,
)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60)
@given(message=messages)
def test_a_message_comes_back_as_it_was(form: str, message: Message) -> None:
    assert read_package(write_package(message, form=form)) == message


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60)
@given(status=statuses)
def test_a_status_comes_back_as_it_was(form: str, status: StatusMessage) -> None:
    assert read_package(write_status(status, form=form)) == status


@settings(max_examples=200)
@given(junk=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_comes_is_read_or_refused(junk: bytes) -> None:
    """Nothing but a refusal with a code comes out of bytes that are no package."""
    from tinhgon.domain.exchange import ANSWERS, PackageRefused

    with pytest.raises(PackageRefused) as refused:
        read_package(junk)
    assert refused.value.code in ANSWERS


def test_a_package_may_come_in_a_zip() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("goi-tin.edxml", write_package(a_message()))

    assert read_package(packed.getvalue()) == a_message()


def test_a_file_that_was_packed_by_itself_is_unpacked() -> None:
    """The gateways of the national exchange zip each file before they encode it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("4f1c.txt", LETTER.data)
    sent = a_message(attachments=(replace(LETTER, data=packed.getvalue()),))

    received = read_package(write_package(sent))

    assert isinstance(received, Message)
    assert received.attachments == (LETTER,)


def by_hand(header: str, rest: str = "") -> bytes:
    """An eDoc package as another program writes it."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<edXMLEnvelope xmlns="{EDOC}">
  <!-- of another make -->
  <MessageHeader>
    <From><OrganId>000.00.00.G22</OrganId><OrganName>Văn phòng Chính phủ</OrganName></From>
    <To><OrganId>H37.01</OrganId><OrganName>UBND tỉnh Lạng Sơn</OrganName></To>
    <Code><CodeNumber>1927</CodeNumber><CodeNotation>VPCP-KSTT</CodeNotation></Code>
    <PromulgationInfo><PromulgationDate>{{day}}</PromulgationDate></PromulgationInfo>
    {header}
    <Subject>Rà soát
       thủ tục</Subject>
    <SignerInfo><Signer>Trần Thị Mẫu</Signer></SignerInfo>
    <DocumentId>8c2e</DocumentId>
  </MessageHeader>
  {rest}
</edXMLEnvelope>""".encode()


@pytest.mark.parametrize("day", ["2024/03/20", "2024-3-20", "20/03/2024", "2024-03-20T00:00:00"])
def test_other_programs_write_days_and_names_their_own_way(day: str) -> None:
    header = "<DocumentType>Công văn</DocumentType>"
    rest = (
        "<TraceHeaderList><TraceHeader><OrganId>000.00.00.G22</OrganId>"
        "<Timestamp>2024/03/20 09:15:00</Timestamp></TraceHeader></TraceHeaderList>"
        f"<Attachment><FileName>cv.pdf</FileName><Content>{encoded(b'%PDF-1.7')}</Content>"
        "</Attachment>"
    )
    package = by_hand(header, rest).replace(b"{day}", day.encode())

    message = read_package(package)

    assert isinstance(message, Message)
    assert message.code == "1927/VPCP-KSTT"
    assert message.issued_on == date(2024, 3, 20)
    assert message.type_name == "Công văn"
    assert message.subject == "Rà soát thủ tục"
    assert message.signer_name == "Trần Thị Mẫu"
    assert message.traces[0].at == datetime(2024, 3, 20, 9, 15, tzinfo=VIETNAM)
    assert [(a.name, a.data) for a in message.attachments] == [("cv.pdf", b"%PDF-1.7")]


def test_a_status_with_one_digit_is_the_same_state() -> None:
    package = write_status(a_status()).replace(b">03<", b">3<")

    status = read_package(package)

    assert isinstance(status, StatusMessage)
    assert status.code == "03"


@pytest.mark.parametrize(
    ("kind", "business"), [(0, Business.NEW), (1, Business.RECALL), (3, Business.REPLACE)]
)
def test_what_a_message_is_for(kind: int, business: Business) -> None:
    message = a_recall()
    message = replace(message, purpose=replace(message.purpose, kind=kind))

    received: Any = read_package(write_package(message))

    assert received.business is business
    assert received.purpose.reason == "Ban hành nhầm"


def test_a_draft_is_written_but_not_taken_in() -> None:
    from tinhgon.domain.exchange import PackageRefused

    draft = write_package(a_message(number="", issued_on=None, signer_name=""), draft=True)

    with pytest.raises(PackageRefused, match="Thiếu số văn bản"):
        read_package(draft)
