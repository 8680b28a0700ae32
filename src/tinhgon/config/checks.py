"""What a server must be given before it starts, said in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured


@register()
def secret_key_given(**_: Any) -> list[Error]:
    """Sessions and password links are signed with the key: without it no page works."""
    try:
        given = bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        given = False
    if given:
        return []
    return [
        Error(
            "Thiếu biến môi trường TINHGON_SECRET_KEY.",
            hint="Đặt một chuỗi ngẫu nhiên dài, ví dụ kết quả của lệnh: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'. Xem docs/settings.md.",
            id="tinhgon.E001",
        )
    ]


@register()
def exchange_is_private(**_: Any) -> list[Error]:
    """The secret of the exchange goes over the network: in the open only within this machine."""
    url = urlsplit(settings.LGSP_URL)
    if not settings.LGSP_URL or url.scheme == "https":
        return []
    if url.scheme == "http" and url.hostname in {"127.0.0.1", "::1", "localhost"}:
        return []
    return [
        Error(
            "TINHGON_LGSP_URL phải là địa chỉ https://.",
            hint="Khóa bí mật của trục liên thông đi cùng mỗi lần gửi. Xem docs/settings.md.",
            id="tinhgon.E002",
        )
    ]
