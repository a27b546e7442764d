"""The command line where nobody can answer its questions."""

import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.slow
def test_a_question_that_nobody_can_answer_is_told_in_a_sentence() -> None:
    asked = subprocess.run(
        [sys.executable, "manage.py", "collectstatic"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 1
    assert asked.stderr == (
        "This command asks, and nobody is there to answer. Use a terminal, or --noinput where it knows that.\n"
    )
