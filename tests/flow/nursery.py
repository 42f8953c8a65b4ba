"""Starts stages quickly: a process that is ready for work, and forks one that does it for each line on its input.

Each child is the command `run_pipeline --stage NAME --once`; its number is printed, and it may be killed.
"""

import os
import signal
import sys

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    from rcm import pipeline

    pipeline.stages()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            with open(os.devnull, "w") as nowhere:
                call_command("run_pipeline", stage=line.strip(), once=True, stdout=nowhere)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
