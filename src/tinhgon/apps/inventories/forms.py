from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import resolve
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.programmes.models import Programme
from tinhgon.ui.forms import DateField

from .actions import Asked

GROUPS = "Các sở, ban, ngành\nUBND các huyện, thành phố"


class OpenForm(forms.Form):
    name = forms.CharField(label="Tên đợt thống kê", max_length=300)
    agency = forms.ModelChoiceField(
        label="Cơ quan yêu cầu", queryset=Agency.objects.none(), empty_label=None
    )
    agencies = forms.CharField(
        label="Cơ quan được yêu cầu",
        widget=forms.Textarea(attrs={"rows": 4}),
        initial=GROUPS,
        help_text="Mỗi dòng một cơ quan hoặc một nhóm, như cách ghi ở nơi nhận của văn bản.",
    )
    due_on = DateField(label="Trả lời chậm nhất ngày")
    programme = forms.ModelChoiceField(
        label="Thuộc chương trình",
        queryset=Programme.objects.none(),
        required=False,
        empty_label="Không thuộc chương trình nào",
    )
    basis = forms.CharField(
        label="Văn bản yêu cầu",
        max_length=300,
        required=False,
        help_text="Ví dụ: Công văn số 318/UBND-TTPVHCC ngày 28/3/2024.",
    )
    duty = forms.ModelChoiceField(
        label="Theo nhiệm vụ",
        queryset=Duty.objects.none(),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(
        self, *args: Any, user: User, askers: Sequence[Agency], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self._choose("agency", Agency.objects.filter(pk__in=[each.pk for each in askers]))
        self._choose("duty", Duty.objects.visible_to(user))
        self._choose("programme", Programme.objects.visible_to(user))

    def _choose(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        agency, typed = cleaned.get("agency"), cleaned.get("agencies")
        if agency and typed:
            names = [line.strip(" -;,.") for line in typed.splitlines() if line.strip(" -;,.")]
            found = resolve(names, on=self._today, issuer=agency)
            if found.unknown:
                words = "; ".join(f"“{each.name}”" for each in found.unknown)
                self.add_error("agencies", ValidationError(f"Không rõ cơ quan: {words}."))
            cleaned["found"] = [each for each, _ in found.found if each.pk != agency.pk]
        return cleaned

    def asked(self) -> Asked:
        typed = self.cleaned_data
        return Asked(
            name=typed["name"],
            agency=typed["agency"],
            agencies=typed["found"],
            due_on=typed["due_on"],
            programme=typed["programme"],
            basis=typed["basis"],
            duty=typed["duty"],
        )


class AnswerForm(forms.Form):
    procedures = forms.TypedMultipleChoiceField(label="Thủ tục còn sót", coerce=int, required=False)
    note = forms.CharField(
        label="Ghi chú", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["procedures"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 — for the type checker
        field.choices = list(choices)


class DecideForm(forms.Form):
    reason = forms.CharField(label="Lý do trả lại", max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
