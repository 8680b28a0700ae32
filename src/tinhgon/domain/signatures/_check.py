from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko.sign.validation.errors import DisallowedAlgorithmError, SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from ._certificates import load
from ._limits import FAULTS, MOST_BYTES, MOST_SIGNATURES, Unreadable
from ._model import Integrity, Seal, Trust

# Certificates of officials differ in what they are said to be for: either will do.
_USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)
_ADDED = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


def read_signatures(
    data: bytes, *, trusted: Iterable[bytes] = (), at: datetime
) -> tuple[Seal, ...]:
    """
    Return the signatures of a PDF in the order in which they were made; none if it has none.

    `trusted` are certificates (DER) of those whom the administrator vouches for; `at` is the day on
    which certificates must hold, with its time zone. Revocation cannot be known offline.

    :raises Unreadable: if the file is no PDF, is locked by a password, broken or too big.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(f"Tệp lớn hơn {MOST_BYTES // (1024 * 1024)} MB nên không kiểm tra được.")
    roots = [load(der) for der in trusted]
    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        if reader.encrypted:
            raise Unreadable("Tệp PDF đặt mật khẩu nên không kiểm tra được chữ ký số.")
        found = list(reader.embedded_regular_signatures)
    except FAULTS as e:
        raise Unreadable("Tệp không phải PDF, hoặc bị hỏng nên không đọc được chữ ký số.") from e
    if len(found) > MOST_SIGNATURES:
        raise Unreadable(f"Tệp có hơn {MOST_SIGNATURES} chữ ký số nên không kiểm tra.")
    return tuple(_seal(each, roots, at) for each in found)


def _seal(each: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], at: datetime) -> Seal:
    try:
        certificate = each.signer_cert
        name = certificate.subject.native
        issuer = certificate.issuer.native
        known = {
            "field": each.field_name or "",
            "signer": _text(name, "common_name"),
            "organisation": _text(name, "organization_name"),
            "issuer": _text(issuer, "common_name") or _text(issuer, "organization_name"),
            "serial": _grouped(f"{certificate.serial_number:X}"),
            "holds_from": certificate.not_valid_before,
            "holds_until": certificate.not_valid_after,
            "claimed_at": each.self_reported_timestamp,
        }
    except FAULTS as e:
        raise Unreadable("Chữ ký số trong tệp bị hỏng nên không đọc được.") from e
    try:
        status = _status(each, roots, at)
    except DisallowedAlgorithmError:
        return _unknown(known, "Chữ ký dùng thuật toán đã lạc hậu, không còn bảo đảm.")
    except (SignatureValidationError, *FAULTS):
        return _unknown(known, "Cấu trúc chữ ký không đúng chuẩn nên không kiểm tra được.")
    return Seal(
        **known,
        integrity=_integrity(status),
        trust=_trust(status, each, roots, at),
        covers_all=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
    )


def _status(
    each: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], at: datetime
) -> PdfSignatureStatus:
    """
    Check the signature as of a moment; `allow_fetching` off keeps it from the network.

    In a thread of its own: pyHanko starts an event loop, and there may be one running here.
    """
    context = ValidationContext(
        trust_roots=list(roots),
        other_certs=list(each.other_embedded_certs),
        moment=at,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(
            validate_pdf_signature, each, context, key_usage_settings=_USAGE
        ).result()


def _integrity(status: PdfSignatureStatus) -> Integrity:
    if not (status.intact and status.valid):
        return Integrity.BROKEN
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Integrity.INTACT
    if status.coverage is not SignatureCoverageLevel.ENTIRE_REVISION:
        return Integrity.CHANGED
    harmless = status.modification_level in _ADDED and status.docmdp_ok
    return Integrity.INTACT if harmless else Integrity.CHANGED


def _trust(
    status: PdfSignatureStatus,
    each: EmbeddedPdfSignature,
    roots: Sequence[x509.Certificate],
    at: datetime,
) -> Trust:
    if status.trusted:
        return Trust.TRUSTED
    certificate = each.signer_cert
    if certificate.not_valid_before <= at <= certificate.not_valid_after:
        return Trust.UNVERIFIED
    then = certificate.not_valid_before
    try:
        held = _status(each, roots, then).trusted
    except (SignatureValidationError, *FAULTS):
        held = False
    return Trust.EXPIRED if held else Trust.UNVERIFIED


def _unknown(known: dict[str, object], problem: str) -> Seal:
    return Seal(
        **known,  # type: ignore[arg-type]
        integrity=Integrity.UNKNOWN,
        trust=Trust.UNVERIFIED,
        covers_all=False,
        problem=problem,
    )


def _text(name: dict[str, object], part: str) -> str:
    """Return a part of a name; one that stands several times is joined."""
    value = name.get(part, "")
    return "; ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _grouped(figures: str) -> str:
    """Return "3FA0 12C4": figures that are read aloud and compared by eye, four at a time."""
    return " ".join(figures[i : i + 4] for i in range(0, len(figures), 4))
