from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ._findings import Finding, bad, good

_SUBJECT = "Cơ sở dữ liệu"
_RESTORE = "Giữ nguyên tệp để xem xét; phục hồi bản sao lưu gần nhất: tinhgon restore"


def reached() -> Finding:
    """
    Return which database answers.

    :raises DatabaseError: if none does.
    """
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return good(_SUBJECT, f"SQLite {_value('SELECT sqlite_version()')}")
    return good(_SUBJECT, f"PostgreSQL {str(_value('SHOW server_version')).split()[0]}")


def pending_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def condition(_at: datetime) -> Iterator[Finding]:
    """What the database itself says of its state."""
    yield from (_sqlite() if connection.vendor == "sqlite" else _postgresql())


def _sqlite() -> Iterator[Finding]:
    subject = "Chế độ SQLite"
    mode, keys = _value("PRAGMA journal_mode"), _value("PRAGMA foreign_keys")
    if mode == "wal" and keys == 1:
        yield good(subject, "WAL, có ràng buộc khóa ngoại")
    else:
        yield bad(
            subject,
            f"{mode}, khóa ngoại {'bật' if keys else 'tắt'}",
            "Đặt thư mục dữ liệu trên ổ đĩa của chính máy này, không trên ổ mạng.",
        )
    subject = "Toàn vẹn SQLite"
    said = _value("PRAGMA integrity_check(1)")
    with connection.cursor() as cursor:
        strays = cursor.execute("PRAGMA foreign_key_check").fetchall()
    if said != "ok":
        yield bad(subject, str(said), _RESTORE)
    elif strays:
        yield bad(subject, f"{len(strays)} dòng trỏ tới dòng không còn ({strays[0][0]})", _RESTORE)
    else:
        yield good(subject, "nguyên vẹn")


def _postgresql() -> Iterator[Finding]:
    subject = "Thiết lập PostgreSQL"
    encoding = _value("SHOW server_encoding")
    extension = _value("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
    if encoding != "UTF8":
        yield bad(
            subject,
            f"bảng mã {encoding}",
            "Tạo cơ sở dữ liệu mới với ENCODING 'UTF8' rồi chuyển sang: tinhgon move",
        )
    elif not extension:
        yield bad(
            subject,
            "thiếu phần mở rộng pg_trgm",
            "Chạy trong cơ sở dữ liệu: CREATE EXTENSION pg_trgm",
        )
    else:
        yield good(subject, "UTF8, có pg_trgm")
    invalid = _value("SELECT count(*) FROM pg_index WHERE NOT indisvalid")
    if invalid:
        yield bad("Chỉ mục PostgreSQL", f"{invalid} chỉ mục hỏng", "Chạy: REINDEX DATABASE")


def _value(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None
