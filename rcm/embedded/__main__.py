"""`python -m rcm.embedded serve` runs everything; `migrate` only brings the database of DATABASE_URL up to
date.
"""

import argparse
import os
import sys

from rcm.embedded.data_folder import explain
from rcm.embedded.refusal import CannotServe
from rcm.embedded.supervisor import Stopped


def migrate() -> None:
    """Make the application role, migrate and load the code tables, on a server that others run.

    Raises CannotServe when DATABASE_URL or OWNER_DATABASE_URL is missing or the server refuses.
    """
    from rcm.embedded.roles import application_url

    application, owner = os.environ.get("DATABASE_URL"), os.environ.get("OWNER_DATABASE_URL")
    if not application or not owner:
        raise CannotServe("migrate needs DATABASE_URL (the application's role) and OWNER_DATABASE_URL.")
    application_url(application, owner, "")
    os.environ |= {"RCM_AS_OWNER": "1", "DJANGO_SETTINGS_MODULE": "rcm.settings"}
    os.execv(sys.executable, [sys.executable, "-m", "rcm.embedded.prepare"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m rcm.embedded", description=__doc__)
    parser.add_argument("command", choices=["serve", "migrate"])
    command = parser.parse_args().command
    try:
        if command == "migrate":
            migrate()
        from rcm.embedded.serve import serve

        serve()
    except Stopped:
        return 0
    except CannotServe as refusal:
        print(f"rcm: {refusal}", file=sys.stderr)
    except OSError as error:
        print(f"rcm: {explain(error)}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
