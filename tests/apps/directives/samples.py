from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories import make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.files.actions import store_file
from tinhgon.apps.files.enums import LETTERS

from .letters import make_directive

AT = datetime(2024, 3, 27, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def _directive(agency: Agency) -> Directive:
    directive = make_directive(agency, make_user(agency, "coordinator"), AT)
    directive.document.file = store_file(
        data="Số: 45/UBND-TTPVHCC".encode(),
        name="45.txt",
        content_type="text/plain",
        at=AT,
        allowed=LETTERS,
    )
    directive.document.save(update_fields=["file"])
    return directive


def _of_directive(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": _directive(agency).pk}


def _of_proposal(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": _directive(agency).proposals.order_by("-order")[0].pk}


_DIRECTIVE = ("detail", "file", "heading", "programme", "discard", "add")
_PROPOSAL = ("proposal", "include", "split", "merge")

SAMPLES: dict[str, Callable[[Agency, User], dict[str, Any]]] = {
    **{f"directives:{name}": _of_directive for name in _DIRECTIVE},
    **{f"directives:{name}": _of_proposal for name in _PROPOSAL},
}
