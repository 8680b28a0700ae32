from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import actions
from tinhgon.apps.calendars import queries as calendars
from tinhgon.common import clock
from tinhgon.domain.deadlines import seed_ladder


class Command(BaseCommand):
    help = "Remind people of what is due or late, and send each one digest by e-mail. Run daily."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="print what would be told; write and send nothing",
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        calendar, ladder, now = calendars.calendar(), seed_ladder(), clock.now()
        if dry_run:
            planned = actions.plan_reminders(today=now.date(), calendar=calendar, ladder=ladder)
            self._print(planned)
            return
        if not calendar.is_working_day(now.date()):
            self.stdout.write("Hôm nay là ngày nghỉ: không nhắc việc.")
            return
        told = actions.remind(at=now, calendar=calendar, ladder=ladder)
        sent = actions.mail_digests(at=now)
        self.stdout.write(
            f"Đã nhắc {len(told.reminders)} mốc, {len(told.messages)} thông báo, {sent} thư."
        )

    def _print(self, planned: actions.Round) -> None:
        names = User.objects.in_bulk({message.user for message in planned.messages})
        for message in sorted(planned.messages, key=lambda m: (names[m.user].username, m.kind)):
            self.stdout.write(f"{names[message.user].audit_name}: {message.text}")
        kinds = Counter(message.kind for message in planned.messages)
        self.stdout.write(f"{len(planned.reminders)} mốc; {dict(kinds)}")
