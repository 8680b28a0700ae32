from __future__ import annotations

from calendar import SATURDAY
from typing import Any

from django import forms

from tinhgon.ui.forms import DateField

from .actions import DayValues

_KINDS = [("off", "Ngày nghỉ"), ("work", "Ngày làm việc (làm bù)")]


class DayForm(forms.Form):
    day = DateField(label="Ngày")
    kind = forms.ChoiceField(label="Loại", choices=_KINDS, widget=forms.RadioSelect)
    reason = forms.CharField(label="Lý do", max_length=200)
    source = forms.CharField(
        label="Căn cứ",
        max_length=300,
        required=False,
        help_text="Văn bản quyết định ngày nghỉ hoặc ngày làm bù.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("day")
        weekend = day is not None and day.weekday() >= SATURDAY
        if day and cleaned.get("kind") == "work" and not weekend:
            self.add_error("day", "Thứ Hai đến thứ Sáu vốn là ngày làm việc, không cần ghi.")
        if day and cleaned.get("kind") == "off" and weekend:
            self.add_error("day", "Thứ Bảy, Chủ nhật vốn là ngày nghỉ, không cần ghi.")
        return cleaned

    def values(self) -> DayValues:
        typed = self.cleaned_data
        return DayValues(
            day=typed["day"],
            is_working=typed["kind"] == "work",
            reason=typed["reason"],
            source=typed["source"],
        )


class RemoveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
