from __future__ import annotations

from typing import Any

from django import forms

from tinhgon.domain.monitoring import AREA_LABELS, RANKED, WHOLE, Area, Rule


def _number(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=WHOLE, help_text=help_text, localize=True
    )


class SettingForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    completeness = _number(
        "Tỷ lệ hoàn thành chiếm (%)", "Phần còn lại của 100% dành cho tỷ lệ đúng hạn."
    )
    is_public = forms.BooleanField(
        label="Công khai tiến độ của từng cơ quan trên cổng công khai",
        required=False,
        help_text=(
            "Ai cũng xem được, không cần đăng nhập: số thủ tục đã công bố, số thủ tục cắt giảm, "
            "đơn giản hóa và chỉ tiêu của từng cơ quan. Không có tên cá nhân."
        ),
    )
    basis = forms.CharField(
        label="Căn cứ, lý do",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Số, ngày của văn bản quy định, hoặc lý do thay đổi.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for area in RANKED:
            self.fields[area.value] = _number(f"Trọng số: {AREA_LABELS[area].lower()}")

    @property
    def weights(self) -> list[forms.BoundField]:
        return [self[area.value] for area in RANKED]

    @classmethod
    def values_of(cls, rule: Rule, *, is_public: bool, version: int) -> dict[str, object]:
        """Return a setting as the form shows it."""
        weights: dict[str, object] = {area.value: rule.weights.get(area, 0) for area in RANKED}
        return {
            "version": version,
            "completeness": rule.completeness,
            "is_public": is_public,
            **weights,
        }

    def rule(self) -> Rule:
        cleaned = self.cleaned_data
        weights: dict[Area, int] = {area: cleaned[area.value] for area in RANKED}
        return Rule(cleaned["completeness"], weights, cleaned["basis"])
