from __future__ import annotations

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from tinhgon.apps.home import demo
from tinhgon.common import clock


class Command(BaseCommand):
    help = "Chuẩn bị cơ sở dữ liệu rồi chạy máy chủ trên máy này."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="không kèm tiến trình chạy nền: đã có lệnh tinhgon worker chạy riêng",
        )
        parser.add_argument("--demo", action="store_true", help="dựng tỉnh mẫu nếu chưa có")

    def handle(self, **options: Any) -> None:
        host, port = options["host"], options["port"]
        _check_free(host, port)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        self._say("Đang chuẩn bị cơ sở dữ liệu…")
        call_command("prepare", verbosity=0)
        if not settings.WHITENOISE_USE_FINDERS:
            call_command("collectstatic", interactive=False, verbosity=0)
        if options["demo"] and not demo.is_built():
            self._say("Đang dựng tỉnh mẫu (nửa phút, máy chậm thì vài phút)…")
            demo.build(now=clock.now())
        self._greet(f"http://{host}:{port}", with_accounts=options["demo"])
        arguments = [
            sys.executable,
            "-m",
            "gunicorn" if options["no_worker"] else "tinhgon.config.processes",
            "tinhgon.config.wsgi:application",
            f"--bind={host}:{port}",
            f"--workers={options['workers']}",
            "--threads=4",
            "--timeout=120",
            "--log-level=warning",
            "--preload",
            "--no-control-socket",  # it would lie in a home that a service cannot write to
        ]
        if not settings.SITE_URL_GIVEN:
            os.environ["TINHGON_URL"] = f"http://{host}:{port}"
        os.environ["TINHGON_DATA"] = str(settings.DATA_DIR)
        os.execv(sys.executable, arguments)  # noqa: S606 — no shell, our own interpreter

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _greet(self, url: str, *, with_accounts: bool) -> None:
        self.stdout.write(f"\nTinh Gọn đang chạy tại {url}  (dừng: Ctrl+C)\n")
        if with_accounts:
            self.stdout.write(f"\nTài khoản dùng thử, mật khẩu chung: {demo.PASSWORD}\n")
            for username, role, place in demo.ACCOUNTS:
                self.stdout.write(f"  {username:<14}{role}, {place}")
            self.stdout.write("")
        self.stdout.flush()


def _check_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise CommandError(
                f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: make run PORT=8010"
            ) from None
