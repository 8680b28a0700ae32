from __future__ import annotations

from django import forms

from tinhgon.apps.procedures.enums import TIER_CHOICES
from tinhgon.ui.forms import FileDrop

from .enums import GapRuling, Ruling


class RulingForm(forms.Form):
    ruling = forms.ChoiceField(choices=Ruling.choices)
    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bắt buộc khi kết luận khác nhau, để lần sau không phải xem lại.",
    )


class DecideForm(forms.Form):
    """What becomes of the chosen items: which ones come as check boxes of their own."""

    ruling = forms.ChoiceField(choices=GapRuling.choices)
    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bắt buộc khi loại khỏi danh sách còn sót.",
    )


class MeantForForm(forms.Form):
    """What a reference list is called, and for whom it is meant."""

    name = forms.CharField(
        label="Tên gọi",
        required=False,
        max_length=300,
        help_text="Để trống thì lấy số, ngày của quyết định.",
    )
    tier = forms.ChoiceField(
        label="Dùng cho cấp", required=False, choices=[("", "Theo từng dòng"), *TIER_CHOICES]
    )
    fields_text = forms.CharField(
        label="Chỉ dùng cho lĩnh vực",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng một lĩnh vực. Để trống thì theo lĩnh vực cơ quan đang có.",
    )

    def clean_fields_text(self) -> list[str]:
        lines = str(self.cleaned_data["fields_text"]).splitlines()
        return [line.strip() for line in lines if line.strip()]


class ReceiveForm(MeantForForm):
    file = forms.FileField(
        label="Tệp quyết định hoặc danh mục",
        widget=FileDrop,
        help_text="Word (.docx, .doc), PDF, .odt hoặc .txt, tối đa 20 MB, 300 trang.",
        error_messages={"required": "Chọn tệp có danh mục thủ tục."},
    )


class ChangeForm(MeantForForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class RemoveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
