from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.enums import KIND_CHOICES, TIER_CHOICES
from tinhgon.domain.procedures import LABELS, Kind, Record, Tier


class StartForm(forms.Form):
    """What must be known of a procedure before the rest of it is written."""

    name = forms.CharField(
        label=LABELS["name"],
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
        help_text="Nêu một việc và đối tượng của việc đó, ví dụ: Xây dựng kế hoạch công tác năm.",
        error_messages={"required": "Ghi tên thủ tục."},
    )
    agency = forms.ModelChoiceField(
        label="Cơ quan thống kê",
        queryset=Agency.objects.none(),
        empty_label=None,
        help_text="Cơ quan giữ thủ tục này trong danh mục của mình.",
    )
    kind = forms.ChoiceField(label=LABELS["kind"], choices=KIND_CHOICES)
    tier = forms.ChoiceField(label=LABELS["tier"], choices=TIER_CHOICES)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["agency"]
        assert isinstance(chosen, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        chosen.queryset = agencies
        if first := agencies.first():
            self.fields["tier"].initial = Tier(first.level)  # where it is carried out, as a rule

    def record(self) -> Record:
        cleaned = self.cleaned_data
        return Record(
            name=" ".join(cleaned["name"].split()),
            kind=Kind(cleaned["kind"]),
            tier=Tier(cleaned["tier"]),
            lead=cleaned["agency"].name,
        )
