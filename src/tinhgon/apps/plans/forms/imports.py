"""The forms of a signed decision on its way in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import long_name
from tinhgon.apps.plans.actions import Heading, RowEntry
from tinhgon.apps.plans.enums import (
    MEASURE_CHOICES,
    ROW_CHOICES,
    VERDICT_LABELS,
    MeasureKind,
    RowChoice,
    Verdict,
)
from tinhgon.apps.plans.models import PlanImport, PlanImportRow
from tinhgon.apps.plans.queries.imports import (
    LIES_AHEAD,
    Option,
    has_reviews,
    import_issuers,
    importing_agencies,
    lies_ahead,
    named_agencies,
    rounds_to_import,
)
from tinhgon.apps.programmes.models import Round
from tinhgon.common.uploads import Upload
from tinhgon.ui.forms import DateField, FileDrop

from .agencies import named_agency
from .deciding import SignedForm
from .moving import VersionForm

_NAME_OF_PASTED = "van-ban-dan.txt"
_BLANK_TEXTS = 2
_TEXT_PARTS = ("text", "provision", "work", "agency", "due_on")


class RoundChoice(forms.ModelChoiceField[Round]):
    def label_from_instance(self, obj: Round) -> str:
        past = "" if has_reviews(obj) else " (ghi là đợt đã kết thúc)"
        return f"{obj.name}, {obj.programme.name}{past}"


class AgencyChoice(forms.ModelChoiceField[Agency]):
    def label_from_instance(self, obj: Agency) -> str:
        return long_name(obj)


class ReceiveForm(forms.Form):
    """A signed decision as a file or as pasted text, with the round and the agency."""

    file = forms.FileField(
        label="Tệp quyết định",
        required=False,
        widget=FileDrop(attrs={"accept": ".docx,.pdf,.txt,.doc,.odt,.png,.jpg"}),
        help_text="Bản Word hoặc PDF của quyết định đã ký, kèm phụ lục phương án.",
    )
    text = forms.CharField(
        label="Hoặc dán nội dung văn bản",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1_000_000,
    )
    agency = AgencyChoice(
        label="Cơ quan có phương án",
        queryset=Agency.objects.none(),
        empty_label=None,
        help_text="Thủ tục được tìm trong danh mục của cơ quan này và các đơn vị trực thuộc.",
    )
    round = RoundChoice(label="Đợt rà soát", queryset=Round.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = importing_agencies(user)
        self.rounds = rounds_to_import(user)
        agency, programme_round = self.fields["agency"], self.fields["round"]
        assert isinstance(agency, AgencyChoice)  # noqa: S101 — for the type checker
        assert isinstance(programme_round, RoundChoice)  # noqa: S101
        agency.queryset = Agency.objects.filter(pk__in=[each.pk for each in self.agencies])
        agency.choices = [(each.pk, agency.label_from_instance(each)) for each in self.agencies]
        choose_round(programme_round, self.rounds)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        pasted = cleaned.get("text", "").strip()
        if "file" not in self.errors and bool(cleaned.get("file")) == bool(pasted):
            self.add_error("file", "Chọn một tệp, hoặc dán nội dung văn bản vào ô bên dưới.")
        return cleaned

    def upload(self) -> Upload:
        """Return what was sent; pasted text as a file of its own."""
        file = self.cleaned_data["file"]
        if file:
            return Upload.of(file)
        text = self.cleaned_data["text"].strip()
        return Upload(_NAME_OF_PASTED, "text/plain", text.encode())


def choose_round(field: RoundChoice, rounds: Sequence[Round]) -> None:
    """Offer these rounds, each with what becomes of it."""
    field.queryset = Round.objects.filter(pk__in=[each.pk for each in rounds]).select_related(
        "programme__agency", "review_round"
    )
    field.choices = [(each.pk, field.label_from_instance(each)) for each in rounds]


class HeadingForm(SignedForm):
    """The heading of a decision as read, to be put right."""

    round = RoundChoice(label="Đợt rà soát", queryset=Round.objects.none(), empty_label=None)

    def __init__(
        self, *args: Any, plan_import: PlanImport, user: Any, today: date, **kwargs: Any
    ) -> None:
        said = plan_import.heading
        initial = {
            **said,
            "issued_on": date.fromisoformat(said["issued_on"]) if said.get("issued_on") else None,
            "issuer": plan_import.issuer_id,
            "round": plan_import.round_id,
            "version": plan_import.version,
        }
        issuers = import_issuers(plan_import)
        super().__init__(*args, issuers=issuers, **{"initial": initial, **kwargs})
        field = self.fields["round"]
        assert isinstance(field, RoundChoice)  # noqa: S101 — for the type checker
        choose_round(field, rounds_to_import(user))
        if lies_ahead(plan_import, today=today):
            self.fields["issued_on"].help_text = f"{LIES_AHEAD} Xem lại ngày ghi trên quyết định."

    def heading(self) -> Heading:
        cleaned = self.cleaned_data
        names = ("number", "symbol", "subject", "signer_name", "signer_title", "signer_authority")
        return Heading(cleaned["issuer"], cleaned["issued_on"], {n: cleaned[n] for n in names})


class LeaveForm(VersionForm):
    reason = forms.CharField(label="Lý do không nhập", max_length=500)


class RowForm(VersionForm):
    """One procedure of the decision: which it is, the kinds of its measures, texts to change."""

    procedure = forms.ChoiceField(label="Là thủ tục", required=False, widget=forms.RadioSelect)
    choice = forms.ChoiceField(label="Xử lý", choices=ROW_CHOICES, widget=forms.RadioSelect)
    reason = forms.CharField(label="Lý do không nhập", required=False, max_length=500)
    verdict = forms.ChoiceField(
        label="Kết quả theo quyết định",
        choices=[(v.value, VERDICT_LABELS[v]) for v in Verdict if v is not Verdict.WAITING],
        help_text="Văn bản của trung ương thì tỉnh chỉ kiến nghị, không tự thực thi được. Thủ tục "
        "mà quyết định trả lại để hoàn thiện thì chọn “Không ghi”.",
    )
    verdict_reason = forms.CharField(
        label="Lý do không phê duyệt, nếu không phê duyệt toàn bộ",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, row: PlanImportRow, options: Sequence[Option], **kwargs: Any
    ) -> None:
        initial = {
            "procedure": row.procedure_id or "",
            "choice": row.choice or RowChoice.TAKE.value,
            "reason": row.reason,
            "verdict": row.verdict,
            "verdict_reason": row.verdict_reason,
            "version": row.plan_import.version,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.row = row
        choice = self.fields["procedure"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 — for the type checker
        choice.choices = [(each.procedure, each.name) for each in options]
        for place, measure in enumerate(row.said["measures"]):
            self.fields[f"kind_{place}"] = forms.ChoiceField(
                label=f"Loại nội dung {place + 1}",
                choices=MEASURE_CHOICES,
                initial=measure["kind"],
            )
            self.fields[f"granted_{place}"] = forms.BooleanField(
                label=f"Quyết định phê duyệt nội dung {place + 1}",
                required=False,
                initial=measure.get("granted", True),
            )
        self.places = range(len(row.texts) + _BLANK_TEXTS)
        known = named_agencies(row)
        for place in self.places:
            self._add_text(place, row.texts[place] if place < len(row.texts) else {}, known)

    def _add_text(self, place: int, said: dict[str, Any], known: Any) -> None:
        agency = known.get(said.get("agency") or 0)
        self.fields[f"text_{place}"] = forms.CharField(
            label="Văn bản",
            required=False,
            max_length=500,
            initial=said.get("text", ""),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"provision_{place}"] = forms.CharField(
            label="Điểm, khoản, điều",
            required=False,
            max_length=300,
            initial=said.get("provision", ""),
        )
        self.fields[f"work_{place}"] = forms.CharField(
            label="Việc phải làm", required=False, max_length=500, initial=said.get("work", "")
        )
        self.fields[f"agency_{place}"] = forms.CharField(
            label="Cơ quan thực hiện",
            required=False,
            max_length=300,
            initial=agency.name if agency else "",
        )
        self.fields[f"due_on_{place}"] = DateField(
            label="Hoàn thành chậm nhất ngày",
            required=False,
            initial=date.fromisoformat(said["due_on"]) if said.get("due_on") else None,
        )

    @property
    def measures(self) -> list[tuple[dict[str, str], forms.BoundField, forms.BoundField | None]]:
        """
        Each measure with the field of its kind, and the one that says whether it was approved:
        where there are several, some of them may not have been.
        """
        measures = self.row.said["measures"]
        several = len(measures) > 1
        return [
            (each, self[f"kind_{place}"], self[f"granted_{place}"] if several else None)
            for place, each in enumerate(measures)
        ]

    @property
    def texts(self) -> list[list[forms.BoundField]]:
        """The fields of each text to change."""
        return [[self[f"{part}_{place}"] for part in _TEXT_PARTS] for place in self.places]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.found: list[dict[str, Any]] = []
        for place in self.places:
            said = {part: cleaned.get(f"{part}_{place}") or "" for part in _TEXT_PARTS}
            if not said["text"].strip():
                if said["provision"] or said["agency"] or said["due_on"]:
                    self.add_error(f"text_{place}", "Ghi tên văn bản.")
                continue
            self.found.append({**said, "agency": self._agency(place, said["agency"])})
        return cleaned

    def _agency(self, place: int, name: str) -> int | None:
        if not name.strip():
            return None
        plan_import = self.row.plan_import
        issuer = plan_import.round.programme.agency
        try:
            return named_agency(name, own=plan_import.agency, issuer=issuer).pk
        except ValidationError as e:
            self.add_error(f"agency_{place}", e)
            return None

    def entry(self) -> RowEntry:
        cleaned = self.cleaned_data
        measures = range(len(self.row.said["measures"]))
        return RowEntry(
            choice=RowChoice(cleaned["choice"]),
            procedure=int(cleaned["procedure"] or 0),
            reason=cleaned["reason"],
            verdict=Verdict(cleaned["verdict"]),
            verdict_reason=cleaned["verdict_reason"],
            kinds=[MeasureKind(cleaned[f"kind_{place}"]) for place in measures],
            granted=[cleaned[f"granted_{place}"] for place in measures],
            texts=[
                {**each, "due_on": each["due_on"].isoformat() if each["due_on"] else ""}
                for each in self.found
            ],
        )
