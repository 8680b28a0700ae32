from __future__ import annotations

from asn1crypto import pem, x509

from ._limits import FAULTS

_MOST_BYTES = 1024 * 1024
_PRIVATE = b"PRIVATE KEY-----"


class NotACertificate(ValueError):
    """The data holds no certificate, or one that cannot be read."""


def read_certificates(data: bytes) -> tuple[bytes, ...]:
    """
    Return the certificates in a file, PEM (one or several) or DER, each as DER.

    :raises NotACertificate: if there is none, one is broken, or a private key stands beside it.
    """
    if len(data) > _MOST_BYTES:
        raise NotACertificate("tệp quá lớn")
    if _PRIVATE in data:
        raise NotACertificate("tệp có khóa riêng")
    try:
        found = (
            [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        )
        for der in found:
            load(der)
    except FAULTS as e:
        raise NotACertificate("không phải tệp chứng thư") from e
    if not found:
        raise NotACertificate("không có chứng thư nào")
    return tuple(found)


def load(der: bytes) -> x509.Certificate:
    """
    Return the certificate, all of it read.

    :raises ValueError: if it is broken.
    """
    certificate = x509.Certificate.load(der, strict=True)
    certificate.native  # noqa: B018 -- reads every part, so that what is broken shows here
    return certificate
