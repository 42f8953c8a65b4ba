"""Addresses of the API."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from claims import api as claims
from coding import api as coding
from denials import api as denials
from encounters import api as encounters
from payments import api as payments
from rcm import api_schema
from worklist import api as worklist

__all__ = ["api_schema", "urlpatterns"]  # importing the schema's extensions registers them

v1 = [
    path("encounters/", encounters.EncounterList.as_view(), name="api_encounter_list"),
    path("encounters/<int:pk>/", encounters.EncounterDetail.as_view(), name="api_encounter_detail"),
    path("coding-cases/", coding.CaseList.as_view(), name="api_case_list"),
    path("coding-cases/<int:pk>/", coding.CaseDetail.as_view(), name="api_case_detail"),
    path("codes/", coding.CodeSearch.as_view(), name="api_code_search"),
    path("codes/<str:system>/<str:code>/", coding.CodeDetail.as_view(), name="api_code_detail"),
    path("provider-queries/", coding.QueryList.as_view(), name="api_query_list"),
    path("provider-queries/<int:pk>/", coding.QueryDetail.as_view(), name="api_query_detail"),
    path("coding-audits/", coding.AuditList.as_view(), name="api_audit_list"),
    path("coding-audits/<int:pk>/", coding.AuditDetail.as_view(), name="api_audit_detail"),
    path("claims/", claims.ClaimList.as_view(), name="api_claim_list"),
    path("claims/<int:pk>/", claims.ClaimDetail.as_view(), name="api_claim_detail"),
    path("claims/<int:pk>/hold/", claims.ClaimHold.as_view(), name="api_claim_hold"),
    path("claims/<int:pk>/release/", claims.ClaimRelease.as_view(), name="api_claim_release"),
    path("claims/<int:pk>/void/", claims.ClaimVoid.as_view(), name="api_claim_void"),
    path("claims/<int:pk>/replace/", claims.ClaimReplace.as_view(), name="api_claim_replace"),
    path("claims/<int:pk>/ask-status/", claims.ClaimAskStatus.as_view(), name="api_claim_ask"),
    path("remits/", payments.RemitList.as_view(), name="api_remit_list"),
    path("remits/<int:pk>/", payments.RemitDetail.as_view(), name="api_remit_detail"),
    path("remits/<int:pk>/claims/", payments.RemitClaimList.as_view(), name="api_remit_claims"),
    path("denials/", denials.DenialList.as_view(), name="api_denial_list"),
    path("denials/<int:pk>/", denials.DenialDetail.as_view(), name="api_denial_detail"),
    path("appeals/", denials.AppealList.as_view(), name="api_appeal_list"),
    path("appeals/<int:pk>/", denials.AppealDetail.as_view(), name="api_appeal_detail"),
    path("work-items/", worklist.WorkItemList.as_view(), name="api_work_list"),
    path("work-items/<int:pk>/", worklist.WorkItemDetail.as_view(), name="api_work_detail"),
    path("work-items/<int:pk>/assign/", worklist.WorkItemAssign.as_view(), name="api_work_assign"),
    path("work-items/<int:pk>/snooze/", worklist.WorkItemSnooze.as_view(), name="api_work_snooze"),
    path("work-items/<int:pk>/close/", worklist.WorkItemClose.as_view(), name="api_work_close"),
]

urlpatterns = [
    path("v1/", include(v1)),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
]
