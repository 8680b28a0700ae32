from __future__ import annotations

from django.urls import path

from .views import assignment, board, duty, feeds, issue, late, listing, succession, timeline

app_name = "assignments"

urlpatterns = [
    path("", listing.assignment_list, name="list"),
    path("xuat/", listing.export, name="export"),
    path("bang/", board.board, name="board"),
    path("lich/", timeline.timeline, name="timeline"),
    path("lich/dia-chi/", feeds.feed_list, name="feeds"),
    path("lich/dia-chi/tao/", feeds.create, name="feed_create"),
    path("lich/dia-chi/<int:pk>/thu-hoi/", feeds.revoke, name="feed_revoke"),
    path("lich/<str:token>.ics", feeds.feed, name="feed"),
    path("qua-han/", late.late_list, name="late"),
    path("don-doc/", late.urge, name="urge"),
    path("don-doc/<int:pk>/", late.urging_detail, name="urging"),
    path("don-doc/<int:pk>/docx/", late.urging_docx, name="urging_docx"),
    path("don-doc/<int:pk>/pdf/", late.urging_pdf, name="urging_pdf"),
    path("giao/<int:pk>/", issue.issue, name="issue"),
    path("giao/<int:pk>/so/", issue.number, name="number"),
    path("giao/<int:pk>/chuong-trinh/", issue.attach, name="attach"),
    path("thay-the/<int:pk>/", issue.replace, name="replace"),
    path("ke-thua/", succession.ended_holders, name="succession"),
    path("ke-thua/chuyen/", succession.transfer, name="transfer"),
    path("nv/<int:pk>/", duty.duty_detail, name="duty"),
    path("nv/<int:pk>/dieu-chinh/", duty.amend, name="amend"),
    path("nv/<int:pk>/thu-hoi/", duty.withdraw, name="withdraw"),
    path("<int:pk>/", assignment.assignment_detail, name="detail"),
    path("<int:pk>/nhan/", assignment.acknowledge, name="acknowledge"),
    path("<int:pk>/tien-do/", assignment.report_progress, name="progress"),
    path("<int:pk>/bao-cao/", assignment.submit_proof, name="submit"),
    path("<int:pk>/khong-phat-sinh/", assignment.submit_nil, name="nil"),
    path("<int:pk>/duyet/", assignment.accept_answer, name="accept"),
    path("<int:pk>/tra-lai/", assignment.return_answer, name="return"),
    path("<int:pk>/xin-gia-han/", assignment.ask_extension, name="ask_extension"),
    path("<int:pk>/quyet-dinh-gia-han/", assignment.decide_extension, name="decide_extension"),
    path("<int:pk>/giao-tiep/", assignment.pass_on, name="pass_on"),
    path("tra-loi/<int:pk>/tep/", assignment.answer_file, name="answer_file"),
    path("tien-do/<int:pk>/tep/", assignment.note_file, name="note_file"),
]
