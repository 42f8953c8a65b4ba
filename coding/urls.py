"""Addresses of coding."""

from django.urls import path

from coding import views

urlpatterns = [
    path("", views.case_list, name="case_list"),
    path("rules/", views.coding_rules, name="coding_rules"),
    path("rules/auto-complete", views.auto_complete_set, name="auto_complete_set"),
    path("rules/specialties", views.specialties_set, name="specialties_set"),
    path("learned/<int:pk>/", views.learned_detail, name="learned_detail"),
    path("learned/<int:pk>/use", views.learned_use, name="learned_use"),
    path("<int:pk>/", views.case_detail, name="case_detail"),
    path("<int:pk>/codes", views.case_save, name="case_save"),
    path("<int:pk>/undo", views.case_undo, name="case_undo"),
    path("<int:pk>/now", views.case_codes, name="case_codes"),
    path("<int:pk>/why", views.case_why, name="case_why"),
    path("<int:pk>/presence", views.case_presence, name="case_presence"),
    path("<int:pk>/search", views.case_search, name="case_search"),
    path("<int:pk>/finish", views.case_finish, name="case_finish"),
]
