from __future__ import annotations

from typing import Any

from django import forms

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans.actions import LegalChangeEntry
from tinhgon.apps.plans.models import LegalChange, Measure, PlanItem
from tinhgon.ui.forms import DateField

from .agencies import named_agency
from .moving import VersionForm


class LegalChangeForm(VersionForm):
    text = forms.CharField(
        label="Văn bản",
        max_length=500,
        help_text="Ví dụ: Quyết định số 15/2022/QĐ-UBND ngày 01/6/2022.",
    )
    provision = forms.CharField(label="Điểm, khoản, điều", required=False, max_length=300)
    work = forms.CharField(
        label="Việc phải làm", required=False, max_length=500, initial="Sửa đổi, bổ sung"
    )
    agency = forms.CharField(label="Cơ quan thực hiện", max_length=300)
    due_on = DateField(label="Hoàn thành chậm nhất ngày", required=False)
    measure = forms.ModelChoiceField(
        label="Để thực hiện nội dung",
        queryset=Measure.objects.none(),
        required=False,
        empty_label="Tất cả nội dung của thủ tục",
    )

    def __init__(self, *args: Any, item: PlanItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._issuer = item.plan.round.agency
        self._own = item.plan.agency
        field = self.fields["measure"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        field.queryset = item.measures.all()
        self.fields["agency"].initial = item.plan.agency.name

    def clean_agency(self) -> Agency:
        return named_agency(self.cleaned_data["agency"], own=self._own, issuer=self._issuer)

    def entry(self) -> LegalChangeEntry:
        cleaned = self.cleaned_data
        return LegalChangeEntry(
            text=cleaned["text"],
            provision=cleaned["provision"],
            work=cleaned["work"],
            agency=cleaned["agency"],
            due_on=cleaned["due_on"],
            measure=cleaned["measure"],
        )


def initial_of(change: LegalChange) -> dict[str, Any]:
    """Return what the form of a legal text starts with."""
    return {
        "text": change.text,
        "provision": change.provision,
        "work": change.work,
        "agency": change.agency.name,
        "due_on": change.due_on,
        "measure": change.measure_id,
    }
