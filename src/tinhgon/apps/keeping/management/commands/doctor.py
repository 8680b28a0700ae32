from __future__ import annotations

import json
import smtplib
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError

from tinhgon.apps.keeping.queries import Finding, Level, look
from tinhgon.common import clock

_SIGNS = {Level.GOOD: "✓", Level.NOTE: "!", Level.BAD: "✕"}


class Command(BaseCommand):
    help = "Khám toàn bộ hệ thống: mỗi dòng nói tốt, hoặc phải làm gì. Không thay đổi gì."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="in ra JSON, cho máy đọc")
        parser.add_argument("--mail", metavar="ĐỊA-CHỈ", help="gửi một thư thử tới địa chỉ này")

    def handle(self, *, mail: str | None, **options: Any) -> None:
        if mail:
            self._send(mail)
            return
        found = []
        for finding in look(at=clock.now()):
            found.append(finding)
            if not options["json"]:
                self._show(finding)
        if options["json"]:
            text = json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1)
            self.stdout.write(text)
        broken = sum(each.level is Level.BAD for each in found)
        noted = sum(each.level is Level.NOTE for each in found)
        if broken:
            raise CommandError(f"{broken} chỗ hỏng, {noted} chỗ cần lưu ý.")
        if not options["json"]:
            self.stdout.write(f"Không có gì hỏng; {noted} chỗ cần lưu ý.")

    def _show(self, finding: Finding) -> None:
        self.stdout.write(f"{_SIGNS[finding.level]} {finding.subject}: {finding.text}")
        if finding.todo:
            self.stdout.write(f"    → {finding.todo}")
        self.stdout.flush()

    def _send(self, address: str) -> None:
        letter = EmailMessage(
            subject="Thư thử của Tinh Gọn",
            body=f"Thư này được gửi thử từ {settings.SITE_URL}. Nhận được là gửi thư đã thông.",
            to=[address],
        )
        try:
            letter.send()
        except (OSError, smtplib.SMTPException) as e:
            raise CommandError(
                f"Không gửi được qua {settings.EMAIL_HOST}:{settings.EMAIL_PORT}: {e}. "
                "Kiểm tra TINHGON_SMTP_HOST, _PORT, _USER, _PASSWORD, _TLS, _SSL."
            ) from None
        self.stdout.write(f"Đã gửi thư thử tới {address}. Kiểm tra hộp thư, cả mục thư rác.")
