from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import DatabaseError

from . import _data, _database, _surroundings
from ._findings import Finding, bad

Check = Callable[[datetime], Iterator[Finding]]

_WITHOUT_DATABASE: tuple[Check, ...] = (
    _surroundings.settings_given,
    _surroundings.addresses,
    _surroundings.mail,
    _surroundings.certificates,
    _surroundings.space,
    _surroundings.tools,
    _surroundings.clocks,
)
_OF_TABLES: tuple[Check, ...] = (
    _database.condition,
    _data.trail,
    _data.stored_files,
    _data.standings,
    _data.search_index,
    _data.workers,
    _data.exchanged,
    _data.backups,
)


def look(*, at: datetime) -> Iterator[Finding]:
    """Yield how each thing is, as it is looked at. Nothing is changed."""
    for check in _WITHOUT_DATABASE:
        yield from check(at)
    try:
        yield _database.reached()
    except DatabaseError as e:
        yield bad(
            "Cơ sở dữ liệu",
            f"không kết nối được: {str(e).strip()}",
            "Kiểm tra máy chủ cơ sở dữ liệu và TINHGON_DATABASE_URL.",
        )
        return
    if pending := _database.pending_migrations():
        yield bad(
            "Bước nâng cấp",
            f"còn {len(pending)} bước chưa chạy, bắt đầu từ {pending[0]}",
            "Sao lưu rồi chạy: tinhgon prepare",
        )
        return
    for check in _OF_TABLES:
        try:
            yield from check(at)
        except DatabaseError as e:
            yield bad(
                "Cơ sở dữ liệu",
                f"không đọc được: {str(e).strip()}",
                "Dữ liệu có thể hỏng. Giữ nguyên tệp, phục hồi bản sao lưu gần nhất.",
            )
