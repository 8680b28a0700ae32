"""The form of a signed decision: its paper, and a verdict on each procedure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans.actions import Decided, Seen, SignedDecision
from tinhgon.apps.plans.enums import VERDICT_LABELS, Verdict
from tinhgon.apps.plans.models import Plan, PlanItem
from tinhgon.common.uploads import Upload
from tinhgon.ui.forms import DateField, FileDrop

from .moving import VersionForm

_VERDICTS = [(v.value, VERDICT_LABELS[v]) for v in Verdict if v is not Verdict.WAITING]


class SignedForm(VersionForm):
    """What stands on a signed decision on plans."""

    issuer = forms.ModelChoiceField(
        label="Cơ quan ban hành", queryset=Agency.objects.none(), empty_label=None
    )
    subject = forms.CharField(
        label="Trích yếu",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Viết tiếp sau “Về việc”.",
    )
    number = forms.CharField(label="Số quyết định", max_length=20)
    symbol = forms.CharField(label="Ký hiệu", max_length=60, help_text="Ví dụ: QĐ-UBND.")
    issued_on = DateField(label="Ngày ký, ban hành")
    signer_authority = forms.CharField(
        label="Quyền hạn ghi trên chữ ký",
        required=False,
        max_length=200,
        help_text="Ví dụ: KT. CHỦ TỊCH. Để trống nếu người đứng đầu ký.",
    )
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=150, initial="CHỦ TỊCH")
    signer_name = forms.CharField(label="Họ tên người ký", max_length=150)

    def __init__(self, *args: Any, issuers: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issuer = self.fields["issuer"]
        assert isinstance(issuer, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        issuer.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in issuers])


class DecisionForm(SignedForm):
    file = forms.FileField(label="Tệp quyết định đã ký", required=False, widget=FileDrop)

    def __init__(self, *args: Any, items: Sequence[PlanItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"verdict_{item.pk}"] = forms.ChoiceField(
                label="Kết quả", choices=_VERDICTS, initial=Verdict.APPROVED.value
            )
            self.fields[f"measures_{item.pk}"] = forms.TypedMultipleChoiceField(
                label="Nội dung được phê duyệt, nếu chỉ một phần",
                coerce=int,
                required=False,
                choices=[(measure.pk, measure.content) for measure in item.measures.all()],
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"reason_{item.pk}"] = forms.CharField(
                label="Lý do, nếu không phê duyệt toàn bộ", required=False, max_length=2_000
            )

    def rows(self) -> list[tuple[PlanItem, list[forms.BoundField]]]:
        """Return each procedure with the fields of its verdict."""
        names = ("verdict", "measures", "reason")
        return [(item, [self[f"{name}_{item.pk}"] for name in names]) for item in self.items]

    def verdicts(self) -> dict[int, Decided]:
        cleaned = self.cleaned_data
        return {
            item.pk: Decided(
                Verdict(cleaned[f"verdict_{item.pk}"]),
                cleaned[f"reason_{item.pk}"],
                frozenset(cleaned[f"measures_{item.pk}"]),
            )
            for item in self.items
        }

    def signed(self) -> SignedDecision:
        cleaned = self.cleaned_data
        file = cleaned["file"]
        return SignedDecision(
            issuer=cleaned["issuer"],
            subject=cleaned["subject"],
            number=cleaned["number"],
            issued_on=cleaned["issued_on"],
            symbol=cleaned["symbol"],
            signer_name=cleaned["signer_name"],
            signer_title=cleaned["signer_title"],
            signer_authority=cleaned["signer_authority"],
            upload=Upload.of(file) if file else None,
        )


class DecisionsForm(DecisionForm):
    """The same on several plans at once: one paper, and the version of each plan that was seen."""

    def __init__(
        self,
        *args: Any,
        plans: Sequence[Plan],
        items: Sequence[PlanItem],
        issuers: Sequence[Agency],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, items=items, issuers=issuers, **kwargs)
        self.plans = plans
        del self.fields["version"]
        for plan in plans:
            self.fields[_version_of(plan)] = forms.IntegerField(
                widget=forms.HiddenInput, initial=plan.version
            )

    def seen(self) -> list[Seen]:
        return [Seen(plan, self.cleaned_data[_version_of(plan)]) for plan in self.plans]

    def under_versions(self) -> None:
        """Let what was entered be sent again, now that the person was told of the other change."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            for plan in self.plans:
                self.data[_version_of(plan)] = str(plan.newest_version())


def _version_of(plan: Plan) -> str:
    return f"version_{plan.pk}"
