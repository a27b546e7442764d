#!/usr/bin/env bash
# Sees, before anything starts, a database volume that was made with another password or for another checkout:
# PostgreSQL takes its password only while it makes its volume, and a folder that is deleted leaves the volume.
#
# What the volume's password is, and which checkout uses it, is noted on an empty volume beside it. A label of its own
# would not do: it cannot change with the password, and Compose offers to empty a volume whose labels changed.

OWNER_LABEL=devstack.folder
PASSWORD_LABEL=devstack.password-digest
MADE_LABEL=devstack.volume-made # a volume of the same name that was made at another time is another

# What is noted, and when the volume was made; empty where there is no volume.
NOTED_OWNER='' NOTED_DIGEST='' VOLUME_MADE=''

# For every command that changes data: is it this checkout's? Somebody else's: nothing may be advised that changes it.
refuse_foreign_data() {
  local volume made
  volume=$(volume_of postgres_data)
  IFS=$'\t' read -r NOTED_OWNER NOTED_DIGEST made < <(volume_note "$volume") || true
  VOLUME_MADE=$(made_at "$volume")
  [[ $made == "$VOLUME_MADE" ]] || NOTED_OWNER='' NOTED_DIGEST=''
  [[ -n $VOLUME_MADE && -n $NOTED_OWNER && $NOTED_OWNER != "$ROOT" && -e $NOTED_OWNER/docker-compose.yml ]] || return 0
  fail "The volume $volume (made $VOLUME_MADE) holds the data of another checkout of $PROJECT: $NOTED_OWNER." \
    "Give this one a name of its own in .env: COMPOSE_PROJECT_NAME=$(free_project_name). Then: ./docker-dev.sh start --fix-ports"
}

# Ends the command where the volume has another password than .env.
check_database_volume() {
  local volume
  [[ -n $VOLUME_MADE ]] || return 0
  volume=$(volume_of postgres_data)
  if [[ $NOTED_DIGEST == *+ ]]; then # a change of the password was interrupted
    set_database_password
    note_database_volume
  elif [[ -z $NOTED_DIGEST ]]; then
    try_password "$volume"
  elif [[ $NOTED_DIGEST != "$(password_digest "$volume")" ]]; then
    refuse_old_password "$volume"
  fi
}

refuse_old_password() {
  bad "The volume $1 (made $VOLUME_MADE) is from an earlier $PROJECT: its database has another password than .env."
  hint 'To go on with its data:   ./docker-dev.sh db-password'
  hint 'To save it and begin anew: ./docker-dev.sh reset'
  exit 1
}

# For a volume that nothing is noted of: the database is asked, by itself and over TCP, as the others would.
try_password() {
  local volume=$1 was_there
  was_there=$(container_of db)
  renew_database
  # shellcheck disable=SC2016 # expanded in the container
  in_database 'PGPASSWORD=$POSTGRES_PASSWORD exec psql -h 127.0.0.1 -U "$POSTGRES_USER" -d template1 -qc ""' \
    >"$UP_LOG" 2>&1 </dev/null && return 0
  if grep -q 'password authentication failed' "$UP_LOG"; then
    [[ -n $was_there ]] || docker compose stop db >/dev/null 2>&1 </dev/null || true
    refuse_old_password "$volume"
  fi
  return 0 # whatever else it is, the start will show it
}

# note_database_volume: what is so now, after a start that was well or a change of the password.
note_database_volume() {
  local volume digest
  volume=$(volume_of postgres_data)
  digest=$(password_digest "$volume")
  [[ $NOTED_OWNER != "$ROOT" || $NOTED_DIGEST != "$digest" ]] || return 0
  write_note "$volume" "$digest" || warn "What the volume $volume belongs to could not be noted (see above)."
}

# A label cannot change, so the note is made anew.
write_note() {
  VOLUME_MADE=$(made_at "$1")
  [[ -n $VOLUME_MADE ]] || return 0 # nothing to note anything of
  docker volume rm "$1-note" >/dev/null 2>&1 || true
  docker volume create --label "$PROJECT_LABEL=$PROJECT" --label "$OWNER_LABEL=$ROOT" --label "$MADE_LABEL=$VOLUME_MADE" \
    --label "$PASSWORD_LABEL=$2" "$1-note" >/dev/null || return 1
  NOTED_OWNER=$ROOT NOTED_DIGEST=$2
}

forget_database_volume() { docker volume rm "$(volume_of postgres_data)-note" >/dev/null 2>&1 || true; }

# FOLDER DIGEST MADE
volume_note() {
  docker volume inspect --format "{{index .Labels \"$OWNER_LABEL\"}}{{\"\\t\"}}{{index .Labels \"$PASSWORD_LABEL\"}}{{\"\\t\"}}{{index .Labels \"$MADE_LABEL\"}}" \
    "$1-note" 2>/dev/null || true
}

# Empty where there is no such volume.
made_at() { docker volume inspect --format '{{.CreatedAt}}' "$1" 2>/dev/null || true; }

# With the volume's name, so that two volumes of one password do not show it. It never reads "password" back.
password_digest() {
  printf 'database password of the volume %s\n%s\n' "$1" "$(model_of password)" | sha256
}

# A name that no project has yet.
free_project_name() {
  local number=2
  while [[ -n $(docker volume ls -q --filter "label=$PROJECT_LABEL=$PROJECT-$number") ]]; do number=$((number + 1)); done
  printf '%s-%s' "$PROJECT" "$number"
}
