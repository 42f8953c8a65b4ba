"""Who a child process is, and that it never outlives its parent.

PostgreSQL refuses to run as root. Started by root, it therefore runs as another user: inside a user namespace
that shows it uid 65534 while its files stay root's (nothing to chown, any path root owns works), or, where
namespaces are forbidden (some containers), as the real user `nobody`.
"""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from rcm.embedded.refusal import CannotServe

NOBODY = 65534
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_CLONE_NEWUSER = 0x10000000  # linux/sched.h
_LINUX = sys.platform.startswith("linux")
_libc = ctypes.CDLL(None, use_errno=True) if _LINUX else None

Step = Callable[[], None]


def stay(*, parent: int, death_signal: int = signal.SIGTERM) -> Step:
    """What a child runs before its program: the kernel sends it `death_signal` once `parent` is gone."""

    def step() -> None:
        if _libc is None:
            return
        _libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died between the fork and this line
            os._exit(1)

    return step


def enter_user_namespace() -> None:
    """Become uid 65534 in a new user namespace. Raises OSError where the kernel forbids it."""
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    if _libc is None or _libc.unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are not available")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {outer_uid} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {outer_gid} 1")


def become_nobody() -> None:
    """Give up root for good. Raises OSError when the process may not."""
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _works(step: Step, *paths: Path) -> bool:
    """Whether a child that takes `step` can still run or enter all `paths`."""
    child = os.fork()
    if child == 0:
        try:
            step()
            os._exit(0 if all(os.access(path, os.X_OK) for path in paths) else 1)
        except BaseException:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def unprivileged(*paths: Path) -> tuple[Step | None, int]:
    """How to become somebody PostgreSQL accepts who can still reach `paths` (programs and folders that exist).

    Returns the step to take before the program and the uid that its files must have; the step is None for an
    ordinary user. Not accepted are root, and a uid without a name (some containers). Raises CannotServe when this
    process has no way to be anybody else.
    """
    uid = os.geteuid()
    if uid != 0 and _has_name(uid):
        return None, uid
    if _works(enter_user_namespace, *paths):
        return enter_user_namespace, uid
    if uid != 0:
        raise CannotServe(f"PostgreSQL needs a user with a name: uid {uid} has none on this machine.")
    if _works(become_nobody, *paths):
        return become_nobody, NOBODY
    raise CannotServe(
        f"PostgreSQL does not run as root, and user nobody cannot enter {' or '.join(map(str, paths))}: "
        "start as an ordinary user, or move the project and DATA_DIR where everybody may enter."
    )


def hand_over(folder: Path, uid: int) -> None:
    """Make `uid` the owner of everything in `folder`; does nothing when the folder is already theirs."""
    if folder.stat().st_uid == uid:
        return
    gid = NOBODY if uid == NOBODY else os.getegid()
    for parent, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            os.chown(Path(parent, name), uid, gid, follow_symlinks=False)
    os.chown(folder, uid, gid)  # last: its owner says that the walk was finished


def before_program(*steps: Step | None) -> Step:
    """One callable for `subprocess`' preexec_fn out of several steps."""

    def run() -> None:
        for step in steps:
            if step is not None:
                step()

    return run
