from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon.apps.keeping import actions
from tinhgon.common import clock
from tinhgon.common.refusal import Refused
from tinhgon.domain.vntext import format_number

_SHOWN = 20


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và các tệp vào một tệp, rồi đọc lại để kiểm tra."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="tệp sẽ ghi; bỏ trống: thư mục backups của dữ liệu"
        )
        parser.add_argument(
            "--keep", type=int, help="chỉ giữ ngần này bản mới nhất trong thư mục backups"
        )

    def handle(self, *, file: Path | None, keep: int | None, **options: Any) -> None:
        if keep is not None and (keep < 1 or file is not None):
            raise CommandError("--keep cần một số từ 1 trở lên, và chỉ dùng khi không nêu tên tệp.")
        try:
            done = actions.back_up(path=file, at=clock.now(), keep=keep)
        except Refused as e:
            raise CommandError(str(e)) from None
        self.stdout.write(
            f"Đã sao lưu {format_number(done.rows)} dòng và {format_number(done.files)} tệp vào "
            f"{done.path} ({format_number(done.size // 1024)} KB); đã đọc lại, nguyên vẹn."
        )
        for name in done.left_out[:_SHOWN]:
            self.stderr.write(
                f"Không đưa vào bản sao lưu: {name} trong thư mục chứng thư tin cậy, vì không phải "
                "chứng thư hoặc có khóa riêng. Chuyển tệp ấy sang nơi khác."
            )
        for path in done.damaged[:_SHOWN]:
            self.stderr.write(f"Tệp đã mất hoặc đã đổi từ trước: {path}")
        if done.damaged:
            raise CommandError(
                f"Bản sao lưu đã ghi xong, nhưng {len(done.damaged)} tệp đính kèm đã mất hoặc "
                "đã đổi trước khi sao lưu; mọi bản sao lưu cũ được giữ lại. Lấy lại các tệp ấy từ "
                "bản cũ. Xem: tinhgon doctor",
                returncode=3,
            )
