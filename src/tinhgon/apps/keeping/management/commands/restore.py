from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from tinhgon.apps.keeping import actions
from tinhgon.apps.search import actions as search
from tinhgon.common import clock
from tinhgon.common.refusal import Refused
from tinhgon.domain.vntext import format_number


class Command(BaseCommand):
    help = "Phục hồi từ một bản sao lưu: tất cả, hoặc không gì cả."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="thay dữ liệu đang có; dữ liệu ấy được sao lưu lại trước",
        )
        parser.add_argument(
            "--rows-only", action="store_true", help="chỉ cơ sở dữ liệu: dùng khi chuyển"
        )

    def handle(self, *, file: Path, replace: bool, rows_only: bool, **options: Any) -> None:
        _check_tables()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        try:
            done = actions.restore(path=file, at=clock.now(), replace=replace, rows_only=rows_only)
        except Refused as e:
            raise CommandError(str(e)) from None
        rows = sum(done.tables.values())
        self.stdout.write(
            f"Đã phục hồi {format_number(rows)} dòng của {len(done.tables)} bảng và "
            f"{format_number(done.files)} tệp, lúc sao lưu {done.made_at}; "
            "đã so từng dòng, nhật ký toàn vẹn."
        )
        if done.aside:
            self.stdout.write(f"Dữ liệu trước đó nằm ở {done.aside}.")
        for path in done.damaged:
            self.stderr.write(f"Tệp đã mất từ trước khi sao lưu: {path}")
        self.stdout.write("Đang lập lại chỉ mục tìm kiếm…")
        self.stdout.flush()
        number = search.rebuild()
        self.stdout.write(
            f"Chỉ mục tìm kiếm có {format_number(number)} mục. Xong. Chạy: tinhgon serve"
        )


def _check_tables() -> None:
    """A database of another program is left alone."""
    try:
        names = connection.introspection.table_names()
    except OperationalError as e:
        raise CommandError(f"Không mở được cơ sở dữ liệu: {e}".replace("\n", " ")) from None
    if names and "django_migrations" not in names:
        raise CommandError(
            f"Cơ sở dữ liệu này có bảng của phần mềm khác ({names[0]}…). Dùng cơ sở dữ liệu trống."
        )
