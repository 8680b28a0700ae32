from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer

from tinhgon.domain.suggesting import LONGEST, SHORTEST
from tinhgon.domain.vntext import nfc


def _signer() -> Signer:
    """Made when it is used: a server that lacks its secret key must say so, not fail to import."""
    return Signer(salt="tinhgon.portal.form")


def opened(at: datetime) -> str:
    """Return the moment at which a form is opened, as a text that nobody else can write."""
    return _signer().sign(str(int(at.timestamp())))


class SuggestionForm(forms.Form):
    text = forms.CharField(
        label="Nội dung góp ý",
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Chỗ nào chưa rõ, chưa đúng hoặc có thể bớt, và nên sửa thế nào. "
        "Không ghi thông tin mật hoặc thông tin riêng của người khác.",
    )
    name = forms.CharField(
        label="Họ và tên",
        max_length=100,
        required=False,
        help_text="Hiện cùng góp ý nếu góp ý được đăng.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Địa chỉ thư điện tử",
        required=False,
        help_text="Chỉ để Văn phòng liên hệ khi cần hỏi lại, không hiện công khai.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label="Để trống ô này",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_text(self) -> str:
        return nfc(self.cleaned_data["text"]).strip()

    def seconds(self, now: datetime) -> float | None:
        """Return how long ago the form was opened; None if it does not say so truly."""
        try:
            return now.timestamp() - int(_signer().unsign(self.cleaned_data["opened_at"]))
        except (BadSignature, ValueError):
            return None


class _DecisionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ShowForm(_DecisionForm):
    pass


class AnswerForm(_DecisionForm):
    answer = forms.CharField(
        label="Trả lời",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Hiện công khai cùng góp ý.",
    )


class DeclineForm(_DecisionForm):
    reason = forms.CharField(
        label="Lý do không đăng",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Chỉ Văn phòng thấy.",
    )


def words_of(form: forms.Form) -> dict[str, Any]:
    """Return what was typed, but for the version that was seen."""
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}
