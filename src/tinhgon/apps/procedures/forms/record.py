"""The long form of a record as one: what is wrong with its inputs, and the record they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField

from tinhgon.domain.procedures import (
    START,
    Basis,
    Body,
    CopyKind,
    Form,
    Kind,
    Manner,
    Paper,
    Part,
    Record,
    RuleOwner,
    Step,
    Tier,
    basis_words,
    read_bases,
)

from .inputs import ROWS, GeneralForm
from .typed import BLANKS, Typed, is_blank, signed_file


class RecordForm:
    """
    The general part and the rows, drawn and checked as one.

    Not `bound` it shows what was typed and says nothing of it.
    """

    def __init__(self, typed: Typed, *, procedure: int, base: Record, bound: bool = False) -> None:
        self.typed, self.procedure, self.base, self.is_bound = typed, procedure, base, bound
        self.general = (
            GeneralForm(typed, use_required_attribute=False)
            if bound
            else (GeneralForm(initial=typed, use_required_attribute=False))
        )
        self.rows = {part: self._rows(part) for part in ROWS}
        self.blanks = {part: _row(part, "__n__", dict(BLANKS[part]), bound=False) for part in ROWS}

    def _rows(self, part: str) -> list[forms.Form]:
        return [
            _row(part, number, row, bound=self.is_bound)
            for number, row in enumerate(self.typed[part])
        ]

    def __iter__(self) -> Iterator[BoundField]:
        yield from self.general
        for rows in self.rows.values():
            for row in rows:
                yield from row

    @property
    def errors(self) -> bool:
        """Whether anything is wrong; the fields say what."""
        return self.is_bound and any(field.errors for field in self)

    def non_field_errors(self) -> list[str]:
        return []

    def is_valid(self) -> bool:
        self._check_waits()
        return not self.errors

    def add_error(self, field: str, message: str) -> None:
        """Say what is wrong with an input, named as in the page ("name", "forms-0-name")."""
        part, _, rest = field.partition("-")
        number, _, name = rest.partition("-")
        if part in self.rows and number:
            self.rows[part][int(number)].add_error(name, message)
        else:
            self.general.add_error(field, message)

    def record(self) -> Record:
        """Return the record that was typed; what cannot be understood is left out."""
        cleaned = _cleaned(self.general)
        return Record(
            name=cleaned.get("name") or "",
            kind=Kind(cleaned.get("kind") or self.base.kind),
            tier=Tier(cleaned.get("tier") or self.base.tier),
            is_interconnected=bool(cleaned.get("is_interconnected")),
            field=cleaned.get("field") or "",
            lead=cleaned.get("lead") or "",
            rule_owner=RuleOwner(owner) if (owner := cleaned.get("rule_owner")) else None,
            national_code=self.base.national_code,
            steps=self._steps(),
            manners=tuple(Manner(value) for value in cleaned.get("manners") or ()),
            manner_text=cleaned.get("manner_text") or "",
            papers=self._papers(),
            dossier_sets=cleaned.get("dossier_sets"),
            dossier_text=cleaned.get("dossier_text") or "",
            time_limit=cleaned.get("time_limit"),
            time_limit_text=cleaned.get("time_limit_text") or "",
            subjects=_lines(cleaned.get("subjects")),
            bodies=self._bodies(),
            result=cleaned.get("result") or "",
            fee=cleaned.get("fee") or "",
            forms=self._forms(),
            conditions=_lines(cleaned.get("conditions")),
            bases=self._bases(),
        )

    def _filled(self, part: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the rows in which something stands, with the number each has on the page."""
        return [
            (number, _cleaned(form))
            for number, (form, row) in enumerate(
                zip(self.rows[part], self.typed[part], strict=True), 1
            )
            if not is_blank(part, row)
        ]

    def _steps(self) -> tuple[Step, ...]:
        filled = self._filled("steps")
        numbers = {START: START} | {old: new for new, (old, _) in enumerate(filled, 1)}
        return tuple(
            Step(
                number,
                row.get("what") or "",
                row.get("actor") or "",
                row.get("time"),
                row.get("product") or "",
                tuple(numbers[old] for old in row.get("after") or () if old in numbers),
            )
            for number, (_, row) in enumerate(filled, 1)
        )

    def _check_waits(self) -> None:
        filled = dict(self._filled("steps"))
        for number, row in filled.items():
            for other in row.get("after") or ():
                if other == number:
                    message = "Bước không chờ chính nó. Ghi số của bước phải xong trước."
                elif other != START and other not in filled:
                    message = f"Không có bước {other}. Ghi số của bước phải xong trước."
                else:
                    continue
                self.rows["steps"][number - 1].add_error("after", message)

    def _papers(self) -> tuple[Paper, ...]:
        return tuple(
            Paper(
                row.get("name") or "",
                CopyKind(row.get("copy") or CopyKind.ORIGINAL),
                row.get("quantity") or 1,
                row.get("form") or "",
                bool(row.get("compulsory")),
            )
            for _, row in self._filled("papers")
        )

    def _bodies(self) -> tuple[Body, ...]:
        return tuple(
            Body(Part(row.get("part") or Part.EXECUTING), row.get("name") or "")
            for _, row in self._filled("bodies")
        )

    def _forms(self) -> tuple[Form, ...]:
        return tuple(
            Form(row.get("name") or "", signed_file(row.get("file") or "", self.procedure))
            for _, row in self._filled("forms")
        )

    def _bases(self) -> tuple[Basis, ...]:
        """A line left as it was stays the basis that it was, whatever a new reading would give."""
        known = {basis_words(basis): basis for basis in self.base.bases}
        found = []
        for _, row in self._filled("bases"):
            line = row.get("line") or ""
            read = (known[line],) if line in known else read_bases(line)
            found += [replace(basis, ended_on=row.get("ended_on")) for basis in read]
        return tuple(dict.fromkeys(found))


def _row(part: str, number: int | str, row: Typed, *, bound: bool) -> forms.Form:
    kind, called = ROWS[part]
    prefix = f"{part}-{number}"
    options: dict[str, Any] = {"prefix": prefix, "use_required_attribute": False}
    if bound:
        data = {f"{prefix}-{name}": value for name, value in row.items() if value is not False}
        form = kind(data, **options)
    else:
        form = kind(initial=row, **options)
    shown = number + 1 if isinstance(number, int) else number
    for field in form.fields.values():
        field.widget.attrs["aria-label"] = f"{called} {shown}: {field.label}"
        field.label = f"{called} {shown}: {str(field.label).lower()}"
    return form


def _cleaned(form: forms.Form) -> dict[str, Any]:
    """Return what could be understood of what was typed, however wrong the rest is."""
    if form.is_bound:
        form.errors  # noqa: B018 — asking for them cleans the form
    return getattr(form, "cleaned_data", {})


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line for each in (text or "").splitlines() if (line := each.strip()))
