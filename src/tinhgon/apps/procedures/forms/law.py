from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.actions import LawChange
from tinhgon.ui.forms import DateField


class LawChangeForm(forms.Form):
    ended_on = DateField(
        label="Hết hiệu lực từ ngày",
        required=False,
        help_text="Ngày đầu tiên văn bản không còn hiệu lực.",
    )
    changed_on = DateField(label="Được sửa đổi, bổ sung từ ngày", required=False)
    note = forms.CharField(
        label="Văn bản sửa đổi, thay thế, bãi bỏ",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: Được thay thế bởi Luật Đất đai số 31/2024/QH15.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def change(self) -> LawChange:
        typed = self.cleaned_data
        return LawChange(typed["changed_on"], typed["ended_on"], typed["note"])


class ReviewLetterForm(forms.Form):
    due_on = DateField(label="Hoàn thành chậm nhất ngày")
    issuer = forms.ModelChoiceField(
        label="Cơ quan giao việc", queryset=Agency.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, issuers: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["issuer"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in issuers])
