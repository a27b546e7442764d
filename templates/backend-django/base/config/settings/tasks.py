"""Background tasks, by the interface that Django 6 has itself: `@task` defines one, `enqueue` starts it.

This backend runs them at once, in the request. Another one here runs the same tasks elsewhere.
"""

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
