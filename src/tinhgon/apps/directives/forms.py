from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import Resolution, resolve
from tinhgon.apps.programmes.models import Programme, Round
from tinhgon.domain.deadlines import Due, DueKind, last_day
from tinhgon.domain.directives import summary
from tinhgon.domain.workdays import WorkCalendar
from tinhgon.ui.forms import DateField, FileDrop

from . import queries
from .actions import ProposalValues
from .enums import DUE_KIND_CHOICES
from .models import Directive, Proposal

_WITHIN = {DueKind.WITHIN_DAYS, DueKind.WITHIN_WORKING_DAYS}
_DATED = {
    DueKind.BEFORE,
    DueKind.BY,
    DueKind.IN_MONTH,
    DueKind.IN_QUARTER,
    DueKind.IN_YEAR,
}


class ReceiveForm(forms.Form):
    """A letter comes as a file or as pasted text."""

    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        widget=FileDrop,
        help_text="Word (.docx, .doc), PDF, .odt hoặc .txt, tối đa 20 MB, 300 trang. PDF quét được "
        "nhận dạng chữ ở nền, vài giây mỗi trang; xong thì có thông báo.",
    )
    text = forms.CharField(
        label="Hoặc dán nội dung văn bản",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=1_000_000,
    )
    issuer = forms.ModelChoiceField(
        label="Cơ quan giao nhiệm vụ",
        queryset=Agency.objects.none(),
        empty_label=None,
        help_text="Nhiệm vụ được giao nhân danh cơ quan này.",
    )
    programme = forms.ModelChoiceField(
        label="Chương trình",
        queryset=Programme.objects.none(),
        required=False,
        empty_label="Không thuộc chương trình nào",
        help_text="Nhiệm vụ được tính vào theo dõi, xếp hạng, báo cáo của chương trình này.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issuers = queries.issuers_for(user)
        self._choose("issuer", Agency.objects.filter(pk__in=[a.pk for a in issuers]))
        programmes = Programme.objects.visible_to(user)
        self._choose("programme", programmes)
        only = list(programmes.values_list("pk", flat=True)[:2])
        if len(only) == 1:
            self.fields["programme"].initial = only[0]
        if issuers:
            self.fields["issuer"].initial = issuers[0].pk

    def _choose(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        field.queryset = queryset

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("file")) == bool(cleaned.get("text", "").strip()):
            self.add_error(None, "Chọn một tệp văn bản, hoặc dán nội dung văn bản vào ô bên dưới.")
        return cleaned


class HeadingForm(forms.Form):
    """The heading of a letter as read, to be corrected."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label="Số", required=False, max_length=20)
    symbol = forms.CharField(label="Ký hiệu", required=False, max_length=60)
    issued_on = DateField(label="Ngày ban hành", required=False)
    doc_type = forms.CharField(label="Loại văn bản", max_length=60)
    agency_name = forms.CharField(label="Cơ quan ban hành", required=False, max_length=255)
    subject = forms.CharField(
        label="Trích yếu",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    signer_name = forms.CharField(label="Người ký", required=False, max_length=150)
    signer_title = forms.CharField(label="Chức vụ người ký", required=False, max_length=150)
    link = forms.URLField(
        label="Đường dẫn trên VNPT-iOffice", required=False, max_length=200, assume_scheme="https"
    )

    def values(self) -> dict[str, str | date | None]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ProgrammeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    programme = forms.ModelChoiceField(
        label="Chương trình",
        queryset=Programme.objects.none(),
        required=False,
        empty_label="Không thuộc chương trình nào",
    )
    round = forms.ModelChoiceField(
        label="Đợt", queryset=Round.objects.none(), required=False, empty_label="Không theo đợt"
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Programme.objects.visible_to(user)
        for name, queryset in (
            ("programme", visible),
            ("round", Round.objects.filter(programme__in=visible).select_related("programme")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
            field.queryset = queryset


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class SplitForm(VersionForm):
    at_character = forms.IntegerField(min_value=1)


class AddForm(forms.Form):
    text = forms.CharField(
        label="Nội dung nhiệm vụ", widget=forms.Textarea(attrs={"rows": 2}), max_length=4000
    )


class ProposalForm(forms.Form):
    """One proposal; agencies are typed as a letter names them, one name or group a line."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Nội dung",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )
    summary = forms.CharField(
        label="Tóm tắt",
        max_length=200,
        required=False,
        help_text="Hiện trên bảng theo dõi; để trống thì lấy phần đầu của nội dung.",
    )
    lead = forms.CharField(
        label="Chủ trì",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một cơ quan hoặc một nhóm, ví dụ: Sở Tư pháp; các sở, ban, ngành; "
        "UBND các huyện, thành phố. Bớt ra bằng dòng “trừ Sở Y tế”.",
    )
    cooperating = forms.CharField(
        label="Phối hợp",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    due_kind = forms.ChoiceField(label="Thời hạn", choices=DUE_KIND_CHOICES)
    named_on = DateField(
        label="Ngày nêu trong văn bản",
        required=False,
        help_text="Với hạn “trong N ngày kể từ …”: ngày của sự kiện.",
    )
    within_count = forms.IntegerField(label="Số ngày", required=False, min_value=1, max_value=1000)
    due_text = forms.CharField(label="Hạn, nguyên văn", required=False, max_length=300)
    wants_report = forms.BooleanField(label="Phải báo cáo kết quả", required=False)
    report_to = forms.CharField(label="Báo cáo cho", required=False, max_length=300)
    report_named_on = DateField(label="Báo cáo trước ngày", required=False)
    report_due_text = forms.CharField(
        label="Hạn báo cáo, nguyên văn", required=False, max_length=300
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.found: dict[str, tuple[tuple[Agency, str], ...]] = {"lead": (), "cooperating": ()}

    def clean_lead(self) -> list[str]:
        return self._agencies("lead")

    def clean_cooperating(self) -> list[str]:
        return self._agencies("cooperating")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("due_kind")
        if kind in _WITHIN and not cleaned.get("within_count"):
            self.add_error("within_count", "Nhập số ngày.")
        if kind in _DATED and not cleaned.get("named_on"):
            self.add_error("named_on", "Nhập ngày nêu trong văn bản.")
        both = {a.pk for a, _ in self.found["lead"]} & {a.pk for a, _ in self.found["cooperating"]}
        if both:
            names = ", ".join(a.label for a, _ in self.found["lead"] if a.pk in both)
            self.add_error("cooperating", f"Vừa chủ trì vừa phối hợp: {names}. Bỏ ở một trong hai.")
        return cleaned

    def values(self, calendar: WorkCalendar) -> ProposalValues:
        """Return what was typed, with the last days that follow from it."""
        typed = self.cleaned_data
        kind = DueKind(typed["due_kind"])
        due = _typed_due(kind, typed["named_on"], typed["within_count"])
        report_on = typed["report_named_on"]
        report = Due(DueKind.BEFORE, report_on) if report_on else Due(DueKind.NONE)
        return ProposalValues(
            text=" ".join(typed["text"].split()),
            summary=typed["summary"] or summary(" ".join(typed["text"].split())),
            due_kind=kind.value,
            named_on=typed["named_on"],
            within_count=typed["within_count"],
            due_text=typed["due_text"],
            due_on=last_day(due, calendar),
            wants_report=typed["wants_report"],
            report_to=typed["report_to"],
            report_named_on=typed["report_named_on"],
            report_due_text=typed["report_due_text"],
            report_due_on=last_day(report, calendar),
            assignees=typed["lead"],
            coordinating=typed["cooperating"],
            lead=self.found["lead"],
            cooperating=self.found["cooperating"],
        )

    def _agencies(self, name: str) -> list[str]:
        lines = [line.strip(" ;,.") for line in self.cleaned_data[name].splitlines()]
        names = [line for line in lines if line]
        kept = [n for n in names if not n.lower().startswith("trừ ")]
        dropped = [n[4:] for n in names if n.lower().startswith("trừ ")]
        on = _letter_day(self.proposal.directive)
        found = resolve(kept, on=on, issuer=self.proposal.directive.issuer)
        without = resolve(dropped, on=on, issuer=self.proposal.directive.issuer)
        for resolution in (found, without):
            for message in _unknown(resolution):
                self.add_error(name, message)
        gone = {agency.pk for agency, _ in without.found}
        self.found[name] = tuple((a, as_) for a, as_ in found.found if a.pk not in gone)
        return names


def _typed_due(kind: DueKind, day: date | None, count: int | None) -> Due:
    if kind in _WITHIN:
        return Due(kind, count=count, event_on=day)
    return Due(kind, None if kind is DueKind.NONE else day)


def _letter_day(directive: Directive) -> date:
    return directive.document.issued_on or directive.created_at.date()


def _unknown(resolution: Resolution) -> list[str]:
    return [
        f"Không có “{unknown.name}” trong danh sách cơ quan vào ngày của văn bản."
        + (f" {unknown.reason}" if unknown.reason else "")
        + (f" Có phải: {'; '.join(unknown.suggestions)}?" if unknown.suggestions else "")
        for unknown in resolution.unknown
    ]
