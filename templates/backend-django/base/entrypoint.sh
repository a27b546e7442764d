#!/bin/sh
# Without arguments: migrate, then the development server. With arguments: run those instead.
set -eu

if [ "$#" -gt 0 ]; then
  exec "$@"
fi

python manage.py migrate_locked --verbosity 0

# watchfiles sleeps on inotify and restarts the server when a .py file is saved; Django's own reloader asks
# for the time of every file once a second. A server that crashed on a typing mistake starts with the next save.
# --noreload: one reloader is enough. Where a bind mount reports no changes, set WATCHFILES_FORCE_POLLING=1.
# --nostatic: apps/core/local_files.py serves static files.
exec watchfiles --verbosity warning --filter python \
  'python manage.py runserver --noreload --nostatic 0.0.0.0:8000' apps config
