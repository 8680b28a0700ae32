from __future__ import annotations

from django.urls import path

from .views import detail, drafting, lines, listing, moves

app_name = "publications"

urlpatterns = [
    path("", listing.decision_list, name="list"),
    path("soan/", drafting.draft, name="draft"),
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
    path("<int:pk>/ban-ky/", detail.signed_file, name="signed_file"),
]
