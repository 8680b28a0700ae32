from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from tinhgon.apps.keeping import actions
from tinhgon.common import clock
from tinhgon.common.refusal import Refused


class Command(BaseCommand):
    help = "Chuyển sang cơ sở dữ liệu khác (từ SQLite sang PostgreSQL hoặc ngược lại)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", required=True, help="postgresql://người:mật-khẩu@máy:cổng/tên, đang trống"
        )

    def handle(self, *, to: str, **options: Any) -> None:
        try:
            said = actions.move(url=to, at=clock.now())
        except Refused as e:
            raise CommandError(str(e)) from None
        self.stdout.write(said.rstrip().removesuffix("Chạy: tinhgon serve").rstrip())
        shown = urlsplit(to)._replace(netloc=urlsplit(to).netloc.rpartition("@")[2]).geturl()
        self.stdout.write(
            f"Đã chuyển sang {shown}. Đặt TINHGON_DATABASE_URL thành địa chỉ ấy rồi chạy tinhgon "
            "serve. Cơ sở dữ liệu cũ còn nguyên; các tệp đính kèm không đổi chỗ."
        )
