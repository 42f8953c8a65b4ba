"""Coding quality: how often coders agree, and how much is audited."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from coding import operations
from coding.domain.audits import CATEGORY_WORDS, Category
from coding.forms import PlanForm
from coding.queries.audits import Agreement, CodeFilter, audit_plans, audited_codes, quality
from compliance.access import allows, needs, record_list
from compliance.models import User
from pages.links import Links, page_number
from pages.paging import pager

PERIODS = (30, 90, 365)


@needs("coding.audit")
def coding_quality(request: HttpRequest) -> HttpResponse:
    """Accuracy in all, per coder, per code and by category; every figure opens its rows."""
    days, today = _days(request), timezone.localdate()
    found = quality(today, days)
    rows = Links(request, reverse("audited_codes"))

    def linked(kind: str, one: Agreement) -> tuple[Agreement, str, str]:
        return one, rows.to(**{kind: one.key}), rows.to(**{kind: one.key, "agreed": "no"})

    context = {
        "quality": found,
        "days": days,
        "periods": [(each, f"{reverse('coding_quality')}?days={each}") for each in PERIODS],
        "all_url": rows.to(),
        "agreed_url": rows.to(agreed="yes"),
        "wrong_url": rows.to(agreed="no"),
        "coders": [linked("coder", one) for one in found.coders],
        "codes": [linked("code", one) for one in found.codes],
        "categories": [
            (CATEGORY_WORDS[Category(category)], count, rows.to(category=category, agreed="no"))
            for category, count in found.categories
        ],
        "most": max((count for _, count in found.categories), default=0),
        "may_plan": allows(request, "coding.audit_plan"),
        "today": today,
    }
    return render(request, "coding/audit_quality.html", context)


@needs("coding.audit")
def audited_code_list(request: HttpRequest) -> HttpResponse:
    """The audited codes behind a figure."""
    coder = request.GET.get("coder", "")
    category = request.GET.get("category", "")
    chosen = CodeFilter(
        days=_days(request),
        coder=int(coder) if coder.isdecimal() and len(coder) < 10 else None,
        code=request.GET.get("code", "")[:8],
        category=category if category in set(Category) else "",
        agreed=request.GET.get("agreed", "") if request.GET.get("agreed") in ("yes", "no") else "",
    )
    today = timezone.localdate()
    page = audited_codes(chosen, today, page_number(request))
    shown = [(row.practice_id, row.pk, row.audit.case.encounter.patient_id) for row in page.rows]
    record_list(request, page="audited_codes", shown=shown)
    links = Links(request, reverse("audited_codes"))
    context = {
        "rows": [(row, CATEGORY_WORDS[Category(row.category)]) for row in page.rows],
        "page": page,
        "chosen": chosen,
        "pager": pager(page, links),
        "back_url": f"{reverse('coding_quality')}?days={chosen.days}",
        "today": today,
    }
    return render(request, "coding/audit_code_list.html", context)


def _days(request: HttpRequest) -> int:
    given = request.GET.get("days", "")
    return int(given) if given.isdecimal() and int(given[:4]) in PERIODS else 90


@needs("coding.audit_plan")
def audit_plan(request: HttpRequest) -> HttpResponse:
    """How much each practice audits (GET), and a change of it (POST, one practice at a time)."""
    now, user = timezone.now(), cast(User, request.user)
    given = request.POST.get("practice", "")
    plans = audit_plans(now)
    forms = [PlanForm(practice, plan, request.POST if str(practice.pk) == given else None) for practice, plan in plans]
    for form in forms:
        if form.is_bound and form.is_valid():
            operations.set_audit_plan(practice_id=form.practice.pk, rates=form.rates(), actor=user, now=now)
            messages.success(request, f"Audit plan of {form.practice} saved")
            return redirect("audit_plan")
    refused = any(form.is_bound for form in forms)
    context = {"forms": list(zip(forms, (plan for _, plan in plans), strict=True))}
    return render(request, "coding/audit_plan.html", context, status=422 if refused else 200)
