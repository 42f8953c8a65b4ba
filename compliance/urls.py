"""Addresses of compliance."""

from django.urls import path

from compliance import views

urlpatterns = [path("trail/", views.audit_trail, name="audit_trail")]
