"""Addresses of coding."""

from django.urls import path

from coding import views

urlpatterns = [
    path("", views.case_list, name="case_list"),
    path("releases/", views.release_list, name="release_list"),
    path("releases/<int:pk>/", views.release_detail, name="release_detail"),
    path("<int:pk>/", views.case_detail, name="case_detail"),
    path("<int:pk>/codes", views.case_save, name="case_save"),
    path("<int:pk>/search", views.case_search, name="case_search"),
    path("<int:pk>/finish", views.case_finish, name="case_finish"),
]
