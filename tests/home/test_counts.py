"""The counts beside the rooms: My work is one's own, every other room's is everybody's that one may open."""

from collections.abc import Callable

from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from rcm.queries import nav_counts
from tests.builders import NOW
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, open_items


def test_my_work_counts_the_work_of_ones_own_roles(practice: Practice, person: Callable[..., User]) -> None:
    user = person(Role.CODER, practice)
    with practice_scope(practice.pk):
        open_items(
            items=[
                NewItem(practice_id=practice.pk, kind=kind, subject_type="test", subject_id=1, reason="Test")
                for kind in (Kind.CODING_CASE, Kind.CLAIM_HELD, Kind.CLAIM_REJECTED, Kind.DENIAL_NEW)
            ],
            now=NOW,
        )
        assert nav_counts(frozenset({Role.CODER}), user) == {"W": 1, "C": 1}
        assert nav_counts(frozenset({Role.CODER, Role.BILLER}), user)["W"] == 3
        assert nav_counts(frozenset({Role.SUPERVISOR}), user) == {"W": 4, "C": 1, "Q": 2, "D": 1}
