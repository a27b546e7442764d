#!/usr/bin/env bash
#@ 3 Django

## shell [service] [arguments…]: A shell, or one command, in a container
##   Example: ./docker-dev.sh shell frontend npm ls
cmd_shell() {
  local service=${1:-backend}
  [[ $# -eq 0 ]] || shift
  [[ $# -gt 0 ]] || set -- sh -c 'command -v bash >/dev/null && exec bash; exec sh'
  if [[ $service == backend ]]; then in_backend "$@"; else in_service "$service" "$@"; fi
}

## manage [arguments…]: Run manage.py
##   Where the backend does not run, a passing container does it.
##   Example: ./docker-dev.sh manage check --deploy
cmd_manage() { in_backend python manage.py "$@"; }

## migrate [arguments…]: Apply the database migrations
##   Healing waits meanwhile. Each start does it, too.
##   Example: ./docker-dev.sh migrate users 0001
cmd_migrate() {
  load_model
  suspend_healing backend 3600
  suspend_healing db 3600
  cmd_manage migrate "$@"
}

## makemigrations [arguments…]: Write migrations for changed models
##   Example: ./docker-dev.sh makemigrations users --name add_nickname
cmd_makemigrations() { in_backend_as_owner python manage.py makemigrations "$@"; }

## superuser [arguments…]: Create an administrator
##   --noinput takes DJANGO_SUPERUSER_EMAIL, DJANGO_SUPERUSER_PASSWORD and the like from the shell.
##   Example: ./docker-dev.sh superuser
# With --noinput it takes DJANGO_SUPERUSER_PASSWORD and the like from the shell, as Django documents it.
cmd_superuser() {
  local name
  for name in $(compgen -e DJANGO_SUPERUSER_ || true); do PASS_ON+=(-e "$name"); done
  cmd_manage createsuperuser "$@"
}
