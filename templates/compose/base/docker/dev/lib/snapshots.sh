#!/usr/bin/env bash
# shellcheck disable=SC2016 # the variables in single quotes are the containers'
# Snapshots: copies within the volumes. PostgreSQL copies a database file by file, and the uploaded files lie in a
# folder beside. The database is what makes a snapshot: it comes last.

REPLACED_SNAPSHOT=before-restore
SNAPSHOTS='' # NAME BYTES CREATED, a line each

load_snapshots() {
  SNAPSHOTS=$(in_database '
    psql -qAt -F "	" -v ON_ERROR_STOP=1 -v prefix="${POSTGRES_DB}_snapshot_" -U "$POSTGRES_USER" -d template1 <<"SQL"
      SELECT substr(datname, length(:'"'prefix'"') + 1), pg_database_size(oid), coalesce(shobj_description(oid, $$pg_database$$), $$-$$)
        FROM pg_database WHERE starts_with(datname, :'"'prefix'"') ORDER BY 3, 1;
SQL' list_snapshots </dev/null) || fail 'The database does not say which snapshots there are (see above).'
}

is_snapshot() { [[ $'\n'$SNAPSHOTS == *$'\n'"$1"$'\t'* ]]; }

require_snapshot() {
  is_snapshot "$1" || wrong_usage "There is no snapshot $1." "There are: $(printf '%s' "$SNAPSHOTS" | cut -f 1 | tr '\n' ' ')"
}

# make_snapshot NAME: what an interrupted one has left is cleared away: files that no database belongs to.
make_snapshot() {
  # shellcheck disable=SC2046 # one name, one argument
  media_container sh -euc '
    cd /app/media
    mkdir -p .snapshots
    for folder in .snapshots/*; do
      case " $* " in *" ${folder#*/} "*) ;; *) rm -rf "$folder" ;; esac
    done
    mkdir ".snapshots/$0"
    find . -mindepth 1 -maxdepth 1 ! -name .snapshots ! -name .restored ! -name .replaced ! -name .refused \
      -exec cp -a -t ".snapshots/$0" {} +' "$1" $(printf '%s\n' "$SNAPSHOTS" | cut -f 1) </dev/null ||
    fail "The uploaded files could not be copied (see above). There is no snapshot $1."
  copy_database '' _snapshot || fail "The database could not be copied (see above). There is no snapshot $1."
  name_database _snapshot "_snapshot_$1" || fail "The copied database could not be given its name (see above). There is no snapshot $1."
}

# put_snapshot_beside NAME: beside what is in use, as a backup is; what an earlier run left is cleared away, as there.
put_snapshot_beside() {
  drop_replaced || fail 'What an earlier restore has left could not be removed (see above); all is as it was.'
  copy_database "_snapshot_$1" _restored || fail 'The snapshot could not be copied (see above); all is as it was.'
  media_container sh -euc '
    cd /app/media
    rm -rf .restored .replaced .refused
    cp -a ".snapshots/$1" .restored' name "$1" </dev/null || fail 'The files of the snapshot could not be copied (see above); all is as it was.'
}

# What take_places has put aside becomes a snapshot, too: so nothing is lost, and no question is asked.
keep_replaced() {
  drop_snapshot "$REPLACED_SNAPSHOT" &&
    media_container sh -euc '
      cd /app/media
      mkdir -p .snapshots
      mv .replaced ".snapshots/$1"' name "$REPLACED_SNAPSHOT" </dev/null &&
    name_database _replaced "_snapshot_$REPLACED_SNAPSHOT"
}

drop_snapshot() {
  in_database 'dropdb -U "$POSTGRES_USER" --if-exists --force "${POSTGRES_DB}_snapshot_$1" 2>&1' drop "$1" </dev/null >/dev/null &&
    media_container rm -rf "/app/media/.snapshots/$1" </dev/null
}

# copy_database FROM TO: both are ends of the name of the database in use. PostgreSQL copies only what nobody is
# connected to. It locks out new connections before it waits for the last old one, so these are ended meanwhile; who
# wants in waits until the copy is there.
copy_database() {
  in_database '
    from=$POSTGRES_DB$1 to=$POSTGRES_DB$2
    sql() { psql -q -v ON_ERROR_STOP=1 -v from="$from" -v to="$to" -U "$POSTGRES_USER" -d template1 >/dev/null; }
    sql <<"SQL" &
      SET client_min_messages = warning;
      SELECT format($$DROP DATABASE IF EXISTS %I WITH (FORCE)$$, :'"'to'"') \gexec
      SELECT format($$CREATE DATABASE %I TEMPLATE %I$$, :'"'to'"', :'"'from'"') ||
        CASE WHEN current_setting($$server_version_num$$)::int >= 150000 THEN $$ STRATEGY FILE_COPY$$ ELSE $$$$ END \gexec
SQL
    copy=$!
    while kill -0 "$copy" 2>/dev/null; do
      sql <<"SQL"
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :'"'from'"';
SQL
      sleep 0.1
    done
    wait "$copy"' copy "$1" "$2" </dev/null
}

# name_database FROM TO, with the time; the name of a database has 63 letters at most, and PostgreSQL cuts off the rest.
name_database() {
  in_database '
    to=$POSTGRES_DB$2
    [ "${#to}" -le 63 ] || { echo "$to is too long for the name of a database." >&2; exit 1; }
    psql -q -v ON_ERROR_STOP=1 -v from="$POSTGRES_DB$1" -v to="$to" -U "$POSTGRES_USER" -d template1 <<"SQL"
      BEGIN;
      ALTER DATABASE :"from" RENAME TO :"to";
      SELECT format($$COMMENT ON DATABASE %I IS %L$$, :'"'to'"', to_char(now() AT TIME ZONE $$utc$$, $$YYYY-MM-DD"T"HH24:MI:SS"Z"$$)) \gexec
      COMMIT;
SQL' name "$1" "$2" </dev/null
}
