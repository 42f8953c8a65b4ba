"""Addresses of claims."""

from django.urls import path

from claims import views

urlpatterns = [
    path("", views.claim_list, name="claim_list"),
    path("all/", views.claim_index, name="claim_index"),
    path("fix", views.claims_fix, name="claims_fix"),
    path("send", views.claims_send, name="claims_send"),
    path("send-ready", views.claims_send_ready, name="claims_send_ready"),
    path("sending", views.claims_sending, name="claims_sending"),
    path("hold", views.claims_hold, name="claims_hold"),
    path("undo/<str:events>", views.claim_undo, name="claim_undo"),
    path("items/<int:pk>/peek", views.claim_peek, name="claim_peek"),
    path("batches/", views.batch_list, name="batch_list"),
    path("batches/<int:pk>/", views.batch_detail, name="batch_detail"),
    path("files/<int:pk>/", views.inbound_file, name="inbound_file"),
    path("submissions/<int:pk>/", views.submission_compare, name="submission_compare"),
    path("findings/<int:pk>/fix", views.claim_fix, name="claim_fix"),
    path("findings/<int:pk>/override", views.claim_override, name="claim_override"),
    path("<int:pk>/", views.claim_detail, name="claim_detail"),
    path("<int:pk>/fix", views.claim_fix_first, name="claim_fix_first"),
    path("<int:pk>/edit", views.claim_edit, name="claim_edit"),
    path("<int:pk>/lines/<int:number>", views.claim_line_edit, name="claim_line_edit"),
    path("<int:pk>/send", views.claim_send, name="claim_send"),
    path("<int:pk>/sending", views.claim_sending, name="claim_sending"),
    path("<int:pk>/hold", views.claim_hold, name="claim_hold"),
    path("<int:pk>/ask", views.claim_ask, name="claim_ask"),
    path("<int:pk>/replace", views.claim_replace, name="claim_replace"),
    path("<int:pk>/void", views.claim_void, name="claim_void"),
    path("<int:pk>/note", views.claim_note, name="claim_note"),
]
