from __future__ import annotations

from django.urls import path, re_path

from .views import detail, drafting, lines, listing, moves, papers, standing

app_name = "publications"

urlpatterns = [
    path("", listing.decision_list, name="list"),
    path("soan/", drafting.draft, name="draft"),
    path("hieu-luc/", standing.in_force, name="in_force"),
    path("thu-tuc/<int:pk>/", standing.lineage, name="lineage"),
    path("<int:pk>/", detail.decision_detail, name="detail"),
    path("<int:pk>/sua/", drafting.edit, name="edit"),
    path("<int:pk>/chon/", lines.choose, name="choose"),
    path("<int:pk>/bai-bo/", lines.abolish, name="abolish"),
    path("<int:pk>/danh-muc/", lines.change, name="change_lines"),
    path("<int:pk>/dong/<int:line>/", lines.line, name="line"),
    path("<int:pk>/trinh/", moves.submit, name="submit"),
    path("<int:pk>/rut/", moves.recall, name="recall"),
    path("<int:pk>/bo/", moves.discard, name="discard"),
    path("<int:pk>/ghi/", moves.record, name="record"),
    re_path(
        r"^(?P<pk>\d{1,18})/quyet-dinh\.(?P<kind>docx|pdf)$", papers.draft_paper, name="draft_paper"
    ),
    re_path(
        r"^(?P<pk>\d{1,18})/to-trinh\.(?P<kind>docx|pdf)$",
        papers.submission_paper,
        name="submission_paper",
    ),
    path("<int:pk>/ban-ky/", detail.signed_file, name="signed_file"),
    path("<int:pk>/chu-ky/", detail.signatures, name="signatures"),
]
