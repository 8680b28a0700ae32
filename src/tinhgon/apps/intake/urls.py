from __future__ import annotations

from django.urls import path

from .views import batch, decision, files, matching, moves, receiving

app_name = "intake"

urlpatterns = [
    path("", batch.batch_list, name="list"),
    path("bang-tinh/", receiving.sheet, name="sheet"),
    path("quyet-dinh/", receiving.decision, name="decision"),
    path("tep-mau/", files.template, name="template"),
    path("<int:pk>/", batch.detail, name="detail"),
    path("<int:pk>/tep/", files.file, name="file"),
    path("<int:pk>/dong-loi/", files.errors, name="errors"),
    path("<int:pk>/cot/", matching.columns, name="columns"),
    path("<int:pk>/phan-dau/", decision.heading, name="heading"),
    path("<int:pk>/dong/<int:row>/", batch.row, name="row"),
    path("<int:pk>/dong/<int:row>/sua/", decision.correct, name="correct"),
    path("<int:pk>/doi-chieu/", moves.advance, name="advance"),
    path("<int:pk>/doi-chieu-lai/", moves.again, name="again"),
    path("<int:pk>/bo-sung/", moves.fill, name="fill"),
    path("<int:pk>/chon/", moves.choose, name="choose"),
    path("<int:pk>/ghi/", moves.write, name="write"),
    path("<int:pk>/dua-vao-tim-kiem/", moves.index, name="index"),
    path("<int:pk>/hoan-tac/", moves.undo, name="undo"),
    path("<int:pk>/bo/", moves.discard, name="discard"),
]
