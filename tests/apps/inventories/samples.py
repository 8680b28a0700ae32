from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.apps.samples import Sample
from tests.factories import make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.inventories import actions
from tinhgon.apps.inventories.models import InventoryReply

AT = datetime(2024, 3, 27, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def make_reply(agency: Agency) -> InventoryReply:
    """Ask the agency, in its own name, what it missed."""
    inventory = actions.open_inventory(
        asked=actions.Asked("Thống kê bổ sung năm 2024", agency, [agency], date(2199, 1, 1)),
        by=make_user(agency, "coordinator"),
        at=AT,
    )
    return inventory.replies.get()


def _of_inventory(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_reply(agency).inventory_id}


def _of_reply(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_reply(agency).pk}


def _of_answer(agency: Agency, person: User) -> dict[str, Any]:
    reply = make_reply(agency)
    actions.answer(
        reply=reply,
        procedures=[],
        note="",
        by=make_user(agency, "officer"),
        at=AT,
        seen=reply.version,
    )
    return {"pk": reply.pk}


SAMPLES: dict[str, Sample] = {
    "inventories:detail": _of_inventory,
    "inventories:close": _of_inventory,
    "inventories:reply": _of_reply,
    "inventories:answer": _of_reply,
    "inventories:decide": _of_answer,
}
