"""What the page of coding rules, the queue and the stages read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from coding.domain.status import CaseStatus
from coding.models import CoderSpecialty, CodingCase, CodingPolicy, LearnedModel
from compliance.domain.permissions import roles_with
from compliance.models import Membership, Practice, User
from compliance.scope import scoped_practices
from encounters.models import Provider


@dataclass(frozen=True)
class Skills:
    """A coder and the specialties that they know."""

    user: User
    known: frozenset[str]


@dataclass(frozen=True)
class PracticeRules:
    """One practice's rules, and what they did so far."""

    practice: Practice
    auto_complete_from: int | None
    completed_alone: int  # cases
    finalized: int  # cases that had suggestions
    specialties: Sequence[str]
    coders: Sequence[Skills]
    learned: Sequence[LearnedModel]


def practice_rules() -> list[PracticeRules]:
    """The rules of every practice in scope, in seven queries."""
    scope = scoped_practices()
    policies = dict(CodingPolicy.objects.values_list("practice_id", "auto_complete_from"))
    done: dict[int, tuple[int, int]] = {
        row["practice_id"]: (row["alone"], row["suggested"])
        for row in CodingCase.objects.exclude(status=CaseStatus.OPEN)
        .values("practice_id")
        .annotate(
            alone=Count("pk", filter=Q(auto_completed_at__isnull=False)),
            suggested=Count("pk", filter=Q(suggested_at__isnull=False)),
        )
    }
    specialties = set(Provider.objects.filter(renders=True).values_list("practice_id", "specialty"))
    known = set(CoderSpecialty.objects.values_list("practice_id", "user_id", "specialty"))
    coders = {
        (row.practice_id, row.user)
        for row in Membership.objects.filter(
            role__in=[role.value for role in roles_with("coding.code")], user__is_active=True
        ).select_related("user")
    }
    learned = list(LearnedModel.objects.defer("payload").order_by("-version"))
    return [
        PracticeRules(
            practice=practice,
            auto_complete_from=policies.get(practice.pk),
            completed_alone=done.get(practice.pk, (0, 0))[0],
            finalized=done.get(practice.pk, (0, 0))[1],
            specialties=sorted(name for pk, name in specialties if pk == practice.pk),
            coders=[
                Skills(user, frozenset(name for pk, who, name in known if (pk, who) == (practice.pk, user.pk)))
                for user in sorted((one for pk, one in coders if pk == practice.pk), key=str)
            ],
            learned=[row for row in learned if row.practice_id == practice.pk],
        )
        for practice in Practice.objects.filter(pk__in=scope)
    ]


def auto_complete_from(practice_id: int) -> int | None:
    """The confidence from which the practice lets cases finish by themselves; None: never."""
    return CodingPolicy.objects.filter(practice_id=practice_id).values_list("auto_complete_from", flat=True).first()


def specialties_of(user: User) -> frozenset[str]:
    """The specialties that a coder knows, in the practices in scope."""
    return frozenset(CoderSpecialty.objects.filter(user=user).values_list("specialty", flat=True))
