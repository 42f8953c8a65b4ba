"""Every address of the product."""

from django.contrib.auth import views as auth
from django.urls import include, path

from rcm import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("login", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout", auth.LogoutView.as_view(), name="logout"),
    path("search", views.search, name="search"),
    path("help", views.help_page, name="help"),
    path("practice", views.choose_practice, name="choose_practice"),
    path("preferences", views.preferences, name="preferences"),
    path("worklist/", include("worklist.urls")),
    path("encounters/", include("encounters.urls")),
    path("coding/", include("coding.urls")),
    path("claims/", include("claims.urls")),
    path("remittances/", include("payments.urls")),
    path("denials/", include("denials.urls")),
    path("overview/", include("reports.urls")),
    path("compliance/", include("compliance.urls")),
    path("api/", include("rcm.api_urls")),
]

handler403 = "rcm.views.refused"
handler404 = "rcm.views.missing"
handler500 = "rcm.views.broken"
