"""What surrounds the application: settings, addresses, mail, disk, programs, clock."""

from __future__ import annotations

import shutil
import smtplib
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone

from tinhgon.apps.keeping import sources
from tinhgon.domain.officialdoc import reads_scans

from ._findings import Finding, bad, good, note

_SHORTEST_KEY = 40
_LEAST_SPACE = 2 * 1024**3
_LEAST_SHARE = 0.1
_MOST_SECONDS_APART = 5
_FIRST_YEAR = 2025  # a clock before that was never set
_GIB = 1024**3


def settings_given(_at: datetime) -> Iterator[Finding]:
    subject = "Khóa bí mật"
    try:
        key = str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        key = ""
    if len(key) >= _SHORTEST_KEY:
        yield good(subject, f"{len(key)} ký tự")
    else:
        yield bad(
            subject,
            f"chỉ có {len(key)} ký tự" if key else "chưa đặt",
            "Đặt TINHGON_SECRET_KEY là chuỗi ngẫu nhiên dài; xem docs/settings.md.",
        )
    if settings.DEBUG:
        yield bad("Chế độ gỡ lỗi", "đang bật", "Bỏ TINHGON_DEBUG trên máy chủ thật.")
    zone = str(settings.TIME_ZONE)
    yield good("Múi giờ", zone)


def addresses(_at: datetime) -> Iterator[Finding]:
    url = urlsplit(settings.SITE_URL)
    host, here = url.hostname or "", {"127.0.0.1", "localhost", "::1"}
    if host not in {each.strip("[]") for each in settings.ALLOWED_HOSTS}:
        yield bad(
            "Địa chỉ", f"{settings.SITE_URL} không có trong TINHGON_HOSTS", f"Thêm {host} vào đó."
        )
    elif host in here:
        yield note(
            "Địa chỉ",
            f"{settings.SITE_URL}: chỉ máy này dùng được",
            "Khi cho nhiều người dùng, đặt TINHGON_URL và TINHGON_HOSTS; xem docs/cai-dat.md.",
        )
    elif url.scheme != "https":
        yield bad(
            "Địa chỉ",
            f"{settings.SITE_URL} không mã hóa: mật khẩu đi qua mạng ở dạng đọc được",
            "Đặt chứng thư ở máy chủ phía trước và TINHGON_URL bắt đầu bằng https://.",
        )
    else:
        yield good("Địa chỉ", settings.SITE_URL)


def mail(_at: datetime) -> Iterator[Finding]:
    backend = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if backend != "smtp":
        yield note(
            "Thư điện tử",
            f"không gửi ra ngoài ({backend})",
            "Đặt TINHGON_SMTP_HOST; thử bằng: tinhgon doctor --mail địa-chỉ",
        )
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    todo = "Kiểm tra TINHGON_SMTP_HOST, _PORT, _USER, _PASSWORD, _TLS, _SSL."
    try:
        with get_connection(timeout=10):
            pass
    except (OSError, smtplib.SMTPException) as e:
        yield bad("Thư điện tử", f"{server} không nhận: {e}", todo)
        return
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield note("Thư điện tử", f"{server}; chưa có địa chỉ gửi", "Đặt TINHGON_MAIL_FROM.")
    elif not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and settings.EMAIL_HOST_PASSWORD:
        yield note("Thư điện tử", f"{server}; mật khẩu gửi không mã hóa", "Đặt TINHGON_SMTP_TLS=1.")
    else:
        yield good("Thư điện tử", f"{server}, gửi từ {settings.DEFAULT_FROM_EMAIL}")


def certificates(_at: datetime) -> Iterator[Finding]:
    subject = "Chứng thư tin cậy"
    kept, left_out = sources.certificates()
    if left_out:
        yield note(
            subject,
            f"{len(left_out)} tệp không phải chứng thư hoặc có khóa riêng; {left_out[0]}",
            f"Chuyển khỏi {settings.TRUSTED_CERTIFICATES}: không dùng được, không được sao lưu.",
        )
    else:
        yield good(subject, f"{len(kept)} tệp")


def space(_at: datetime) -> Iterator[Finding]:
    disk = shutil.disk_usage(settings.DATA_DIR)
    text = f"còn {disk.free / _GIB:.1f} GiB trên {disk.total / _GIB:.0f} GiB".replace(".", ",")
    if disk.free < _LEAST_SPACE:
        yield bad("Ổ đĩa", text, f"Giải phóng chỗ ở {settings.DATA_DIR} trước khi đầy.")
    elif disk.free < disk.total * _LEAST_SHARE:
        yield note("Ổ đĩa", text, "Sắp đầy: dọn bớt hoặc thêm ổ đĩa.")
    else:
        yield good("Ổ đĩa", text)


def tools(_at: datetime) -> Iterator[Finding]:
    if reads_scans():
        yield good("Đọc bản quét", "có tesseract và tiếng Việt")
    else:
        yield note(
            "Đọc bản quét",
            "chưa có: văn bản quét sẽ không đọc được",
            "Cài các gói tesseract-ocr và tesseract-ocr-vie.",
        )
    if shutil.which("soffice"):
        yield good("Đọc .doc, .odt", "có LibreOffice")
    else:
        yield note("Đọc .doc, .odt", "chưa có LibreOffice", "Cài gói libreoffice-writer.")


def clocks(_at: datetime) -> Iterator[Finding]:
    subject, now = "Đồng hồ", timezone.localtime()
    if settings.CLOCK_OFFSET and not settings.DEMO:
        yield bad(subject, "bị dời khỏi ngày thật", "Bỏ TINHGON_CLOCK_OFFSET_DAYS.")
        return
    if now.year < _FIRST_YEAR:
        yield bad(subject, f"đang là {now:%d/%m/%Y}", "Đặt lại giờ máy chủ (chrony, ntp).")
        return
    apart = _apart()
    if apart is not None and apart > _MOST_SECONDS_APART:
        yield bad(
            subject,
            f"lệch {apart:.0f} giây so với máy chủ cơ sở dữ liệu",
            "Cho cả hai máy lấy giờ từ một máy chủ thời gian (chrony, ntp).",
        )
        return
    yield good(subject, f"{now:%H:%M:%S %d/%m/%Y}")


def _apart() -> float | None:
    """Return by how many seconds the database's clock differs; None where it has none."""
    if connection.vendor == "sqlite":
        return None
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            [there] = cursor.fetchone()
    except DatabaseError:
        return None  # told where the database is looked at
    apart: float = abs((timezone.now() - there).total_seconds())  # noqa: TID251 — the machine's own clock
    return apart
