#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2034,SC2153 # the variables in single quotes are the containers'
# A release: two images of one tag, and a folder of files in nginx's volume. The last three are kept.

KEPT_RELEASES=3

build_release() {
  export RELEASE
  RELEASE=$(date -u +%Y%m%d-%H%M%S)
  say "Building the release $RELEASE"
  docker compose --progress plain build --quiet backend publish-frontend </dev/null || fail 'The release could not be built (see above).'
}

# The first start, or one after "down".
start_release() {
  bring_up_production db redis
  migrate_production
  publish_files
  # All but the proxy first: a volume takes its owner from the first image that has a folder there.
  services_but proxy
  # shellcheck disable=SC2086 # one name, one argument
  bring_up_production $REPLY
  bring_up_production proxy
  switch_files
  note_release
  remove_old_images
}

# services_but REGEX: into REPLY. Without a name Compose takes all: nobody goes on without the answer.
services_but() {
  REPLY=$(docker compose config --services) || fail 'The services are not known (see above).'
  REPLY=$(printf '%s\n' "$REPLY" | grep -vxE "$1" || true)
}

bring_up_production() {
  docker compose up --detach --wait --wait-timeout 180 "$@" </dev/null && return
  docker compose logs --tail 20 "$@" >&2 || true
  fail 'Not all came up healthy (see above).'
}

# Before the switch, for the code that runs must bear the new tables, and the new code needs them.
migrate_production() {
  docker compose run --rm -T migrate </dev/null || fail 'The migrations failed (see above).'
}

publish_files() {
  local job
  for job in publish-frontend publish-static; do
    docker compose run --rm -T "$job" </dev/null || fail 'The files of the release could not be put where nginx serves them (see above).'
  done
}

switch_files() {
  offer_releases
  docker compose run --rm -T switch-files </dev/null || fail 'nginx could not be given the files of the release (see above).'
}

# The new backend runs beside the old one, is healthy, gets all requests; then the old one finishes its own and goes.
replace_release() {
  local old new
  find_running backend
  old=$REPLY
  [[ -n $old ]] || fail 'No backend is running whose place could be taken.' './docker-dev.sh prod up'
  publish_files
  # By its own name: under the service's, nginx would find the new one, too, before it can answer.
  send_requests_to_container "${old%%$'\n'*}" || fail 'nginx could not be told (see above).'
  docker compose up --detach --no-deps --no-recreate --scale "backend=$(($(wc -l <<<"$old") + 1))" backend </dev/null || fail 'The new backend could not be started (see above).'
  find_running backend
  new=$(printf '%s\n' "$REPLY" | grep -vxF -- "$old" || true)
  if ! await_healthy "$new"; then
    docker logs --tail 200 "$new" >&2 || true
    give_up "$new" 'The new backend did not become healthy (see above).'
  fi
  send_requests_to_container "$new" wait || give_up "$new" 'nginx could not be told of the new backend (see above).'
  switch_files
  note_release
  CONSEQUENCE="The release $RELEASE serves. Once that is mended, the next deployment clears up: ./docker-dev.sh prod deploy"
  # shellcheck disable=SC2086 # one container, one argument
  { docker stop --time 40 $old && docker rm --volumes $old; } >/dev/null || fail 'The old backend could not be ended (see above).'
  send_requests_to backend || fail 'nginx could not be told that all is done (see above).'
  replace_others
  remove_old_images
}

# give_up CONTAINER MESSAGE: the old one serves on, alone.
give_up() {
  docker rm --force --volumes "$1" >/dev/null 2>&1 || true
  send_requests_to backend || true
  fail "$2"
}

# What takes no requests is ended in order and started anew.
replace_others() {
  services_but 'db|redis|backend|proxy'
  # shellcheck disable=SC2086 # one name, one argument
  [[ -z $REPLY ]] || docker compose up --detach --no-deps --wait --wait-timeout 180 $REPLY </dev/null || fail 'The backend serves, but not all else came up (see above).'
}

# All that uses the database.
stop_production() {
  services_but 'db|redis|proxy'
  # shellcheck disable=SC2086 # one name, one argument
  docker compose stop $REPLY </dev/null || fail 'Not all could be stopped (see above).'
}

await_healthy() {
  local state
  for ((tries = 0; tries < 240; tries++)); do
    state=$(docker inspect --format '{{.State.Status}} {{.State.Health.Status}} {{.RestartCount}}' "$1") || return 1
    case $state in
      'running healthy '*) return 0 ;;
      *' unhealthy '* | exited*) return 1 ;;
    esac
    [[ ${state##* } -lt 2 ]] || return 1
    sleep 0.5
  done
  return 1
}

# send_requests_to NAME [wait]: nginx's new processes ask only this one; its old ones finish what they have begun, which is
# waited for.
send_requests_to() {
  docker compose exec -T proxy sh -euc '
    echo "server $0:8000 resolve max_fails=0;" >/tmp/backend.conf
    old=$(grep -l "^nginx: worker process" /proc/[0-9]*/cmdline 2>/dev/null || true)
    nginx -c /opt/nginx/production.conf -s reload 2>/dev/null
    [ -n "$1" ] || exit 0
    for i in $(seq 70); do
      left=0
      for worker in $old; do [ ! -e "$worker" ] || left=1; done
      [ $left = 1 ] || exit 0
      sleep 0.5
    done' "$1" "${2:-}" </dev/null
}

# send_requests_to_container ID [wait]
send_requests_to_container() {
  local name
  name=$(docker inspect --format '{{slice .Name 1}}' "$1") || return
  send_requests_to "$name" "${2:-}"
}

# The release that serves is the last line. Renamed into place: a full disk leaves the list as it was.
note_release() {
  releases_from_now >"$RELEASES.new" || fail "$RELEASES.new cannot be written (see above)."
  mv -f "$RELEASES.new" "$RELEASES" || fail "$RELEASES cannot be written (see above)."
}

releases_from_now() {
  {
    grep -vxF -- "$RELEASE" "$RELEASES" 2>/dev/null || true
    printf '%s\n' "$RELEASE"
  } | tail -n "$KEPT_RELEASES"
}

# switch-files removes the files of all others.
offer_releases() {
  FILES_KEPT=$(releases_from_now)
  export FILES_KEPT=${FILES_KEPT//$'\n'/ }
}

# What nobody can go back to any more.
remove_old_images() {
  local image old
  for image in "$(release_image backend)" "$(release_image frontend)"; do
    for old in $(docker image ls --format '{{.Tag}}' "${image%:*}" | grep -vxF -f "$RELEASES" || true); do
      docker image rm "${image%:*}:$old" >/dev/null 2>&1 || true
    done
  done
}

# release_image PART: as docker-compose.prod.yml and docker-compose.swarm.yml name it.
release_image() {
  local registry=''
  [[ -z ${NODES:-} ]] || registry=$(prod_value REGISTRY)
  printf '%s' "${registry:+$registry/}$PROJECT-$1:$RELEASE"
}

release_before() { { grep -vxF -- "$RELEASE" "$RELEASES" 2>/dev/null || true; } | tail -n 1; }

# roll_back_by COMMAND: it has the release before take the place of this one.
roll_back_by() {
  local previous
  previous=$(release_before)
  [[ -n $previous ]] || fail 'There is no release before this one.'
  refuse_unfit_production
  CONSEQUENCE="The release $RELEASE serves on."
  export RELEASE=$previous
  "$1"
  good "Release $RELEASE serves again after $SECONDS seconds."
  hint 'Migrations stay: the older code meets the newer tables.'
}
