"""The queue: stages on a schedule, and woken early by a nudge."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rcm.settings")

app = Celery("rcm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["rcm"])

app.conf.beat_scheduler = "rcm.heartbeat:MarkingScheduler"

# Seconds between two scheduled runs; a nudge after a commit usually comes first.
app.conf.beat_schedule = {
    "coding": {
        "task": "rcm.run_stages",
        "schedule": 20.0,
        "args": [["open_cases", "suggest_codes", "complete_cases", "follow_up_queries", "draw_audits"]],
        "options": {"expires": 60},
    },
    "claims": {
        "task": "rcm.run_stages",
        "schedule": 10.0,
        "args": [["build_claims", "scrub_claims", "submit_ready_claims"]],
        "options": {"expires": 60},
    },
    "inbound": {
        "task": "rcm.run_stages",
        "schedule": 5.0,
        "args": [["fetch_inbound", "acknowledge_claims", "ingest_remits", "post_remits", "open_denials"]],
        "options": {"expires": 30},
    },
    "status": {
        "task": "rcm.run_stages",
        "schedule": 300.0,
        "args": [["poll_claim_status"]],
        "options": {"expires": 300},
    },
    "denials": {
        "task": "rcm.run_stages",
        "schedule": 15.0,
        "args": [["send_appeals", "read_decisions", "advance_deadlines"]],
        "options": {"expires": 60},
    },
}
