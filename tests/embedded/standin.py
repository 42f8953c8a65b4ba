"""A supervisor over tiny stand-in programs: `python -m tests.embedded.standin NAME=CODE …` (CODE is Python).

A name may carry marks: `db/0` stands on floor 0, `job!` is a job that ends by itself.
"""

import sys

from rcm.embedded.processes import Process
from rcm.embedded.refusal import CannotServe
from rcm.embedded.supervisor import Stopped, Supervisor


def read(argument: str) -> Process:
    name, _, code = argument.partition("=")
    name, _, floor = name.partition("/")
    return Process(
        name=name.rstrip("!"),
        command=(sys.executable, "-u", "-S", "-c", code),
        once=name.endswith("!"),
        floor=int(floor or 1),
        stop_seconds=0.5,
    )


def main() -> int:
    try:
        with Supervisor(backoff_seconds=0.01) as supervisor:
            for argument in sys.argv[1:]:
                supervisor.start(read(argument))
            supervisor.run()
    except Stopped:
        return 0
    except CannotServe as refusal:
        sys.stderr.write(f"{refusal}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
