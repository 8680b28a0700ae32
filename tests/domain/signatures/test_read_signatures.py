from __future__ import annotations

import random
import socket
from datetime import UTC, datetime, timedelta
from typing import NoReturn

import pytest

from tinhgon.domain.signatures import (
    Integrity,
    NotACertificate,
    Trust,
    Unreadable,
    read_certificates,
    read_signatures,
)

from .signing import AT, authority, changed_after, official, sign, unsigned


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whatever opens a connection."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return sign(unsigned(), official())


def test_a_paper_without_signature_has_none() -> None:
    assert read_signatures(unsigned(), at=AT) == ()


def test_a_signature_says_who_signed_for_whom_and_when_by_his_word(paper: bytes) -> None:
    [seal] = read_signatures(paper, at=AT)

    assert (seal.signer, seal.organisation) == ("Nguyễn Văn A", "Ủy ban nhân dân tỉnh")
    assert seal.issuer == "Chứng thực thử nghiệm"
    assert seal.claimed_at is not None
    assert seal.integrity is Integrity.INTACT
    assert seal.covers_all


def test_nobody_is_trusted_whom_nobody_vouched_for(paper: bytes) -> None:
    [seal] = read_signatures(paper, at=AT)

    assert seal.trust is Trust.UNVERIFIED


def test_a_chain_that_leads_to_a_given_certificate_is_trusted(paper: bytes) -> None:
    [seal] = read_signatures(paper, trusted=[authority().der], at=AT)

    assert seal.trust is Trust.TRUSTED


def test_another_authority_of_the_same_name_is_not_trusted(paper: bytes) -> None:
    [seal] = read_signatures(paper, trusted=[authority.__wrapped__().der], at=AT)

    assert seal.trust is Trust.UNVERIFIED


def test_a_certificate_that_ran_out_is_told_as_such() -> None:
    late = official(until=datetime(2024, 1, 1, tzinfo=UTC))
    paper = sign(unsigned(), late)

    [seal] = read_signatures(paper, trusted=[authority().der], at=AT)
    assert (seal.trust, seal.integrity) == (Trust.EXPIRED, Integrity.INTACT)
    [unknown] = read_signatures(paper, at=AT)
    assert unknown.trust is Trust.UNVERIFIED


def test_a_second_signature_leaves_the_first_intact(paper: bytes) -> None:
    both = sign(paper, official("Ủy ban nhân dân tỉnh", "Con dấu"), field="ConDau")

    first, second = read_signatures(both, trusted=[authority().der], at=AT)

    assert (first.field, second.field) == ("ChuKy1", "ConDau")
    assert first.integrity is second.integrity is Integrity.INTACT
    assert (first.covers_all, second.covers_all) == (False, True)


def test_what_is_put_in_after_signing_is_told(paper: bytes) -> None:
    [seal] = read_signatures(changed_after(paper), at=AT)

    assert seal.integrity is Integrity.CHANGED


def test_a_changed_letter_breaks_the_signature(paper: bytes) -> None:
    at = paper.index(b"/MediaBox")
    forged = paper[:at] + paper[at : at + 60].replace(b"595", b"599", 1) + paper[at + 60 :]
    assert forged != paper

    [seal] = read_signatures(forged, trusted=[authority().der], at=AT)

    assert seal.integrity is Integrity.BROKEN


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"\0" * 4096, b"PK\x03\x04 not a pdf", b"%PDF-1.7\nstartxref\n99\n%%EOF"],
)
def test_what_is_no_pdf_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Unreadable, match="không phải PDF"):
        read_signatures(data, at=AT)


def test_too_big_a_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(Unreadable, match="60 MB"):
        read_signatures(b"%PDF-1.7" + bytes(61 * 1024 * 1024), at=AT)


def seals_or_refusal(data: bytes) -> bool:
    """Return whether the file is read, or refused in words; anything else fails the test."""
    try:
        seals = read_signatures(data, at=AT)
    except Unreadable as e:
        return bool(str(e))
    return all(seal.integrity in Integrity for seal in seals)


def test_torn_and_spoilt_files_are_refused_or_read_never_crash(paper: bytes) -> None:
    chance = random.Random(7)  # noqa: S311 -- no secret hangs on it
    for _ in range(80):
        spoilt = bytearray(paper)
        for _ in range(chance.randrange(1, 30)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        end = chance.randrange(len(spoilt)) if chance.random() < 0.3 else len(spoilt)
        assert seals_or_refusal(bytes(spoilt[:end]))


def test_a_pointer_to_itself_ends() -> None:
    loop = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/AcroForm 1 0 R/Fields[1 0 R]>>endobj\n"
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    end = b"trailer<</Size 2/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(loop)

    assert seals_or_refusal(loop + table + end)


# Certificates that an administrator gives


def test_certificates_are_read_from_pem_and_der() -> None:
    one, two = authority(), authority("Chứng thực thứ hai")

    assert read_certificates(one.pem + two.pem) == (one.der, two.der)
    assert read_certificates(one.der) == (one.der,)


@pytest.mark.parametrize(
    "data",
    [b"", b"not a certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
)
def test_what_is_no_certificate_is_refused(data: bytes) -> None:
    with pytest.raises(NotACertificate):
        read_certificates(data)


def test_too_big_a_certificate_is_refused() -> None:
    with pytest.raises(NotACertificate, match="quá lớn"):
        read_certificates(authority().pem * 5_000)


def test_the_day_of_the_check_decides(paper: bytes) -> None:
    [early] = read_signatures(paper, trusted=[authority().der], at=AT - timedelta(days=3_000))

    assert early.trust is not Trust.TRUSTED
