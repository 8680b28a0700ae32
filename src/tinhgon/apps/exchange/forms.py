from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import understood
from tinhgon.common.uploads import Upload
from tinhgon.ui.forms import DateField, FileDrop

from .enums import Outcome
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
