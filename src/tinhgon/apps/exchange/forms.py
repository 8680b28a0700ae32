from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import by_kind, resolve, understood
from tinhgon.common.http import whole_number
from tinhgon.common.uploads import Upload
from tinhgon.domain.exchange import ORGAN_ID, STATES
from tinhgon.ui.forms import DateField, FileDrop

from .actions import REGISTERED, Addressee, OfficeEntry
from .documents import Paper
from .enums import Outcome
from .models import Receiver
from .queries.arrivals import receiving_agencies


class ReceiveForm(forms.Form):
    """A package, and for whom it came."""

    file = forms.FileField(
        label="Gói tin",
        widget=FileDrop(attrs={"accept": ".edxml,.xml,.zip"}),
        help_text="Tệp .edxml tải từ VNPT-iOffice hoặc trục liên thông: văn bản, trạng thái.",
    )
    issuer = forms.ModelChoiceField(
        label="Cơ quan nhận",
        queryset=Agency.objects.none(),
        empty_label=None,
        help_text="Văn bản vào sổ của cơ quan này; nhiệm vụ được giao nhân danh cơ quan này.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["issuer"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        field.queryset = receiving_agencies(user)

    def upload(self) -> Upload:
        return Upload.of(self.cleaned_data["file"])


class HandleForm(forms.Form):
    """What a person decides on a request of another agency."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label="Quyết định", choices=Outcome, widget=forms.RadioSelect)
    read_letter = forms.BooleanField(
        label="Đưa văn bản trong gói tin vào trang đọc văn bản", required=False
    )
    note = forms.CharField(
        label="Ghi chú, lý do",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RecordForm(forms.Form):
    """What the e-office gave a document, and to whom it goes."""

    number = forms.CharField(label="Số", max_length=20)
    symbol = forms.CharField(label="Ký hiệu", max_length=60)
    issued_on = DateField(label="Ngày ban hành")
    signer_authority = forms.CharField(
        label="Quyền hạn ký", required=False, max_length=200, help_text="Ví dụ: KT. CHỦ TỊCH"
    )
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=150)
    signer_name = forms.CharField(label="Người ký", max_length=150)
    office_number = forms.CharField(label="Số trên VNPT-iOffice", required=False, max_length=60)
    office_on = DateField(label="Ngày trên VNPT-iOffice", required=False)
    link = forms.URLField(
        label="Đường dẫn trên VNPT-iOffice", required=False, max_length=200, assume_scheme="https"
    )
    chosen = forms.MultipleChoiceField(label="Nơi nhận", required=False)
    receivers = forms.CharField(
        label="Nơi nhận",
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mỗi dòng một cơ quan hoặc một nhóm. Cơ quan ngoài tỉnh: ghi mã định danh sau "
        "dấu chấm phẩy, ví dụ: Văn phòng Chính phủ; 000.00.00.G22",
    )
    file = forms.FileField(
        label="Bản đã ký",
        required=False,
        widget=FileDrop(attrs={"accept": ".pdf,.docx"}),
        help_text="Để trống thì gửi tệp đã có trong sổ, hoặc Word và PDF do hệ thống soạn.",
    )

    def __init__(self, *args: Any, paper: Paper, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._paper, self._today = paper, today
        self.addressees: list[Addressee] = []
        for name in REGISTERED:
            if paper.document and getattr(paper.document, name):
                del self.fields[name]
        self._addressed = {str(agency.pk): agency for agency in paper.receivers}
        chosen, others = self.fields["chosen"], self.fields["receivers"]
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101 — for the type checker
        chosen.choices = [(key, agency.name) for key, agency in self._addressed.items()]
        if self._addressed:
            others.label, others.required = "Nơi nhận khác", False
            others.widget.attrs["rows"] = 2

    @property
    def groups(self) -> list[tuple[str, list[tuple[Agency, bool]]]]:
        """Return whom the paper addresses, by kind, and whether each is ticked: at first all."""
        ticked = set(self._addressed)
        if self.is_bound:
            ticked = {str(value) for value in self["chosen"].value()}
        boxes = [(agency, key in ticked) for key, agency in self._addressed.items()]
        return by_kind(boxes, lambda box: box[0])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ticked = [self._addressed[key] for key in cleaned.get("chosen", [])]
        known = {agency.pk for agency in ticked}
        typed = [e for e in self.addressees if e.agency is None or e.agency.pk not in known]
        self.addressees = [*(Addressee(agency.name, agency) for agency in ticked), *typed]
        if not self.addressees and "receivers" not in self.errors:
            self.add_error("receivers", "Chọn hoặc ghi ít nhất một nơi nhận.")
        return cleaned

    def clean_receivers(self) -> str:
        text = str(self.cleaned_data["receivers"])
        lines = [line.strip(" .\t") for line in text.splitlines() if line.strip(" .;\t")]
        own = [line.strip(" ;") for line in lines if not _code_in(line)[1]]
        found = resolve(own, on=self._today, issuer=self._paper.owner)
        for unknown in found.unknown:
            hint = f" Có phải: {'; '.join(unknown.suggestions)}?" if unknown.suggestions else ""
            self.add_error(
                "receivers",
                f"Không có “{unknown.name}” trong danh sách cơ quan.{hint} Nếu là cơ quan ngoài "
                "tỉnh, ghi thêm mã định danh sau dấu chấm phẩy.",
            )
        agencies = {agency.pk: agency for agency, _ in found.found}
        outside = {code: name for line in lines for name, code in [_code_in(line)] if code}
        self.addressees = [Addressee(agency.name, agency) for agency in agencies.values()]
        self.addressees += [Addressee(name, code=code) for code, name in outside.items()]
        return text

    def registered(self) -> dict[str, str | date]:
        """Return what was typed of what the register lacks."""
        return {name: self.cleaned_data[name] for name in REGISTERED if name in self.fields}

    def office(self) -> OfficeEntry:
        typed = self.cleaned_data
        return OfficeEntry(typed["office_number"], typed["office_on"], typed["link"])

    def upload(self) -> Upload | None:
        file = self.cleaned_data["file"]
        return Upload.of(file) if file else None


def _code_in(line: str) -> tuple[str, str]:
    """Return name and code of "Văn phòng Chính phủ; 000.00.00.G22"; no code, no name."""
    name, sign, code = line.rpartition(";")
    code = code.strip()
    if sign and name.strip() and "." in code and ORGAN_ID.fullmatch(code):
        return name.strip(), code
    return "", ""


class StateForm(forms.Form):
    """What an addressee said of a document."""

    # Key and version of the receiver as it was shown: "12:1".
    receiver = forms.CharField(label="Nơi nhận", max_length=40, widget=forms.Select)
    state = forms.ChoiceField(
        label="Trạng thái", choices=[(s.code, f"{s.code} – {s.words}") for s in STATES.values()]
    )
    told_on = DateField(label="Ngày phản hồi")
    note = forms.CharField(label="Ghi chú", required=False, max_length=500)

    def __init__(self, *args: Any, receivers: Sequence[Receiver], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["receiver"].widget
        assert isinstance(widget, forms.Select)  # noqa: S101 — for the type checker
        widget.choices = [(f"{each.pk}:{each.version}", each.name) for each in receivers]

    def clean_receiver(self) -> tuple[int, int]:
        pk, version = (whole_number(part) for part in self._parts())
        if pk is None or version is None:
            raise forms.ValidationError("Chọn một nơi nhận.")
        return pk, version

    def _parts(self) -> tuple[str, str]:
        pk, _, version = str(self.cleaned_data["receiver"]).partition(":")
        return pk, version


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class OrganForm(forms.Form):
    """A code given to an agency from a day on."""

    agency = forms.CharField(label="Cơ quan", max_length=255)
    code = forms.CharField(label="Mã định danh", max_length=60, help_text="Ví dụ: H37.02.010")
    started_on = DateField(label="Dùng từ ngày")
    basis = forms.CharField(label="Căn cứ", required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].widget.attrs |= {
            "list": "agency-options",
            "autocomplete": "off",
            "hx-get": reverse("agencies:suggest"),
            "hx-trigger": "focus once, input changed delay:200ms",
            "hx-target": "#agency-options",
        }

    def clean_agency(self) -> Agency:
        agency = understood(self.cleaned_data["agency"])
        if agency is None:
            raise forms.ValidationError("Không có cơ quan này. Ghi đủ tên như trong danh sách.")
        return agency


class EndOrganForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    ended_on = DateField(label="Ngày đầu tiên không dùng nữa")


class OrgansFileForm(forms.Form):
    """A sheet of codes."""

    file = forms.FileField(
        label="Bảng mã định danh",
        widget=FileDrop(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        help_text="Các cột: Mã định danh, Tên cơ quan; có thể thêm Từ ngày, Căn cứ.",
    )
