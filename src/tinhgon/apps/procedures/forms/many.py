"""What is to be done to many procedures at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.enums import (
    KIND_CHOICES,
    RULE_OWNER_CHOICES,
    TIER_CHOICES,
    Kind,
    RuleOwner,
    Task,
    Tier,
)
from tinhgon.apps.procedures.models import Procedure
from tinhgon.apps.procedures.queries.many import MOST_AT_ONCE, WITH_REASON, Wanted
from tinhgon.domain.vntext import nfc

_KEEP = ("", "Giữ nguyên")
_CODE = re.compile(r"(?:NB-?)?0*(\d{1,15})", re.IGNORECASE)
_PAIR = re.compile(r"(\d{1,15}):(\d{1,9})")


class ChosenField(forms.CharField):
    """Versions with the row version of each: "12:3,15:1"."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        pairs = _PAIR.findall(super().to_python(value) or "")
        found = {int(pk): int(seen) for pk, seen in pairs}
        if len(found) > MOST_AT_ONCE:
            raise ValidationError("Chọn nhiều quá. Lọc bớt rồi làm từng phần.")
        return found

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Mapping) else value


def written(seen: Mapping[int, int]) -> str:
    return ",".join(f"{pk}:{version}" for pk, version in seen.items())


class ManyForm(forms.Form):
    """One form for every task: each uses the fields that it needs."""

    chosen = ChosenField(error_messages={"required": "Chưa chọn thủ tục nào."})
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000)
    task = forms.ChoiceField(choices=Task.choices, widget=forms.HiddenInput)
    field = forms.CharField(label="Lĩnh vực", required=False, max_length=150)
    tier = forms.ChoiceField(label="Cấp thực hiện", choices=[_KEEP, *TIER_CHOICES], required=False)
    kind = forms.ChoiceField(label="Loại thủ tục", choices=[_KEEP, *KIND_CHOICES], required=False)
    rule_owner = forms.ChoiceField(
        label="Quy định thuộc thẩm quyền của",
        choices=[_KEEP, *RULE_OWNER_CHOICES],
        required=False,
    )
    canonical = forms.CharField(
        label="Mã nội bộ của bản dùng chung",
        required=False,
        max_length=20,
        help_text="Ví dụ NB-00012: thủ tục mà nhiều cơ quan cùng làm theo.",
    )
    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nêu phần nào cần sửa, sửa thế nào. Người soạn nhận được lý do này.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_field(self) -> str:
        return " ".join(nfc(self.cleaned_data["field"]).split())

    def clean(self) -> None:
        task = Task(self.cleaned_data["task"]) if "task" in self.cleaned_data else None
        if task in WITH_REASON and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", "Ghi rõ lý do.")
        if task is Task.SET and not self._values():
            self.add_error("field", "Chọn ít nhất một thông tin để sửa.")
        if task is Task.LINK:
            self._find_canonical()

    @property
    def wanted(self) -> Wanted:
        """What was asked for, once it is valid."""
        return Wanted(
            task=Task(self.cleaned_data["task"]),
            values=self._values(),
            canonical=self.cleaned_data.get("found"),
            reason=self.cleaned_data["reason"].strip(),
        )

    def _values(self) -> dict[str, Any]:
        kinds: dict[str, Any] = {"field": str, "tier": Tier, "kind": Kind, "rule_owner": RuleOwner}
        given = {name: self.cleaned_data.get(name) for name in kinds}
        return {name: kinds[name](value) for name, value in given.items() if value}

    def _find_canonical(self) -> None:
        code = _CODE.fullmatch(self.cleaned_data.get("canonical", "").strip())
        visible = Procedure.objects.visible_to(self._user)
        found = visible.filter(pk=int(code[1])).first() if code else None
        if found is None:
            self.add_error("canonical", "Không có thủ tục nào mang mã này.")
        self.cleaned_data["found"] = found
