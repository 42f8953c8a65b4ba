"""The Django project: settings, the pipeline, the demo and the embedded services."""
