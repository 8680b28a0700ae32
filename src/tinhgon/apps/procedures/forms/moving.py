"""The small forms on the page of a procedure: one for each move that needs more than a click."""

from __future__ import annotations

from typing import Any

from django import forms

from tinhgon.apps.procedures.enums import ACTION_LABELS, Action
from tinhgon.apps.procedures.models import Procedure
from tinhgon.ui.forms import DateField

CHANGES = (Action.AMENDED, Action.REPLACED, Action.STANDARDISED)


class VersionForm(forms.Form):
    """Only the version of the row that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


def _reason(help_text: str, *, required: bool = True) -> Any:
    return forms.CharField(
        label="Lý do",
        max_length=5_000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi rõ lý do."},
    )


class SendBackForm(VersionForm):
    reason = _reason("Nêu phần nào cần sửa, sửa thế nào. Người soạn nhận được lý do này.")


class OutOfScopeForm(VersionForm):
    reason = _reason("Vì sao đây không phải thủ tục hành chính nội bộ.")


class DiscloseForm(VersionForm):
    on = DateField(label="Ngày công khai")
    url = forms.URLField(
        label="Địa chỉ nơi công khai",
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text="Trang của tỉnh hoặc Cơ sở dữ liệu quốc gia, nếu có.",
    )


class CorrectDisclosureForm(DiscloseForm):
    reason = _reason("Ghi sai ở đâu, căn cứ nào để sửa. Lý do lưu trong nhật ký.")


class CodeForm(VersionForm):
    code = forms.CharField(
        label="Mã số quốc gia",
        required=False,
        max_length=40,
        help_text="Đúng như Cơ sở dữ liệu quốc gia đã cấp; để trống nếu chưa có. Không tự đặt mã.",
    )


class ChangeForm(forms.Form):
    action = forms.ChoiceField(
        label="Quyết định sẽ",
        choices=[(action.value, ACTION_LABELS[action]) for action in CHANGES],
        help_text="Bản dự thảo bắt đầu từ nội dung đang công bố.",
    )


class SetAsideForm(VersionForm):
    """Chooses the procedure that stays, among those that the search found."""

    into = forms.ModelChoiceField(
        queryset=Procedure.objects.none(),
        error_messages={
            "required": "Chọn một thủ tục trong danh sách.",
            "invalid_choice": "Chọn một thủ tục trong danh sách.",
        },
    )
    reason = _reason("Ghi thêm nếu cần.", required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["into"]
        assert isinstance(chosen, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        chosen.queryset = Procedure.objects.visible_to(user)
