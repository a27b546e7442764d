#!/usr/bin/env bash
#@ 3 Django

## shell [service] [arguments…]: A shell, or one command, in a container
cmd_shell() {
  local service=${1:-backend}
  [[ $# -eq 0 ]] || shift
  if [[ $# -gt 0 ]]; then
    in_service "$service" "$@"
  else
    in_service "$service" sh -c 'command -v bash >/dev/null && exec bash; exec sh'
  fi
}

## manage [arguments…]: Run manage.py
cmd_manage() { in_service backend python manage.py "$@"; }

## migrate [arguments…]: Apply the database migrations
cmd_migrate() { cmd_manage migrate "$@"; }

## makemigrations [arguments…]: Write migrations for changed models
cmd_makemigrations() { in_service_as_owner backend python manage.py makemigrations "$@"; }

## superuser [arguments…]: Create an administrator
cmd_superuser() { cmd_manage createsuperuser "$@"; }
