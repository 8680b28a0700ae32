from __future__ import annotations

from typing import Any, cast

from django import forms

from tinhgon.ui.forms import DateField

from .enums import kind_names


class FilterForm(forms.Form):
    q = forms.CharField(label="Tìm", required=False, max_length=100)
    kind = forms.ChoiceField(label="Việc", required=False)
    since = DateField(label="Từ ngày", required=False)
    until = DateField(label="Đến ngày", required=False)
    who = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    subject = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(kind_names().items(), key=lambda item: item[1])
        cast("forms.ChoiceField", self.fields["kind"]).choices = [("", "Tất cả"), *named]
