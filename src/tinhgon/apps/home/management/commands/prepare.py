from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from tinhgon.apps.accounts import actions as accounts
from tinhgon.apps.assessments import actions as assessments
from tinhgon.apps.audit.actions import System
from tinhgon.apps.calendars import actions as calendars
from tinhgon.apps.reviews import actions as reviews
from tinhgon.apps.search import actions as search
from tinhgon.common import clock, statistics


class Command(BaseCommand):
    help = "Đưa cơ sở dữ liệu về đúng phiên bản, nạp vai trò, lịch, mẫu phiếu, chỉ mục tìm kiếm."

    def handle(self, **options: Any) -> None:
        call_command("migrate", verbosity=options["verbosity"], interactive=False)
        call_command("createcachetable", verbosity=0)
        at = clock.now()
        accounts.load_roles(by=System(), at=at)
        calendars.load_calendar(by=System(), at=at)
        reviews.load_questionnaires(by=System(), at=at)
        assessments.reckon()
        search.fill()
        search.catch_up()
        statistics.renew()
