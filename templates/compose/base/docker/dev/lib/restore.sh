#!/usr/bin/env bash
# shellcheck disable=SC2016 # the variables in single quotes are the containers'
# Reads a backup, and puts it in the place of what is there.
#
# What is there is put aside, not removed, until all of the backup has taken its place: at no moment
# is there less than one whole state, whatever fails.

# check_backup FILE: is it whole? Needs no Docker.
check_backup() {
  local file=$1 manifest format part sum
  manifest=$(backup_part "$file" manifest 2>/dev/null) ||
    fail "$file is no backup, or a damaged one: it has no manifest."
  format=$(manifest_value format <<<"$manifest")
  [[ $format =~ ^[0-9]+$ ]] || fail "$file is damaged: its manifest cannot be read."
  ((format <= BACKUP_FORMAT)) ||
    fail "$file was made by a newer docker-dev.sh (format $format, this one reads $BACKUP_FORMAT)." 'Update this project first.'
  for part in database.dump media.tar; do
    sum=$(backup_part "$file" "$part" 2>/dev/null | sha256) || sum=''
    [[ $sum == "$(manifest_value "sha256 $part" <<<"$manifest")" && -n $sum ]] ||
      fail "$file is damaged: $part is not what was saved."
  done
}

# verify_backup FILE: can this database read it to its end, and tar the uploaded files? Changes nothing.
verify_backup() {
  local file=$1 saved_by server
  check_backup "$file"
  saved_by=$(backup_part "$file" manifest | manifest_value postgres) || saved_by=''
  server=$(in_database 'postgres --version' </dev/null) || fail 'The database does not answer (see above).'
  server=$(postgres_major "$server")
  ((${saved_by:-0} <= ${server:-0})) ||
    fail "$file was saved by PostgreSQL $saved_by, this is $server, which cannot read it." "Set POSTGRES_IMAGE=postgres:$saved_by in .env."
  backup_part "$file" database.dump | in_database 'pg_restore -f /dev/null' ||
    fail "$file cannot be used: its database could not be read (see above)."
  backup_part "$file" media.tar | tar -tf - >/dev/null ||
    fail "$file cannot be used: its uploaded files could not be read (see above)."
}

backup_part() { tar -xOf "$1" "$2"; }
manifest_value() { sed -n "s/^$1 //p"; }

restore_backup() {
  local file=$1
  require_database
  verify_backup "$file"
  suspend_healing db 3600 # it is busy, not hung
  load_database "$file"
  load_media "$file"
  take_places
  remove_replaced || warn 'What was there before could not be removed (see above). The next restore tries again.'
}

# What was put beside takes the place of what is there, the database and the files: both or none.
take_places() {
  stop_clients
  to_its_end 'What was restored is in place. ./docker-dev.sh start starts it.' swap_places || exit 1
}

swap_places() {
  swap_databases _replaced _restored ||
    fail 'The restored database could not take its place (see above); all is as it was.' './docker-dev.sh start'
  if ! swap_media; then
    swap_databases _restored _replaced || fail 'The uploaded files could not be replaced, and the database could not be put back (see above).' \
      'The database as it was has "_replaced" at the end of its name.'
    fail 'The uploaded files could not be replaced (see above); all is as it was.' './docker-dev.sh start'
  fi
}

# Makes a database beside the one in use; what an earlier run left is cleared away.
FRESH_DATABASE='
    export PGOPTIONS=--client-min-messages=warning
    dropdb -U "$POSTGRES_USER" --if-exists --force "${POSTGRES_DB}_restored"
    dropdb -U "$POSTGRES_USER" --if-exists --force "${POSTGRES_DB}_replaced"
    createdb -U "$POSTGRES_USER" -T template0 "${POSTGRES_DB}_restored"
'

load_database() {
  backup_part "$1" database.dump | in_database "$FRESH_DATABASE"'
    pg_restore -U "$POSTGRES_USER" -d "${POSTGRES_DB}_restored" --exit-on-error --no-owner' ||
    fail 'The backup could not be loaded (see above); all is as it was.'
}

# In one transaction. A file without a table is no database to go on with.
load_sql() {
  sql_of "$1" | in_database "$FRESH_DATABASE"'
    psql -q -X -1 -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "${POSTGRES_DB}_restored" -f - >/dev/null' ||
    fail "$1 could not be loaded (see above)."
  [[ $(in_database 'psql -qAt -U "$POSTGRES_USER" -d "${POSTGRES_DB}_restored" -c "SELECT count(*) > 0 FROM pg_stat_user_tables"' </dev/null) == t ]] ||
    fail "$1 holds no table."
}

# Into a folder within the volume: from there they take their place by renaming, which needs no room.
load_media() {
  backup_part "$1" media.tar | media_container sh -euc '
    cd /app/media
    rm -rf .restored .replaced .refused
    mkdir .restored
    tar -C .restored -xf -' ||
    fail 'The uploaded files could not be unpacked (see above); all is as it was.'
}

# Everything that speaks with the database, by what docker-compose.yml says of needs; also what a profile
# turns on that .env has left out since.
stop_clients() {
  local service container
  load_whole_model
  for service in $(dependents_of db); do
    container=$(container_of "$service") || explain_silence_of_docker
    [[ -z $container ]] || docker stop "$container" >/dev/null ||
      fail "$service could not be stopped (see above); the data is as it was." './docker-dev.sh start'
  done
}

# swap_databases ASIDE COMING: the database in use gets ASIDE at the end of its name, and the one that has COMING there
# takes its place: both or none. Over template1, for nobody may be in a database that gets another name.
swap_databases() {
  in_database '
    psql -q -U "$POSTGRES_USER" -d template1 -v ON_ERROR_STOP=1 -v now="$POSTGRES_DB" \
      -v aside="$POSTGRES_DB$1" -v coming="$POSTGRES_DB$2" >/dev/null <<"SQL"
      BEGIN;
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname IN (:'"'now'"', :'"'coming'"') AND pid <> pg_backend_pid();
      ALTER DATABASE :"now" RENAME TO :"aside";
      ALTER DATABASE :"coming" RENAME TO :"now";
      COMMIT;
SQL' swap "$@" </dev/null
}

swap_media() {
  media_container sh -euc '
    cd /app/media
    mkdir .replaced
    others() { find . -mindepth 1 -maxdepth 1 ! -name .snapshots ! -name .restored ! -name .replaced ! -name .refused "$@"; }
    put_back() { find .replaced -mindepth 1 -maxdepth 1 -exec mv -t . {} +; }
    others -exec mv -t .replaced {} + || { put_back; exit 1; }
    find .restored -mindepth 1 -maxdepth 1 -exec mv -t . {} + ||
      { mkdir .refused; others -exec mv -t .refused {} +; put_back; exit 1; }
    rmdir .restored' </dev/null
}

remove_replaced() {
  drop_replaced && media_container rm -rf /app/media/.replaced /app/media/.refused </dev/null
}

drop_replaced() { in_database 'dropdb -U "$POSTGRES_USER" --if-exists --force "${POSTGRES_DB}_replaced"' </dev/null; }
