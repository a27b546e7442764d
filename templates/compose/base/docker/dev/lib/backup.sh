#!/usr/bin/env bash
# shellcheck disable=SC2016 # the variables in single quotes are the containers'
# Writes a backup: one file, a tar of manifest, database.dump (pg_dump's own format) and media.tar.
#
# Every step that fails ends the command here and now, so that nothing that follows a backup can
# follow half of one. The file has its name only after it was read back and found whole.

BACKUP_FORMAT=1

# save_backup FILE [SNAPSHOT]: of the present data, or of a snapshot
save_backup() {
  local file=$1 snapshot=${2:-} folder draft
  folder=$(dirname "$file")
  [[ ! -e $file ]] || fail "$file exists already."
  keep_out_of_git "$file"
  mkdir -p "$folder" || fail "$folder cannot be made."
  require_database
  sweep_drafts "$folder"
  new_temporary_folder "$folder/.backup-$$.part" # mode 0700: it holds the users' data
  draft=$REPLY
  in_database 'pg_dump -U "$POSTGRES_USER" -Fc "$POSTGRES_DB$1"' save "${snapshot:+_snapshot_$snapshot}" </dev/null >"$draft/database.dump" ||
    fail 'The database could not be saved (see above). There is no backup.'
  media_container tar -C "/app/media${snapshot:+/.snapshots/$snapshot}" --exclude=./.snapshots --exclude=./.restored --exclude=./.replaced --exclude=./.refused -cf - . </dev/null >"$draft/media.tar" ||
    fail 'The uploaded files could not be saved (see above). There is no backup.'
  write_manifest "$draft" >"$draft/manifest" || fail 'The backup could not be described. There is none.'
  (umask 077 && tar -C "$draft" -cf "$draft/whole" manifest database.dump media.tar) ||
    fail 'The backup could not be written (see above). There is none.'
  verify_backup "$draft/whole"
  # No other run may have made it meanwhile; a hard link refuses where a rename would replace.
  ln "$draft/whole" "$file" 2>/dev/null || mv -n "$draft/whole" "$file" || fail "$file cannot be written."
  rm -rf "$draft"
}

# What a run that was killed has left: its process is gone.
sweep_drafts() {
  local draft process
  for draft in "$1"/.backup-*.part; do
    process=${draft##*/.backup-}
    process=${process%.part}
    [[ ! $process =~ ^[0-9]+$ ]] || kill -0 "$process" 2>/dev/null || rm -rf "$draft"
  done
}

# A relative path is relative to where the caller stands, not to the project.
caller_path() {
  local path=$1
  while [[ $path == ./* ]]; do path=${path#./}; done
  [[ $path == /* ]] || path=$CALLER_DIR/$path
  printf '%s' "$path"
}

# A folder gets a file of today.
backup_path() {
  local path
  path=$(caller_path "${1:-$ROOT/backups/}")
  if [[ $path == */ || -d $path ]]; then
    path=${path%/}/$PROJECT-$(date +%Y%m%d-%H%M%S)${2:-}.tar
  fi
  printf '%s' "$path"
}

keep_out_of_git() {
  [[ $1 == "$ROOT/backups/"* ]] || return 0
  mkdir -p "$ROOT/backups" || fail "$ROOT/backups cannot be made."
  [[ -e $ROOT/backups/.gitignore ]] || printf '*\n' >"$ROOT/backups/.gitignore" ||
    fail "$ROOT/backups/.gitignore cannot be written."
}

# What it is, and what each part must be when it is read again.
write_manifest() {
  local version part sum
  version=$(in_database 'postgres --version' </dev/null) || return 1
  printf 'format %s\nproject %s\ncreated %s\npostgres %s\n' \
    "$BACKUP_FORMAT" "$PROJECT" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(postgres_major "$version")"
  for part in database.dump media.tar; do
    sum=$(sha256 <"$1/$part") && [[ -n $sum ]] || return 1
    printf 'sha256 %s %s\n' "$part" "$sum"
  done
}

# "postgres (PostgreSQL) 15.18 (Debian …)" is 15.
postgres_major() { printf '%s\n' "$1" | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p'; }

sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum | cut -c 1-64
  else
    shasum -a 256 | cut -c 1-64 # macOS
  fi
}

# Starts the database if it does not run; where it cannot, its own last words say why.
require_database() {
  local state
  state=$(docker inspect --format '{{.State.Health.Status}}' "$(container_of db)" 2>/dev/null) || state=''
  [[ $state == healthy ]] || renew_database
}

# The same, with .env as it is now.
renew_database() {
  new_temporary
  UP_LOG=$REPLY
  docker compose --progress plain up --detach --no-deps --wait db >"$UP_LOG" 2>&1 </dev/null && return 0
  explain_failure db
  [[ -z $CONSEQUENCE ]] || hint "$CONSEQUENCE"
  exit 1
}

# in_database SCRIPT [NAME ARGUMENTS…]: in the database's container, over its socket, which asks for no password.
in_database() { docker compose exec -T db sh -euc "$@"; }

# A passing container: the backend's own may not run, or not be able to.
media_container() { docker compose run --rm -T --no-deps --entrypoint '' backend "$@"; }
