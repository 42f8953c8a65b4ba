"""Makes the virtual environment: `python3 bootstrap.py run | dev | lock`, by the system's python3 alone.

The packages come from the hashed files in requirements/. A stamp in the environment says what is installed,
so that the next start costs milliseconds. Plain old Python up to the version check, so that an old one can
say it is old.
"""

import fcntl
import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REQUIREMENTS = os.path.join(ROOT, "requirements")
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def fail(message):  # type: (str) -> None
    """One line and the end."""
    sys.exit("rcm: " + message)


def wanted(kind):  # type: (str) -> str
    """What the stamp says when `kind` is installed: changes with the requirements and with the Python."""
    digest = hashlib.sha256(sys.version.encode())
    for name in ("uv.txt", kind + ".txt"):
        with open(os.path.join(REQUIREMENTS, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def stamp(kind):  # type: (str) -> str
    return os.path.join(VENV, ".installed-" + kind)


def installed(kind):  # type: (str) -> bool
    try:
        with open(stamp(kind)) as file:
            return file.read() == wanted(kind)
    except OSError:
        return False


def call(*command):  # type: (str) -> None
    """Run a step; its own words are enough when it fails."""
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode != 0:
        fail("this step failed: " + " ".join(command))


def make_venv():  # type: () -> None
    """A virtual environment with pip and uv in it; one that was left half made is made again."""
    usable = [PYTHON, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    try:
        works = subprocess.run(usable, check=False, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        works = False
    if not works:
        print("rcm: making " + VENV, flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False)
        if made.returncode != 0:
            fail("this python3 cannot make virtual environments (Debian: apt install python3-venv).")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    call(*pip, "-r", os.path.join(REQUIREMENTS, "uv.txt"))


def install(kind):  # type: (str) -> None
    """Install requirements/`kind`.txt unless the stamp says that it is."""
    make_venv()
    print("rcm: installing the packages of requirements/" + kind + ".txt", flush=True)
    path = os.path.join(REQUIREMENTS, kind + ".txt")
    call(PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", path)
    with open(stamp(kind), "w") as file:
        file.write(wanted(kind))


def lock():  # type: () -> None
    """Compile requirements/ again from pyproject.toml."""
    make_venv()
    options = ["--generate-hashes", "--no-header", "--no-annotate", "--python-version", "3.11", "--universal"]
    compile_ = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", *options]
    with open(os.path.join(VENV, "uv.in"), "w") as file:
        file.write("uv\n")
    call(*compile_, os.path.join(VENV, "uv.in"), "-o", "requirements/uv.txt")
    call(*compile_, "pyproject.toml", "-o", "requirements/run.txt")
    dev = ["pyproject.toml", "--extra", "dev", "-c", "requirements/run.txt", "-o", "requirements/dev.txt"]
    call(*compile_, *dev)


def main():  # type: () -> None
    if sys.version_info < (3, 11):  # noqa: UP036  # the system's python3 may be an old one
        fail("Python 3.11 or newer is needed, this is {}.{}: make PYTHON=python3.11".format(*sys.version_info[:2]))
    kind = sys.argv[1]
    if kind != "lock" and installed(kind):
        return
    guard = os.open(REQUIREMENTS, os.O_RDONLY)  # two makes at once: the second waits, then finds the work done
    fcntl.flock(guard, fcntl.LOCK_EX)
    if kind == "lock":
        lock()
    elif not installed(kind):
        install(kind)


if __name__ == "__main__":
    main()
