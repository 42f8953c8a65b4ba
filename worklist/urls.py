"""Addresses of the work queue."""

from django.urls import path

from worklist import views

urlpatterns = [
    path("", views.work_list, name="work_list"),
    path("assign", views.work_assign, name="work_assign"),
    path("snooze", views.work_snooze, name="work_snooze"),
    path("note", views.work_note, name="work_note"),
    path("views/save", views.view_save, name="view_save"),
    path("views/<int:pk>/delete", views.view_delete, name="view_delete"),
    path("<int:pk>/", views.work_item, name="work_item"),
    path("<int:pk>/peek", views.work_peek, name="work_peek"),
    path("<int:pk>/close", views.work_close, name="work_close"),
    path("notes/<str:subject_type>/<int:subject_id>", views.note_add, name="note_add"),
]
