#!/usr/bin/env bash
#@ 3 Django

## shell [service] [arguments…]: A shell, or one command, in a container
##   Example: ./docker-dev.sh shell frontend npm ls
cmd_shell() {
  local service=${1:-backend}
  [[ $service != -* ]] || wrong_usage "shell does not know \"$service\"." "$(cmd_help shell)"
  [[ $# -eq 0 ]] || shift
  [[ $# -gt 0 ]] || set -- sh -c 'command -v bash >/dev/null && exec bash; exec sh'
  if [[ $service == backend ]]; then in_backend "$@"; else in_service "$service" "$@"; fi
}

## run SERVICE COMMAND [arguments…]: One command in a passing container; no stack need run
##   What the service needs is started.
##   Example: ./docker-dev.sh run backend python -V
cmd_run() {
  local flags=(--rm)
  prepare_files
  refuse_foreign_project
  require_service "$1"
  [[ -t 0 && -t 1 ]] || flags+=(-T)
  docker compose run "${flags[@]}" "$@" || after_failure "$?"
}

## manage [arguments…]: Run manage.py
##   Where the backend does not run, a passing container does it. dbshell is psql, in the database's container.
##   Example: ./docker-dev.sh manage check --deploy
cmd_manage() {
  case ${1:-} in
    dbshell) # the backend's image has no psql
      shift
      [[ ${1:-} != -- ]] || shift
      cmd_psql "$@"
      ;;
    migrate) cmd_migrate "${@:2}" ;;
    *) in_backend python manage.py "$@" ;;
  esac
}

## migrate [arguments…]: Apply the database migrations
##   Healing waits meanwhile. A backend that starts does it, too.
##   Example: ./docker-dev.sh migrate users 0001
cmd_migrate() {
  load_model
  suspend_healing backend 3600
  suspend_healing db 3600
  in_backend python manage.py migrate "$@"
}

## seed: Example data: people to sign in as, and what each app has of its own
##   From the apps' seed.py. A second run changes nothing.
##   Example: ./docker-dev.sh seed
cmd_seed() { in_backend python manage.py seed; }

## makemigrations [arguments…]: Write migrations for changed models
##   Example: ./docker-dev.sh makemigrations users --name add_nickname
# Without a terminal there is nobody to answer what Django asks.
cmd_makemigrations() {
  [[ -t 0 ]] || set -- --noinput "$@"
  in_backend_as_owner python manage.py makemigrations "$@"
}

## superuser [arguments…]: Create an administrator
##   --noinput takes DJANGO_SUPERUSER_EMAIL, DJANGO_SUPERUSER_PASSWORD and the like from the shell.
##   Example: ./docker-dev.sh superuser
cmd_superuser() {
  local name
  [[ -t 0 || " $* " == *' --noinput '* ]] || wrong_usage 'There is no terminal to ask on.' "$(cmd_help superuser)"
  for name in $(compgen -e DJANGO_SUPERUSER_ || true); do PASS_ON+=(-e "$name"); done
  cmd_manage createsuperuser "$@"
}
