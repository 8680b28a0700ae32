"""What the planner is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tinhgon.apps.plans.models import Measure
from tinhgon.apps.plans.queries.planner import LEAST_LABELS
from tinhgon.domain.simplification import CountingRule, Least, Reach, Wish

from .counting import percent_field

_HUNDRED = Decimal(100)
_NUMBERS = re.compile(r"\d{1,6}")


class PlannerForm(forms.Form):
    number_target = percent_field("Chỉ tiêu số thủ tục (%)", help_text="")
    cost_target = percent_field("Chỉ tiêu chi phí (%)", help_text="")
    least = forms.ChoiceField(
        label="Ưu tiên", choices=[(each.value, LEAST_LABELS[each]) for each in Least]
    )
    reach = forms.ChoiceField(
        label="Đạt chỉ tiêu",
        choices=[
            (Reach.WHOLE.value, "tính chung cả phạm vi"),
            (Reach.EACH_AGENCY.value, "ở từng cơ quan"),
        ],
    )
    budget = forms.DecimalField(
        label="Ngày công tối đa",
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=1,
        localize=True,
    )
    exclusions = forms.CharField(
        label="Loại trừ nhau",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng một nhóm chỉ chọn nhiều nhất một: ghi số thứ tự, ví dụ 3, 7.",
    )

    def __init__(
        self, *args: Any, rule: CountingRule, measures: Sequence[Measure], **kwargs: Any
    ) -> None:
        initial = {
            "number_target": rule.number_target * _HUNDRED,
            "cost_target": rule.cost_target * _HUNDRED,
            "least": Least.EFFORT.value,
            "reach": Reach.WHOLE.value,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self._rule = rule
        self._keys = [str(measure.pk) for measure in measures]

    def clean_exclusions(self) -> tuple[frozenset[str], ...]:
        groups = []
        for line in self.cleaned_data["exclusions"].splitlines():
            places = [int(number) for number in _NUMBERS.findall(line)]
            if any(not 1 <= place <= len(self._keys) for place in places):
                raise ValidationError(f"Số thứ tự từ 1 đến {len(self._keys)}: “{line.strip()}”.")
            if len(places) > 1:
                groups.append(frozenset(self._keys[place - 1] for place in places))
        return tuple(groups)

    def listed(self, name: str) -> frozenset[str]:
        """Return the keys of the measures that were marked under a name, those that there are."""
        marked = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        return frozenset(self._keys) & set(marked)

    @property
    def ticked(self) -> frozenset[str]:
        """The measures that are ticked: all of them before anybody ticked."""
        return self.listed("chon") if self.is_bound else frozenset(self._keys)

    def wish(self) -> Wish:
        """Return what is wanted; where something is wrong in the form, the rule alone."""
        if not self.is_bound or not self.is_valid():
            return Wish(self._rule)
        said = self.cleaned_data
        rule = CountingRule(
            self._rule.number,
            self._rule.cost,
            said["number_target"] / _HUNDRED,
            said["cost_target"] / _HUNDRED,
        )
        return Wish(
            rule=rule,
            least=Least(said["least"]),
            reach=Reach(said["reach"]),
            locked_in=self.listed("giu"),
            locked_out=self.listed("bo"),
            exclusions=said["exclusions"],
            effort_budget=said["budget"],
        )
