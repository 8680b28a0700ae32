"""Which template a report is written with: the nearest one up the tree, else the shipped one."""

from __future__ import annotations

from typing import TypedDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.queries import content_of
from tinhgon.apps.procedures.models import branch
from tinhgon.apps.reports.models import PeriodSection, Report, ReportTemplate
from tinhgon.domain.access import Permission
from tinhgon.domain.officialdoc import read
from tinhgon.domain.reporting import COUNTS, RATIOS
from tinhgon.domain.reportpapers import FIELDS, Template, template_of

from .opening import known_sections

_MANAGE = Permission.MANAGE_PROGRAMMES


class TemplatesPage(TypedDict):
    agencies: list[Agency]
    rows: list[ReportTemplate]
    fields: list[tuple[str, str]]
    sections: list[tuple[str, str]]
    numbers: list[tuple[str, str]]
    shares: list[tuple[str, str]]


def agencies_to_set(user: User) -> list[Agency]:
    """Return the agencies whose template the person sets: the tops of his branches."""
    return list(Agency.objects.filter(path__in=user.access.paths(_MANAGE)).order_by("path"))


def templates_page(*, user: User) -> TemplatesPage:
    """Return the templates of the person's branch, newest first, and what may stand in one."""
    rows = ReportTemplate.objects.filter(branch(user, "agency", _MANAGE))
    return {
        "agencies": agencies_to_set(user),
        "rows": list(rows.select_related("agency", "file", "added_by")),
        "fields": list(FIELDS.items()),
        "sections": list({each.key: each.title for each in reversed(known_sections())}.items())[
            ::-1
        ],
        "numbers": [(key, count.words) for key, count in COUNTS.items()],
        "shares": [(key, ratio.words) for key, ratio in RATIOS.items()],
    }


def get_visible_template(*, user: User, pk: int) -> ReportTemplate:
    """
    Return a template of a branch whose templates the person sets.

    :raises ReportTemplate.DoesNotExist: also when it exists but is hidden from him.
    """
    rows = ReportTemplate.objects.filter(branch(user, "agency", _MANAGE))
    return rows.select_related("agency", "file").get(pk=pk)


def known_section_keys() -> set[str]:
    """Return the keys of sections that a template may name: those of any period, and the usual."""
    used = PeriodSection.objects.order_by().values_list("key", flat=True).distinct()
    return {*used, *(each.key for each in known_sections())}


class TemplateFinder:
    """Finds the templates of many reports; one query, and each file is read once."""

    def __init__(self) -> None:
        rows = ReportTemplate.objects.filter(is_used=True).select_related("agency", "file")
        self._rows = sorted(rows, key=lambda row: len(row.agency.path or ""), reverse=True)
        self._read: dict[int, Template] = {}

    def of(self, report: Report) -> Template | None:
        """Return the template of the nearest agency at or above the writer; None: the shipped."""
        path = report.writer.path or ""
        for row in self._rows:
            if path.startswith(row.agency.path or "-"):
                if row.pk not in self._read:
                    data = content_of(row.file)
                    self._read[row.pk] = template_of(read(data, row.file.name))
                return self._read[row.pk]
        return None
