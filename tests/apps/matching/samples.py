from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories.assignments import PDF
from tests.factories.procedures import AT, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.actions import store_file
from tinhgon.apps.matching.enums import GapRuling, Ruling
from tinhgon.apps.matching.models import GapVerdict, PairVerdict, ReferenceItem, ReferenceList


def _of_one(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_version(agency).procedure_id}


def _of_two(agency: Agency, person: User) -> dict[str, Any]:
    return {
        "pk": make_version(agency).procedure_id,
        "other": make_version(agency).procedure_id,
    }


def _of_verdict(agency: Agency, person: User) -> dict[str, Any]:
    verdict = PairVerdict.objects.create(
        one=make_version(agency).procedure,
        other=make_version(agency).procedure,
        ruling=Ruling.DIFFERENT,
        reason="Một thủ tục cấp mới, một thủ tục cấp lại",
        at=AT,
        by=person,
    )
    return {"pk": verdict.pk}


def make_reference(person: User, *names: str, **values: Any) -> ReferenceList:
    """Make a list of the names, all of the province and of one field."""
    stored = store_file(data=PDF, name="quyet-dinh.pdf", content_type="application/pdf", at=AT)
    reference = ReferenceList.objects.create(
        name="Danh mục của Bộ Nội vụ",
        source="Quyết định số 900/QĐ-BNV ngày 01/6/2024 của Bộ Nội vụ",
        file=stored,
        digest=f"{ReferenceList.objects.count():064}",
        created_at=AT,
        created_by=person,
    )
    for order, name in enumerate(names, start=1):
        item = {
            "position": f"A.{order}",
            "tier": "province",
            "field": "Hành chính, tổng hợp",
            "legal_basis": "Điều 7 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020",
            **values,
        }
        ReferenceItem.objects.create(reference=reference, order=order, name=name, **item)
    return reference


def _of_reference(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_reference(person, "Ban hành quy chế làm việc").pk}


def _of_gap_verdict(agency: Agency, person: User) -> dict[str, Any]:
    reference = make_reference(person, "Ban hành quy chế làm việc")
    verdict = GapVerdict.objects.create(
        item=reference.items.get(),
        agency=agency,
        ruling=GapRuling.DISMISSED,
        reason="Không thuộc thẩm quyền",
        at=AT,
        by=person,
    )
    return {"pk": verdict.pk}


SAMPLES: dict[str, Sample] = {
    "matching:group": _of_one,
    "matching:pair": _of_two,
    "matching:rule": _of_one,
    "matching:withdraw": _of_verdict,
    "matching:reference": _of_reference,
    "matching:change_list": _of_reference,
    "matching:remove_list": _of_reference,
    "matching:reopen": _of_gap_verdict,
}
