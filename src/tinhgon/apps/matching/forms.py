from __future__ import annotations

from django import forms

from .enums import Ruling


class RulingForm(forms.Form):
    ruling = forms.ChoiceField(choices=Ruling.choices)
    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bắt buộc khi kết luận khác nhau, để lần sau không phải xem lại.",
    )
