from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from tinhgon.apps.keeping import actions
from tinhgon.apps.search import actions as search
from tinhgon.common import clock, statistics
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
        try:
            statistics.renew()
            number = search.rebuild()
        except DatabaseError as e:
            raise CommandError(
                f"Dữ liệu đã phục hồi xong và đúng, nhưng chưa lập được chỉ mục tìm kiếm: {e}. "
                "Chạy: tinhgon search rebuild"
            ) from None
        self.stdout.write(
            f"Chỉ mục tìm kiếm có {format_number(number)} mục. Xong. Chạy: tinhgon serve"
        )
