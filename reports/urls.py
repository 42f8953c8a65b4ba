"""Addresses of the dashboards."""

from django.urls import path

from reports import views

urlpatterns = [path("", views.report_overview, name="report_overview")]
