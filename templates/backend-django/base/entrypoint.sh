#!/bin/sh
# Without arguments: migrate, then the development server. With arguments: run those instead.
set -eu

if [ "$#" -gt 0 ]; then
  exec "$@"
fi

# Both again when a .py file is saved, the migrations until they have succeeded once. A server that crashed on a typing
# mistake starts with the next save. --noreload: one reloader is enough. --nostatic:
# apps/core/local_files.py serves static files.
exec python develop.py --port 8000 --first 'python manage.py migrate_locked --verbosity 0' \
  python manage.py runserver --noreload --nostatic 0.0.0.0:8000
