"""What every page's frame needs to know: the rooms a person may enter, what waits there, who and where they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import import_module
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from compliance.access import PRACTICE_CHOICE
from compliance.domain.permissions import ROLE_LABELS, Role, may
from compliance.models import Practice, User
from compliance.queries import roles_by_practice


@dataclass(frozen=True, slots=True)
class Room:
    """A place in the main navigation. `key` follows G; `name` is its URL name; `app` marks it as current."""

    key: str
    label: str
    icon: str
    name: str
    permission: str


# In the order money flows.
ROOMS: tuple[Room, ...] = (
    Room("W", "My work", "work", "home", "work.read"),
    Room("E", "Encounters", "enc", "encounter_list", "encounters.read"),
    Room("C", "Coding", "code", "case_list", "coding.read"),
    Room("U", "Questions", "doc", "question_list", "queries.answer"),
    Room("Q", "Claims", "claim", "claim_list", "claims.read"),
    Room("R", "Remittances", "rem", "remit_list", "remits.read"),
    Room("D", "Denials", "den", "denial_overview", "denials.read"),
    Room("P", "Patients", "pat", "patient_list", "encounters.read"),
    Room("B", "Overview", "rep", "report_overview", "reports.read"),
    Room("A", "Compliance", "shield", "audit_trail", "audit.read"),
)


@dataclass(frozen=True, slots=True)
class NavItem:
    """A room this person may enter, and how much work waits in it (None: not counted)."""

    key: str
    label: str
    icon: str
    url: str
    count: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class PracticeChoice:
    """A practice the screen can be narrowed to; an empty value means all of them."""

    label: str
    value: str
    current: bool


class Shell:
    """The frame of a page as `base.html` reads it. Lazy: a fragment that has no frame asks the database nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        signed_in = getattr(request, "user", None)
        self._user = cast(User, signed_in) if signed_in is not None and signed_in.is_authenticated else None

    @property
    def user(self) -> str:
        return str(self._user) if self._user else ""

    @property
    def theme(self) -> str:
        """light, dark, or empty: as the system has it."""
        return self._user.theme if self._user and self._user.theme != "system" else ""

    @property
    def keys_on(self) -> bool:
        return self._user.single_keys if self._user else True

    @property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def _roles(self) -> dict[int, frozenset[Role]]:
        if self._user is None:
            return {}
        known: dict[int, frozenset[Role]] | None = getattr(self._request, "roles", None)
        return roles_by_practice(self._user) if known is None else known

    @cached_property
    def _held(self) -> frozenset[Role]:
        return frozenset().union(*self._roles.values())

    @property
    def role_label(self) -> str:
        labels = [ROLE_LABELS[role] for role in Role if role in self._held]
        return ", ".join(labels[:2]) + (f" and {len(labels) - 2} more" if len(labels) > 2 else "")

    @cached_property
    def nav(self) -> list[NavItem]:
        """The rooms this person may enter whose page exists."""
        if self._user is None:
            return []
        counts = nav_counts(self._held, self._user)
        items = []
        for room in ROOMS:
            url = _url(room.name)
            if url and may(self._held, room.permission):
                items.append(
                    NavItem(
                        room.key,
                        room.label,
                        room.icon,
                        url,
                        counts.get(room.key),
                        self._is_current(room, url),
                    )
                )
        return items

    def _is_current(self, room: Room, url: str) -> bool:
        path = self._request.path
        if room.name == "home" or not path.startswith(url):
            return path == url
        return not any(path.startswith(other) and other.startswith(url) and other != url for other in _rooms_urls())

    @cached_property
    def _served(self) -> list[Practice]:
        return list(Practice.objects.filter(pk__in=self._roles)) if self._roles else []

    @cached_property
    def _chosen(self) -> int | None:
        session = getattr(self._request, "session", {})
        return cast("int | None", session.get(PRACTICE_CHOICE))

    @property
    def practice(self) -> str:
        """The one practice on the screen, or empty when there are several."""
        here = self._served if len(self._served) == 1 else [p for p in self._served if p.pk == self._chosen]
        return str(here[0]) if here else ""

    @property
    def practice_label(self) -> str:
        return self.practice or _all_of(len(self._served))

    @property
    def practices(self) -> list[PracticeChoice]:
        """All practices first, then each; empty for people of one practice."""
        if len(self._served) < 2:
            return []
        each = [PracticeChoice(str(p), str(p.pk), p.pk == self._chosen) for p in self._served]
        return [PracticeChoice(_all_of(len(each)), "", not self.practice), *each]

    @property
    def login_url(self) -> str:
        return resolve_url(settings.LOGIN_URL)

    @property
    def logout_url(self) -> str:
        return _url("logout")

    @property
    def help_url(self) -> str:
        return _url("help")

    @property
    def search_url(self) -> str:
        return _url("search") or "/search"

    @property
    def practice_url(self) -> str:
        """Takes POST practice (a key or empty) and next."""
        return _url("choose_practice")

    @property
    def settings_url(self) -> str:
        """Takes POST single_keys (on, off) or theme (system, light, dark), and next."""
        return _url("preferences")


def _all_of(practices: int) -> str:
    """What the switcher calls all the practices together."""
    return {0: "", 2: "Both practices"}.get(practices, f"All {practices} practices")


def _rooms_urls() -> list[str]:
    return [url for url in (_url(room.name) for room in ROOMS) if url]


def _url(name: str) -> str:
    """The address of a page, or empty while there is no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def nav_counts(held: frozenset[Role], user: User) -> Mapping[str, int]:
    """Work waiting per room key (W E C U Q R D A); a key left out shows no number.

    Asked of `rcm.queries.nav_counts(held, user)`, which stands above every app; imported here so that
    a page without a frame never loads it.
    """
    counted: Mapping[str, int] = import_module("rcm.queries").nav_counts(held, user)
    return counted


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template, signed in or not."""
    return {"shell": Shell(request)}
