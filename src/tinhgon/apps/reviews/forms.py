from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import resolve
from tinhgon.apps.procedures.enums import KIND_CHOICES, TIER_CHOICES
from tinhgon.apps.procedures.models import Field
from tinhgon.apps.programmes.models import Round
from tinhgon.common.http import whole_number
from tinhgon.ui.forms import DateField, FileDrop

from .actions import Plan, Written
from .models import Questionnaire
from .queries import Scope
from .queries.rounds import rounds_to_open

_ALL = [("", "Tất cả")]


class RoundChoice(forms.ModelChoiceField[Round]):
    def label_from_instance(self, obj: Round) -> str:
        return f"{obj.name} – {obj.programme.name}"


class OpenForm(forms.Form):
    """How a round is opened; without the days it serves to preview the scope."""

    round = RoundChoice(
        label="Đợt của chương trình", queryset=Round.objects.none(), empty_label="Chọn đợt"
    )
    agency = forms.CharField(
        label="Thủ tục của cơ quan",
        max_length=300,
        required=False,
        help_text="Cả cơ quan, đơn vị trực thuộc. Để trống nếu rà soát toàn bộ phạm vi của "
        "chương trình.",
    )
    field = forms.ModelChoiceField(
        label="Lĩnh vực", queryset=Field.objects.all(), required=False, empty_label="Tất cả"
    )
    tier = forms.ChoiceField(label="Cấp thực hiện", choices=[*_ALL, *TIER_CHOICES], required=False)
    kind = forms.ChoiceField(label="Loại thủ tục", choices=[*_ALL, *KIND_CHOICES], required=False)
    on = DateField(label="Còn hiệu lực ngày")
    questionnaire = forms.ModelChoiceField(
        label="Mẫu phiếu", queryset=Questionnaire.objects.defer("content"), empty_label=None
    )
    due_on = DateField(
        label="Các cơ quan rà soát xong ngày", help_text="Ngày cuối cùng còn đúng hạn."
    )
    check_due_on = DateField(label="Văn phòng kiểm tra xong ngày", required=False)
    basis = forms.CharField(
        label="Căn cứ",
        max_length=300,
        required=False,
        help_text="Ví dụ: Công văn số 318/UBND-TTPVHCC ngày 28/3/2024.",
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        field = self.fields["round"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        field.queryset = rounds_to_open(user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen, typed = cleaned.get("round"), cleaned.get("agency")
        if chosen is None or "agency" not in cleaned:
            return cleaned
        agency = chosen.programme.agency
        if typed:
            found = resolve([typed], on=self._today, issuer=agency)
            if len(found.found) != 1:
                raise ValidationError({"agency": f"Không rõ cơ quan “{typed}”. Ghi tên đầy đủ."})
            agency = found.found[0][0]
        cleaned["branch"] = agency
        return cleaned

    @property
    def is_scoped(self) -> bool:
        """Whether the scope is known, however much of the rest is still missing."""
        return bool(getattr(self, "cleaned_data", {}).get("branch")) and not {
            "round", "agency", "field", "tier", "kind", "on",
        } & set(self.errors)  # fmt: skip

    def scope(self) -> Scope:
        typed = self.cleaned_data
        return Scope.of(
            typed["branch"],
            typed["on"],
            field=typed["field"],
            tier=typed["tier"],
            kind=typed["kind"],
        )

    def plan(self, reviewers: Mapping[int, int]) -> Plan:
        typed = self.cleaned_data
        return Plan(
            round=typed["round"],
            questionnaire=typed["questionnaire"],
            scope=self.scope(),
            due_on=typed["due_on"],
            check_due_on=typed["check_due_on"],
            basis=typed["basis"],
            reviewers=reviewers,
        )


def named_reviewers(post: QueryDict) -> dict[int, int]:
    """Return agency → reviewer, of the fields `reviewer-12` of the preview."""
    pairs = (
        (whole_number(name.removeprefix("reviewer-")), whole_number(str(value)))
        for name, value in post.items()
        if name.startswith("reviewer-")
    )
    return {agency: person for agency, person in pairs if agency and person}


class AssignForm(forms.Form):
    agency = forms.IntegerField()
    reviewer = forms.IntegerField(required=False)

    def agency_of(self, agencies: Mapping[int, Agency]) -> Agency | None:
        return agencies.get(self.cleaned_data["agency"])


class VersionForm(forms.Form):
    """Only the version of the row that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(VersionForm):
    reason = forms.CharField(label="Lý do", max_length=2000, required=False)


class ConcludeForm(forms.Form):
    outcome = forms.CharField(max_length=20, required=False)
    reason = forms.CharField(
        max_length=4000,
        required=False,
        label="Lý do",
        error_messages={"max_length": "Lý do viết không quá 4.000 chữ cái."},
    )
    into = forms.CharField(
        max_length=30,
        required=False,
        error_messages={"max_length": "Ghi mã nội bộ của thủ tục nhận gộp, ví dụ NB-00012."},
    )
    seen = forms.CharField(max_length=20, required=False)


class ChooseForm(forms.Form):
    key = forms.CharField(max_length=60)
    written_at = forms.CharField(max_length=40)
    taken = forms.BooleanField(required=False)


class JudgeForm(forms.Form):
    rule = forms.CharField(max_length=40, required=False)
    target = forms.CharField(max_length=200, required=False)
    decision = forms.ChoiceField(
        choices=[("accept", "Nhận"), ("dismiss", "Bỏ qua"), ("reopen", "Xem lại")]
    )
    verdict = forms.IntegerField(required=False)
    reason = forms.CharField(max_length=2000, required=False, label="Lý do bỏ qua")


class ProveForm(forms.Form):
    question = forms.CharField(max_length=40, required=False)
    file = forms.FileField(label="Tệp", widget=FileDrop)


class DisproveForm(forms.Form):
    evidence = forms.IntegerField()


def read_written(post: QueryDict) -> list[Written]:
    """
    Return the answers of a post: `v-KEY` the value, `r-KEY` the reason, `s-KEY` the stamp of what
    was seen; `stands` names the question whose answer is said to be right still.
    """
    keys = [name.removeprefix("v-") for name in post if name.startswith("v-")]
    return [
        Written(
            key=key,
            value=str(post.get(f"v-{key}", "")),
            reason=str(post.get(f"r-{key}", "")),
            seen=str(post.get(f"s-{key}", "")),
            stands=post.get("stands") == key,
        )
        for key in keys
    ]
