"""Addresses of visits and patients."""

from django.urls import path

from encounters import views

urlpatterns = [
    path("", views.encounter_list, name="encounter_list"),
    path("<int:pk>/", views.encounter_detail, name="encounter_detail"),
    path("<int:pk>/waiting", views.encounter_waiting, name="encounter_waiting"),
    path("<int:pk>/authorization", views.authorization_set, name="authorization_set"),
    path("<int:pk>/authorization/new", views.authorization_add, name="authorization_add"),
    path("patients/", views.patient_list, name="patient_list"),
    path("patients/<int:pk>/", views.patient_detail, name="patient_detail"),
    path("patients/<int:pk>/plan", views.plan_add, name="plan_add"),
    path("coverage/<int:pk>/correct", views.coverage_correct, name="coverage_correct"),
    path("coverage/<int:pk>/member-id", views.member_id_correct, name="member_id_correct"),
]
