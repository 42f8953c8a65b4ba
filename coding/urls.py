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
    path("releases/", views.release_list, name="release_list"),
    path("releases/<int:pk>/", views.release_detail, name="release_detail"),
    path("<int:pk>/", views.case_detail, name="case_detail"),
    path("<int:pk>/codes", views.case_save, name="case_save"),
    path("<int:pk>/undo", views.case_undo, name="case_undo"),
    path("<int:pk>/now", views.case_codes, name="case_codes"),
    path("<int:pk>/why", views.case_why, name="case_why"),
    path("<int:pk>/presence", views.case_presence, name="case_presence"),
    path("<int:pk>/search", views.case_search, name="case_search"),
    path("codes/<str:system>/<str:code>", views.code_detail, name="code_detail"),
    path("<int:pk>/finish", views.case_finish, name="case_finish"),
    path("<int:pk>/ask", views.query_ask, name="query_ask"),
    path("<int:pk>/finish-unanswered", views.case_finish_unanswered, name="case_finish_unanswered"),
    path("queries/", views.query_list, name="query_list"),
    path("queries/<int:pk>/", views.query_detail, name="query_detail"),
    path("queries/<int:pk>/withdraw", views.query_withdraw, name="query_withdraw"),
    path("questions/", views.question_list, name="question_list"),
    path("questions/<int:pk>/", views.question_detail, name="question_detail"),
    path("audits/", views.audit_list, name="audit_list"),
    path("audits/codes", views.audited_code_list, name="audited_codes"),
    path("audits/plan", views.audit_plan, name="audit_plan"),
    path("audits/<int:pk>/", views.audit_detail, name="audit_detail"),
    path("audits/<int:pk>/take", views.audit_take, name="audit_take"),
    path("audits/<int:pk>/search", views.audit_search, name="audit_search"),
    path("audits/<int:pk>/codes", views.audit_save, name="audit_save"),
    path("audits/<int:pk>/fix", views.audit_fix, name="audit_fix"),
    path("audits/<int:pk>/explain", views.audit_explain, name="audit_explain"),
    path("audits/<int:pk>/answer", views.audit_answer, name="audit_answer"),
    path("audits/<int:pk>/settle", views.audit_settle, name="audit_settle"),
    path("quality/", views.coding_quality, name="coding_quality"),
]
