"""The form of the counting rule of a programme."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from tinhgon.apps.plans.enums import COST_RULE_CHOICES, NUMBER_RULE_CHOICES
from tinhgon.domain.simplification import CostRule, CountingRule, NumberRule

from .moving import VersionForm

_HUNDRED = Decimal(100)


def percent_field(label: str, *, help_text: str = "Phần trăm, ví dụ: 20.") -> forms.DecimalField:
    """Return a field for a share in percent, as officials write it."""
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=_HUNDRED,
        max_digits=5,
        decimal_places=2,
        localize=True,
        help_text=help_text,
    )


class CountingRuleForm(VersionForm):
    number_rule = forms.ChoiceField(
        label="Số thủ tục tính theo", choices=NUMBER_RULE_CHOICES, widget=forms.RadioSelect
    )
    number_target = percent_field("Chỉ tiêu số thủ tục (%)")
    cost_rule = forms.ChoiceField(
        label="Chi phí tuân thủ tính theo", choices=COST_RULE_CHOICES, widget=forms.RadioSelect
    )
    cost_target = percent_field("Chỉ tiêu chi phí tuân thủ (%)")
    basis = forms.CharField(
        label="Căn cứ, lý do",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Số, ngày của văn bản quy định cách tính, hoặc lý do thay đổi.",
    )

    @classmethod
    def values_of(cls, rule: CountingRule, version: int) -> dict[str, object]:
        """Return a rule as the form shows it."""
        return {
            "version": version,
            "number_rule": rule.number.value,
            "number_target": _plain(rule.number_target),
            "cost_rule": rule.cost.value,
            "cost_target": _plain(rule.cost_target),
        }

    def rule(self) -> CountingRule:
        cleaned = self.cleaned_data
        return CountingRule(
            NumberRule(cleaned["number_rule"]),
            CostRule(cleaned["cost_rule"]),
            cleaned["number_target"] / _HUNDRED,
            cleaned["cost_target"] / _HUNDRED,
        )


def _plain(target: Decimal) -> Decimal:
    percent = (target * _HUNDRED).normalize()
    return percent if percent.as_tuple().exponent == 0 else Decimal(f"{percent:f}")
