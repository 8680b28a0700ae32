from __future__ import annotations

from django.urls import path

from .views import carrying, deciding, drafting, imports, measures, moves, pages, papers

app_name = "plans"

urlpatterns = [
    path("", pages.plan_list, name="list"),
    path("lap/", drafting.draft, name="draft"),
    path("<int:pk>/van-ban/<slug:name>.<slug:kind>", papers.paper, name="paper"),
    path("nhap/", imports.receive, name="import"),
    path("nhap/<int:pk>/", imports.detail, name="import_detail"),
    path("nhap/<int:pk>/tep/", imports.file, name="import_file"),
    path("nhap/<int:pk>/phan-dau/", imports.heading, name="import_heading"),
    path("nhap/<int:pk>/thu-tuc/<int:row>/", imports.row, name="import_row"),
    path("nhap/<int:pk>/de-ngoai/", imports.leave_unclear, name="leave_unclear"),
    path("nhap/<int:pk>/doi-chieu/", imports.match, name="match_import"),
    path("nhap/<int:pk>/ghi/", imports.write, name="write_import"),
    path("nhap/<int:pk>/hoan-tac/", imports.undo, name="undo_import"),
    path("nhap/<int:pk>/bo/", imports.discard, name="discard_import"),
    path("thuc-thi/", carrying.text_list, name="texts"),
    path("thuc-thi/<int:pk>/", carrying.text_detail, name="text"),
    path("thuc-thi/<int:pk>/chuyen/", carrying.move_text, name="move_text"),
    path("thuc-thi/<int:pk>/du-thao/", carrying.text_draft, name="text_draft"),
    path("thuc-thi/<int:pk>/van-ban/", carrying.text_file, name="text_file"),
    path("thu-tuc/<int:pk>/phien-ban/", carrying.amend, name="amend"),
    path("<int:pk>/", pages.plan_detail, name="detail"),
    path("<int:pk>/them-thu-tuc/", drafting.add_items, name="add_items"),
    path("<int:pk>/xac-nhan/", moves.confirm, name="confirm"),
    path("<int:pk>/mo-lai/", moves.reopen, name="reopen"),
    path("<int:pk>/danh-gia/", moves.assess, name="assess"),
    path("<int:pk>/trinh/", moves.submit, name="submit"),
    path("<int:pk>/rut/", moves.withdraw, name="withdraw"),
    path("<int:pk>/soan-lai/", moves.resume, name="resume"),
    path("<int:pk>/quyet-dinh/", deciding.decide, name="decide"),
    path("thu-tuc/<int:pk>/", pages.item_detail, name="item"),
    path("thu-tuc/<int:pk>/kien-nghi/", drafting.describe, name="describe"),
    path("thu-tuc/<int:pk>/bo/", drafting.remove_item, name="remove_item"),
    path("thu-tuc/<int:pk>/noi-dung/", measures.add_measure, name="add_measure"),
    path("noi-dung/<int:pk>/", measures.change_measure, name="change_measure"),
    path("noi-dung/<int:pk>/bo/", measures.remove_measure, name="remove_measure"),
    path("thu-tuc/<int:pk>/van-ban/", measures.add_legal_change, name="add_legal_change"),
    path("van-ban/<int:pk>/", measures.change_legal_change, name="change_legal_change"),
    path("van-ban/<int:pk>/bo/", measures.remove_legal_change, name="remove_legal_change"),
    path("quyet-dinh/<int:pk>/", pages.decision_detail, name="decision"),
]
