from __future__ import annotations

from typing import Any

from django import forms

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans.actions import Letter, Opinion
from tinhgon.common.uploads import Upload
from tinhgon.ui.forms import DateField, FileDrop


class VersionForm(forms.Form):
    """Only the version of the plan, or of its item, that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(VersionForm):
    reason = forms.CharField(
        label="Lý do", max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class _LetterForm(VersionForm):
    number = forms.CharField(
        label="Số văn bản", required=False, max_length=20, help_text="Để trống nếu chưa cấp số."
    )
    issued_on = DateField(label="Ngày văn bản", required=False)
    file = forms.FileField(label="Tệp văn bản", required=False, widget=FileDrop)

    def letter(self) -> Letter:
        cleaned = self.cleaned_data
        file = cleaned["file"]
        return Letter(cleaned["number"], cleaned["issued_on"], Upload.of(file) if file else None)


class SubmitForm(_LetterForm):
    pass


class OpinionForm(_LetterForm):
    text = forms.CharField(
        label="Ý kiến đánh giá, lý do trả lại",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Bản nháp lập từ nội dung phương án; sửa lại theo kết quả đánh giá.",
    )
    consulted = forms.CharField(
        label="Đã lấy ý kiến", required=False, max_length=1_000, help_text="Cơ quan, chuyên gia."
    )
    field_order = ("text", "consulted", "number", "issued_on", "file")

    def opinion(self, agency: Agency) -> Opinion:
        cleaned: dict[str, Any] = self.cleaned_data
        return Opinion(agency, cleaned["text"], cleaned["consulted"], self.letter())
