#!/usr/bin/env bash
#@ 3 Django

## shell [service] [arguments…]: A shell, or one command, in a container
cmd_shell() {
  local service=${1:-backend}
  [[ $# -eq 0 ]] || shift
  [[ $# -gt 0 ]] || set -- sh -c 'command -v bash >/dev/null && exec bash; exec sh'
  if [[ $service == backend ]]; then in_backend "$@"; else in_service "$service" "$@"; fi
}

## manage [arguments…]: Run manage.py
cmd_manage() { in_backend python manage.py "$@"; }

## migrate [arguments…]: Apply the database migrations
cmd_migrate() {
  load_model
  suspend_healing backend 3600
  suspend_healing db 3600
  cmd_manage migrate "$@"
}

## makemigrations [arguments…]: Write migrations for changed models
cmd_makemigrations() { in_backend_as_owner python manage.py makemigrations "$@"; }

## superuser [arguments…]: Create an administrator
# With --noinput it takes DJANGO_SUPERUSER_PASSWORD and the like from the shell, as Django documents it.
cmd_superuser() {
  local name
  for name in $(compgen -e DJANGO_SUPERUSER_ || true); do PASS_ON+=(-e "$name"); done
  cmd_manage createsuperuser "$@"
}
