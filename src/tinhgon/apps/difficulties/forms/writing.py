"""What a difficulty says, as it is typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.difficulties.actions import LONGEST, Content
from tinhgon.apps.difficulties.enums import Decider
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries.choosing import Origin, deciders
from tinhgon.apps.procedures.models import Procedure
from tinhgon.common.uploads import Upload
from tinhgon.domain.difficulties import kinds
from tinhgon.ui.forms import DateField, MultiFileDrop

MOST_PROCEDURES = 200


class _FilesField(forms.FileField):
    """Several files at once; none is fine."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        several = data if isinstance(data, list | tuple) else [data]
        return [super(_FilesField, self).clean(each, initial) for each in several if each]


class DifficultyForm(forms.Form):
    agency = forms.ModelChoiceField(
        label="Cơ quan có vướng mắc", queryset=Agency.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label="Loại vướng mắc")
    title = forms.CharField(
        label="Tóm tắt vướng mắc",
        max_length=300,
        help_text="Một câu, để người đọc danh sách hiểu ngay.",
    )
    description = forms.CharField(
        label="Nội dung vướng mắc", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    texts = forms.CharField(
        label="Văn bản có vướng mắc",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng một văn bản, ghi cả điều khoản. Ví dụ: khoản 2 Điều 5 Nghị định số "
        "30/2020/NĐ-CP.",
    )
    own_part = forms.CharField(
        label="Đã thực hiện trong thẩm quyền",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bắt buộc trước khi gửi cấp trên.",
    )
    proposal = forms.CharField(
        label="Kiến nghị, đề xuất",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bắt buộc trước khi gửi cấp trên.",
    )
    decider = forms.ChoiceField(label="Cấp có thẩm quyền giải quyết")
    due_on = DateField(label="Cần trả lời chậm nhất ngày")
    evidence = _FilesField(
        label="Tài liệu kèm theo",
        required=False,
        widget=MultiFileDrop,
        help_text="Word, Excel, PDF hoặc ảnh; mỗi tệp tối đa 20 MB.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        user: User,
        agencies: Sequence[Agency],
        origin: Origin,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._user, self._origin = user, origin
        labels = [(each.code, each.label) for each in kinds().values()]
        self._choices("kind", [("", "Chọn loại vướng mắc"), *labels])
        self._choices("decider", [("", "Chọn cấp giải quyết"), *deciders(on=today)])
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        field.queryset = Agency.objects.filter(pk__in=[each.pk for each in agencies])
        if len(agencies) == 1:
            field.widget = forms.HiddenInput()
            field.initial = agencies[0].pk

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 — for the type checker
        field.choices = choices

    def chosen(self) -> list[int]:
        """Return the keys of the procedures that are ticked, whatever else is wrong."""
        if not self.is_bound:
            return list(self.initial.get("procedures", ()))
        return [int(key) for key in _several(self.data, "procedures") if key.isdecimal()]

    def content(self) -> Content:
        said = self.cleaned_data
        seen = Procedure.objects.visible_to(self._user)
        return Content(
            kind=said["kind"],
            title=said["title"],
            description=said["description"],
            decider=Decider(said["decider"]),
            due_on=said["due_on"],
            own_part=said["own_part"],
            proposal=said["proposal"],
            texts=said["texts"],
            procedures=list(seen.filter(pk__in=self.chosen()[:MOST_PROCEDURES])),
            assignment=self._origin.assignment,
            plan_item=self._origin.plan_item,
            legal_change=self._origin.legal_change,
        )

    def uploads(self) -> list[Upload]:
        return [Upload.of(file) for file in self.cleaned_data["evidence"]]

    def dropped(self) -> list[int]:
        """Return the keys of the files that are to go."""
        return [int(key) for key in _several(self.data, "dropped") if key.isdecimal()]


def _several(data: Any, name: str) -> Collection[str]:
    """Keys as a form sends them; what is too long for one is none."""
    return [key for key in data.getlist(name) if len(key) < 16 and key.isascii()]


def initial_of(difficulty: Difficulty) -> dict[str, object]:
    """Return what the form starts with when a difficulty is put right."""
    return {
        "agency": difficulty.agency_id,
        "kind": difficulty.kind,
        "title": difficulty.title,
        "description": difficulty.description,
        "texts": "\n".join(text.text for text in difficulty.texts.all()),
        "own_part": difficulty.own_part,
        "proposal": difficulty.proposal,
        "decider": difficulty.decider,
        "due_on": difficulty.due_on,
        "procedures": list(difficulty.procedures.values_list("pk", flat=True)),
        "version": difficulty.version,
    }
