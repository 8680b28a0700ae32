from __future__ import annotations

from django.urls import path

from . import views

app_name = "assessments"

urlpatterns = [
    path("", views.round_list, name="list"),
    path("dinh-muc/", views.norms, name="norms"),
    path("dinh-muc/them/", views.add_norm, name="add_norm"),
    path("dot/<int:pk>/", views.round_detail, name="round"),
    path("dot/<int:pk>/dinh-muc/", views.apply_norm, name="apply_norm"),
    path("<int:pk>/", views.sheet, name="sheet"),
    path("<int:pk>/lap/", views.start, name="start"),
    path("<int:pk>/ghi/", views.write, name="write"),
    path("<int:pk>/them-dong/", views.add_row, name="add_row"),
    path("<int:pk>/bo-dong/", views.remove_row, name="remove_row"),
    path("<int:pk>/dong/<slug:key>/", views.row, name="row"),
    path("<int:pk>/giai-trinh/", views.explained, name="explained"),
    path("<int:pk>/bieu-do.svg", views.chart, name="chart"),
    path("<int:pk>/bieu-03.xlsx", views.workbook, name="workbook"),
    path("<int:pk>/nhap/", views.import_file, name="import"),
]
