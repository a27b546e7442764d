"""Fills in the shapes of a folder beside this file: `render.py FOLDER NAME [MODEL]`, for docker-dev.sh generate.

A tar archive on standard output; where the name will not do, one sentence on standard error and exit code 2.
Django's own `startapp --template` does it, so its documentation says how a shape is written; the names that a shape
can use are app_name and those of `names` below. In a path, feature_name stands for the frontend's folder.
"""

import keyword
import os
import re
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.core.management.base import CommandError
from django.core.management.commands.startapp import Command

HERE = Path(__file__).resolve().parent

# A feature is a constant of its name, in a file that has these already.
IN_TYPESCRIPT = set(
    "arguments await break case catch const debugger default delete do enum eval export extends feature features "
    "function implements instanceof interface let new null package private protected public static super switch this "
    "throw typeof undefined var void".split()
)


def main(folder: str, app: str, model: str = "") -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    given = names(app, model)
    refuse(app, **given)
    shapes = HERE / folder
    # By its ending no tool takes a shape for code; Django itself takes it from .py-tpl before it asks what to fill in.
    extensions = ["py", *{path.suffix for path in shapes.rglob("*-tpl")}]
    with TemporaryDirectory() as temporary, tarfile.open(fileobj=sys.stdout.buffer, mode="w|") as archive:
        target = Path(temporary) / "generated_files"
        target.mkdir()
        Command().handle(
            name=app, directory=str(target), template=str(shapes), extensions=extensions, files=[], verbosity=0, **given
        )
        for path in sorted(target.rglob("*")):
            name = str(path.relative_to(target)).replace("feature_name", given["feature"]).removesuffix("-tpl")
            archive.add(path, name, recursive=False)


def names(app: str, model: str) -> dict[str, str]:
    *first, last = words = app.split("_")
    return {
        "model": model or "".join(word.capitalize() for word in [*first, singular(last)]),
        "feature": "-".join(words),
        "variable": words[0] + "".join(word.capitalize() for word in words[1:]),
        "component": "".join(word.capitalize() for word in words),
        "title": " ".join(words).capitalize(),
    }


def singular(word: str) -> str:
    """A guess, as it is right most of the time: a name of the model's own can be given."""
    for pattern, ending in ((r"ies$", "y"), (r"(s|x|z|ch|sh)es$", r"\1"), (r"(?<![sui])s$", "")):
        if re.search(pattern, word):
            return re.sub(pattern, ending, word)
    return word


def refuse(app: str, *, model: str, feature: str, variable: str, **_: str) -> None:
    from django.apps import apps
    from django.contrib.auth import get_user_model
    from django.urls import Resolver404, resolve
    from drf_spectacular.generators import SchemaGenerator

    if keyword.iskeyword(app) or variable in IN_TYPESCRIPT:
        raise CommandError(f'"{app}" is a reserved word of Python or TypeScript: take another name.')
    if not model.isidentifier() or keyword.iskeyword(model):
        raise CommandError(f'"{model}" is no name for a class: name another model, behind the app.')
    if app in {config.label for config in apps.get_app_configs()}:
        raise CommandError(f'There is an app "{app}" already: take another name.')
    if hasattr(get_user_model(), app):
        raise CommandError(f'Every user has something called "{app}" already: take another name.')
    try:
        resolve(f"/api/v1/{feature}/")
    except Resolver404:
        pass
    else:
        raise CommandError(f"The address /api/v1/{feature}/ is taken: take another name.")
    if model in SchemaGenerator().get_schema(public=True)["components"]["schemas"]:
        raise CommandError(f'The API has a type "{model}" already: name another model, behind the app.')


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except CommandError as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(2)
