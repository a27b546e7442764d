#!/usr/bin/env bash
# shellcheck disable=SC2016 # the variables in single quotes are the containers'
# A backup is a folder with database.dump (pg_dump's own format) and media.tar.

# A relative path is relative to where the caller stands, not to the project.
caller_path() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s' "$CALLER_DIR/$1" ;;
  esac
}

# Written beside its place and renamed at the end, so that a folder with that name is a whole backup.
save_backup() {
  local folder=$1 draft=$1.part
  [[ ! -e $folder ]] || fail "$folder exists already."
  keep_out_of_git "$folder"
  start_database || return 1
  (
    umask 077 # it holds the users' data
    mkdir -p "$draft"
    in_database 'pg_dump -U "$POSTGRES_USER" -Fc "$POSTGRES_DB"' >"$draft/database.dump"
    media_container tar -C /app/media -cf - . >"$draft/media.tar"
  ) || {
    rm -rf "$draft"
    return 1
  }
  mv "$draft" "$folder"
}

keep_out_of_git() {
  [[ $1 == "$ROOT/backups/"* ]] || return 0
  mkdir -p "$ROOT/backups"
  [[ -e $ROOT/backups/.gitignore ]] || printf '*\n' >"$ROOT/backups/.gitignore"
}

# Into a database of its own, which takes the old one's name only when it is complete: a broken
# backup leaves everything as it was.
restore_backup() {
  start_database || fail 'The database does not start.'
  in_database 'dropdb -U "$POSTGRES_USER" --if-exists --force "${POSTGRES_DB}_restored"
    createdb -U "$POSTGRES_USER" "${POSTGRES_DB}_restored"
    pg_restore -U "$POSTGRES_USER" -d "${POSTGRES_DB}_restored" --exit-on-error --no-owner' <"$1/database.dump" ||
    fail 'The backup could not be read; the database is as it was.'
  stop_clients
  in_database 'dropdb -U "$POSTGRES_USER" --if-exists --force "$POSTGRES_DB"
    psql -q -U "$POSTGRES_USER" -d postgres \
      -c "ALTER DATABASE \"${POSTGRES_DB}_restored\" RENAME TO \"$POSTGRES_DB\""' </dev/null ||
    fail 'The restored database could not take its place.' \
      'It is complete, under its name with "_restored" at the end.'
  [[ ! -f $1/media.tar ]] || media_container sh -c \
    'find /app/media -mindepth 1 -delete && tar -C /app/media -xf -' <"$1/media.tar"
}

stop_clients() {
  local service container
  for service in backend celery; do
    container=$(container_of "$service")
    [[ -z $container ]] || docker stop "$container" >/dev/null
  done
}

start_database() { docker compose up --detach --wait db >/dev/null 2>&1; }

in_database() { docker compose exec -T db sh -euc "$1"; }

# A passing container: the backend's own may not run, or not be able to.
media_container() { docker compose run --rm -T --no-deps --entrypoint '' backend "$@"; }

# Inside its container the database's own socket asks for no password. The container is made anew if
# .env has changed, so that both speak of the same one.
set_database_password() {
  start_database || fail 'The database does not start.' './docker-dev.sh logs db'
  in_database 'psql -q -v ON_ERROR_STOP=1 -v role="$POSTGRES_USER" -v password="$POSTGRES_PASSWORD" \
    -U "$POSTGRES_USER" -d postgres' <<<"ALTER ROLE :\"role\" PASSWORD :'password';" ||
    fail 'The database refused (see above): is POSTGRES_USER the one that its volume was made with?'
}
