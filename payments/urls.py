"""Addresses of remittances and of what posters decide."""

from django.urls import path

from payments import views

urlpatterns = [
    path("", views.remit_list, name="remit_list"),
    path("<int:pk>/", views.remit_detail, name="remit_detail"),
    path("<int:pk>/raw", views.remit_raw, name="remit_raw"),
    path("<int:pk>/post", views.remit_post, name="remit_post"),
    path("claims/<int:pk>/", views.remit_claim, name="remit_claim"),
    path("claims/<int:pk>/match", views.remit_claim_match, name="remit_claim_match"),
    path("claims/<int:pk>/set-aside", views.remit_claim_set_aside, name="remit_claim_set_aside"),
    path("adjustments/<int:pk>/", views.remit_adjustment, name="remit_adjustment"),
    path("adjustments/<int:pk>/accept", views.remit_adjustment_accept, name="remit_adjustment_accept"),
]
