"""Signed PDF for tests: certificates and signatures of our own making."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import SigFieldSpec
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tinhgon.domain.officialdoc import OfficialDoc, write_pdf

AT = datetime(2024, 7, 8, 3, tzinfo=UTC)
_FROM, _UNTIL = datetime(2023, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate with its key, that may issue others."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def _name(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(parts)


def _certificate(
    common: str,
    organisation: str,
    issuer: Authority | None,
    *,
    is_authority: bool,
    holds: tuple[datetime, datetime] = (_FROM, _UNTIL),
) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(common, organisation)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(holds[0])
        .not_valid_after(holds[1])
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_authority,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    signed = builder.sign(issuer.key if issuer else key, hashes.SHA256())
    return Authority(signed, key)


@cache
def authority(name: str = "Chứng thực thử nghiệm") -> Authority:
    return _certificate(name, "Cơ quan thử nghiệm", None, is_authority=True)


def official(
    name: str = "Nguyễn Văn A",
    organisation: str = "Ủy ban nhân dân tỉnh",
    *,
    issuer: Authority | None = None,
    until: datetime = _UNTIL,
) -> Authority:
    return _certificate(
        name,
        organisation,
        issuer or authority(),
        is_authority=False,
        holds=(until - timedelta(days=800), until),
    )


def unsigned() -> bytes:
    return write_pdf(OfficialDoc(doc_type="quyết định", subject="công bố thủ tục"))


def sign(
    data: bytes, by: Authority, *, field: str = "ChuKy1", issuer: Authority | None = None
) -> bytes:
    """Return the PDF with one more signature, appended as a new revision."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register(asn1.Certificate.load((issuer or authority()).der))
    signer = SimpleSigner(
        signing_cert=asn1.Certificate.load(by.der),
        signing_key=asn1_keys.PrivateKeyInfo.load(
            by.key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        ),
        cert_registry=store,
    )
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    # Apart: it starts an event loop, and a browser of another test may have one running here.
    with ThreadPoolExecutor(max_workers=1) as apart:
        out = apart.submit(
            sign_pdf,
            writer,
            PdfSignatureMetadata(field_name=field, md_algorithm="sha256"),
            signer=signer,
            new_field_spec=SigFieldSpec(field),
        ).result()
    return bytes(out.getvalue())


def changed_after(data: bytes) -> bytes:
    """Return the PDF with its page turned after it was signed."""
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(90)  # type: ignore[no-untyped-call]
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()
