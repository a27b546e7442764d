#!/bin/sh
# Without arguments: migrate, then the development server. With arguments: run those instead.
set -eu

if [ "$#" -gt 0 ]; then
  exec "$@"
fi

# Anew when a .py file is saved, with the migrations until they have succeeded once: until then this file is there. A
# server that crashed on a typing mistake starts with the next save.
first=/tmp/migrate-first
: >"$first"
exec python develop.py --port 8000 --busy "$first" python manage.py serve --first "$first" 0.0.0.0:8000
