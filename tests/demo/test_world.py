"""The world as a whole: the same from the same seed, complete, in bounds."""

from collections import Counter
from datetime import timedelta

from compliance.domain.permissions import Role
from edi.npi import is_npi
from rcm.demo.facts import CaughtBy, FixAction, Mistake, Play, World
from rcm.demo.people import age_on
from rcm.demo.scenarios import SCENARIOS, SPECIALTY_WEIGHTS
from rcm.demo.world import build_world

from .conftest import TODAY


def test_same_seed_same_world(world: World) -> None:
    assert build_world(encounters=400, seed=7, today=TODAY) == world


def test_other_seed_other_world(world: World) -> None:
    assert build_world(encounters=400, seed=8, today=TODAY).encounters != world.encounters


def test_small_worlds_have_as_many_visits_as_asked() -> None:
    for wanted in (0, 1, 25):
        assert len(build_world(encounters=wanted, seed=1, today=TODAY).encounters) == wanted


def test_all_specialties_payers_places_and_mistakes(world: World) -> None:
    visits = world.encounters
    assert len(visits) == 400
    assert {each.specialty for each in visits} == set(SPECIALTY_WEIGHTS)
    assert {each.payer_id for each in visits} == {each.payer_id for each in world.payers}
    assert {each.provider for each in visits} == {each.key for each in world.providers}
    assert {each.place_of_service for each in visits} == {"10", "11", "22", "24"}
    assert {each.mistake.kind for each in visits if each.mistake} == set(Mistake)
    assert len({each.scenario for each in visits}) >= 60


def test_every_scenario_is_met_in_a_large_world(large_world: World) -> None:
    assert {each.scenario for each in large_world.encounters} == {each.key for each in SCENARIOS}


def test_shares_of_mistakes(large_world: World) -> None:
    caught = Counter(each.mistake.caught_by for each in large_world.encounters if each.mistake)
    total = len(large_world.encounters)
    assert 0.10 <= caught[CaughtBy.PAYER] / total <= 0.15
    assert 0.03 <= caught[CaughtBy.CLEARINGHOUSE] / total <= 0.05
    assert 0.08 <= caught[CaughtBy.OUR_EDITS] / total <= 0.12


def test_most_visits_are_the_larger_practices(world: World) -> None:
    counts = Counter(each.practice for each in world.encounters)
    assert counts["lakeshore"] > 2 * counts["harborview"] > 0


def test_visits_lie_on_weekdays_of_the_last_twelve_months(large_world: World) -> None:
    for each in large_world.encounters:
        assert timedelta(0) < TODAY - each.service_date < timedelta(days=365)
        assert each.service_date.isoweekday() < 6


def test_every_month_has_visits_and_the_last_weeks_the_most(large_world: World) -> None:
    weeks_ago = Counter((TODAY - each.service_date).days // 28 for each in large_world.encounters)
    assert all(weeks_ago[n] > 60 for n in range(13))
    assert weeks_ago[0] == max(weeks_ago.values())


def test_notes_are_signed_before_they_are_coded(large_world: World) -> None:
    for each in large_world.encounters:
        if each.coded_at:
            assert each.signed_at is not None
            assert each.service_date <= each.signed_at.date() < each.coded_at.date()
        if each.signed_at:
            assert each.signed_at.utcoffset() == timedelta(0)
            assert each.signed_at.date() < TODAY


def test_fresh_work_is_left_at_the_first_stations(world: World) -> None:
    assert [each for each in world.encounters if each.signed_at is None]
    uncoded = [each for each in world.encounters if each.coded_at and each.coded_at.date() > TODAY]
    assert len(uncoded) >= 5


def test_every_identifier_has_its_check_digit(world: World) -> None:
    numbers = [each.npi for each in world.practices] + [each.npi for each in world.providers]
    numbers += [each.npi for each in world.locations if each.npi]
    right = [
        each.mistake.fix.referring or each.referring if each.mistake else each.referring for each in world.encounters
    ]
    assert all(is_npi(number) for number in numbers)
    assert all(is_npi(each.npi) for each in right if each)
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("2") for number in numbers), "no such number is issued to anybody"


def test_phones_are_the_fictional_ones(world: World) -> None:
    phones = [each.phone for each in world.practices] + [each.phone for each in world.locations]
    phones += [each.phone for each in world.payers] + [each.phone for each in world.patients]
    assert all(len(phone) == 10 and phone[3:8] == "55501" for phone in phones)


def test_member_numbers_belong_to_one_coverage(large_world: World) -> None:
    truths = [plan.roster.member_id for each in large_world.patients for plan in each.coverages if plan.roster]
    assert len(set(truths)) == len(truths)


def test_patients_are_old_enough_and_visit_once_a_day(large_world: World) -> None:
    people = {each.mrn: each for each in large_world.patients}
    assert len(people) == len(large_world.patients)
    ages = {each.key: each.ages for each in SCENARIOS}
    seen: set[tuple[str, object]] = set()
    for each in large_world.encounters:
        truth = people[each.mrn].coverages[0].roster
        assert truth is not None
        low, high = ages[each.scenario]
        assert low <= age_on(truth.patient, each.service_date) <= high
        if each.duplicate_of is None:
            assert (each.mrn, each.service_date) not in seen
            seen.add((each.mrn, each.service_date))


def test_new_patients_come_for_the_first_time(large_world: World) -> None:
    met: set[str] = set()
    for each in large_world.encounters:
        assert not (each.is_new_patient and each.mrn in met and each.duplicate_of is None)
        met.add(each.mrn)


def test_fixes_carry_what_they_need(large_world: World) -> None:
    needed = {
        FixAction.RECODE: "coding",
        FixAction.CORRECT_MEMBER_ID: "coverage",
        FixAction.REPLACE_COVERAGE: "coverage",
        FixAction.ADD_AUTHORIZATION: "authorization",
        FixAction.CORRECT_REFERRING: "referring",
    }
    for each in large_world.encounters:
        if each.mistake is None:
            assert each.entered_codes == each.true_codes
            continue
        fix = each.mistake.fix
        if fix.action in needed:
            assert getattr(fix, needed[fix.action]) is not None
        if fix.action == FixAction.RECODE:
            assert fix.coding == each.true_codes != each.entered_codes
        assert (each.mistake.play == Play.APPEAL) == (each.mistake.appeal is not None)


def test_denials_are_corrected_appealed_and_left(large_world: World) -> None:
    plays = Counter(
        each.mistake.play
        for each in large_world.encounters
        if each.mistake and each.mistake.caught_by == CaughtBy.PAYER
    )
    assert plays[Play.CORRECT] > plays[Play.APPEAL] > 10
    assert plays[Play.LEAVE] > 10


def test_every_role_has_a_user(world: World) -> None:
    assert {each.role for each in world.users} == {role.value for role in Role}
    assert len({each.username for each in world.users}) == len(world.users)
    providers = {each.key for each in world.providers}
    assert all(each.provider in providers for each in world.users if each.role == "provider")
