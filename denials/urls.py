"""Addresses of denials."""

from django.urls import path

from denials import views

urlpatterns = [
    path("", views.denial_overview, name="denial_overview"),
    path("worklist/", views.denial_list, name="denial_list"),
    path("all/", views.denial_index, name="denial_index"),
    path("appeals/", views.appeal_list, name="appeal_list"),
    path("appeals/<int:pk>/", views.appeal_detail, name="appeal_detail"),
    path("appeals/<int:pk>/save", views.appeal_save, name="appeal_save"),
    path("appeals/<int:pk>/send", views.appeal_send, name="appeal_send"),
    path("appeals/<int:pk>/withdraw", views.appeal_withdraw, name="appeal_withdraw"),
    path("appeals/<int:pk>/letter.pdf", views.appeal_pdf, name="appeal_pdf"),
    path("<int:pk>/", views.denial_detail, name="denial_detail"),
    path("<int:pk>/correct", views.denial_correct, name="denial_correct"),
    path("<int:pk>/appeal", views.denial_appeal, name="denial_appeal"),
    path("<int:pk>/write-off", views.denial_write_off, name="denial_write_off"),
    path("<int:pk>/bill-patient", views.denial_bill_patient, name="denial_bill_patient"),
    path("<int:pk>/note", views.denial_note, name="denial_note"),
]
