#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2034 # the variables in single quotes are the container's; other files read CLEANUP_FAILED
# A second database beside the one in use: a container of the service db with another image and another volume. As long
# as that container is there its volume is unfinished, and goes with it.

upgrade_container() { printf '%s-db-upgrade' "$PROJECT"; }

beside() { docker exec -i "$(upgrade_container)" "$@"; }

database_major() {
  local version
  version=$(in_database 'postgres --version' </dev/null) || fail 'The database does not answer (see above).'
  postgres_major "$version"
}

# image_of_major IMAGE MAJOR: postgres:15-alpine is postgres:18-alpine; nothing where the tag begins with no version.
image_of_major() { printf '%s\n' "${1%%@*}" | sed -n "s/^\(.*:\)[0-9][0-9.]*\(-[^:\/]*\)\{0,1\}\$/\1$2\2/p"; }

# Where the image keeps its data.
# Source: "PGDATA" in the description of the official image, which moved it with version 18.
data_folder() { if (($1 >= 18)); then echo /var/lib/postgresql; else echo /var/lib/postgresql/data; fi; }

fetch_image() {
  local version
  docker image inspect "$1" >/dev/null 2>&1 || docker pull "$1" </dev/null || fail "There is no image $1 (see above)."
  version=$(docker run --rm --network none --entrypoint postgres "$1" --version </dev/null) || fail "$1 has no PostgreSQL (see above)."
  [[ $(postgres_major "$version") == "$2" ]] || fail "$1 is not PostgreSQL $2, but: $version"
}

# A volume without that container is whole: its database was in use, or was about to be.
refuse_old_attempt() {
  ! docker volume inspect "$1" >/dev/null 2>&1 ||
    fail "The volume $1 is there already, from an upgrade to $2 before." "If it is not needed any more: docker volume rm $1"
}

# What an upgrade that did not arrive has left.
clear_upgrade() {
  local container volume
  container=$(upgrade_container)
  volume=$(docker inspect --format '{{range .Mounts}}{{if eq .Type "volume"}}{{.Name}}{{end}}{{end}}' "$container" 2>/dev/null) || return 0
  docker rm --force --volumes "$container" >/dev/null || CLEANUP_FAILED=yes
  [[ -z $volume || $volume == "$(volume_of postgres_data)" ]] || docker volume rm "$volume" >/dev/null || CLEANUP_FAILED=yes
}

# start_beside IMAGE DATA VOLUME: the service db as Compose has it, published nowhere. It makes the database "postgres"
# alone: the others come with the dump.
start_beside() {
  local container deadline=$((SECONDS + 120))
  container=$(upgrade_container)
  POSTGRES_IMAGE=$1 POSTGRES_DATA=$2 POSTGRES_VOLUME=$3 POSTGRES_DB=postgres \
    docker compose --progress quiet run --detach --no-deps --name "$container" db </dev/null >/dev/null ||
    fail "$1 could not be started (see above)."
  # Over TCP: while the image makes the database, its socket already says yes.
  until beside pg_isready -q -h 127.0.0.1 </dev/null 2>/dev/null; do
    if ((SECONDS > deadline)) || [[ $(docker inspect --format '{{.State.Status}} {{.RestartCount}}' "$container") != 'running 0' ]]; then
      docker logs --tail 20 "$container" >&2
      fail "$1 does not come up (its last lines are above)."
    fi
    sleep 0.3
  done
  beside sh -c 'mkdir -p /dev/shm/healthcheck && ln -sfn 9999999999 /dev/shm/healthcheck/suspended' </dev/null || true
}

# The newer version's own dump, over the network that the two share: roles, databases (snapshots are some), extensions,
# large objects. The role that has made the new database is there already.
copy_all_databases() {
  beside bash -euo pipefail -c '
    export PGPASSWORD=$POSTGRES_PASSWORD
    pg_dumpall -h db -U "$POSTGRES_USER" |
      LC_ALL=C awk -v role="$POSTGRES_USER" '"'"'
        !seen && ($0 == "CREATE ROLE " role ";" || $0 == "CREATE ROLE \"" role "\";") { seen = 1; next } { print }'"'"' |
      psql -X -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres >/dev/null
    vacuumdb -q -U "$POSTGRES_USER" --all --analyze-only' </dev/null ||
    fail 'What the database holds could not be copied (see above).'
}

# compare_databases OLD NEW: the same question to both.
compare_databases() {
  local before after
  new_temporary
  before=$REPLY
  new_temporary
  after=$REPLY
  describe_databases db >"$before" || fail "What PostgreSQL $1 holds could not be read (see above)."
  describe_databases '' >"$after" || fail "What PostgreSQL $2 holds could not be read (see above)."
  diff "$before" "$after" >&2 || fail "PostgreSQL $2 does not hold what $1 does: \"<\" is what it should be, \">\" what has arrived (see above)."
  good "Copied, and compared: $(awk -F '|' '$1 == "table" { tables++; rows += $3 } END { printf "%d tables with %d rows", tables, rows }' "$after")."
}

# describe_databases HOST: of each database all that docker/dev/pg-contents.sql asks for; without a host over the socket.
describe_databases() {
  beside bash -euo pipefail -c '
    export PGPASSWORD=$POSTGRES_PASSWORD PGUSER=$POSTGRES_USER ${1:+PGHOST=$1}
    names=$(psql -XAtq -d postgres -c "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname COLLATE \"C\"")
    psql -XAtq -d postgres -c "SELECT \$\$role\$\$, rolname FROM pg_roles WHERE rolname !~ \$\$^pg_\$\$ ORDER BY rolname COLLATE \"C\""
    while IFS= read -r name; do
      printf "database|%s\n" "$name"
      psql -XAtq -v ON_ERROR_STOP=1 -d "$name" -f /opt/docker/dev/pg-contents.sql
    done <<<"$names"' describe "$1" </dev/null
}

# Ended in order, so that its volume needs no recovery; without its container it counts as whole.
finish_beside() {
  local container
  container=$(upgrade_container)
  docker stop --time 120 "$container" >/dev/null || fail 'The new database could not be stopped (see above).'
  [[ $(docker inspect --format '{{.State.ExitCode}}' "$container") == 0 ]] || fail 'The new database did not end in order.'
  docker rm "$container" >/dev/null || fail 'Its container could not be removed (see above).'
}
