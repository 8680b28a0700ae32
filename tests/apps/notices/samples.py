from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.notices.models import Notice


def _notice(agency: Agency, person: User) -> dict[str, Any]:
    at = datetime(2024, 3, 27, 2, tzinfo=UTC)
    notice = Notice.objects.create(user=person, kind="a.b", text="Có việc mới", created_at=at)
    return {"pk": notice.pk}


SAMPLES = {"notices:read": _notice}
