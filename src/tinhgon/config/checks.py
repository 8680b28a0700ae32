"""What a server must be given before it starts, said in words."""

from __future__ import annotations

from typing import Any

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
