#!/usr/bin/env bash
# shellcheck disable=SC2034,SC2153 # other files read some of these variables
# Production on a Docker Swarm: the services of docker-compose.prod.yml as a stack, on as many machines as there are.

# From here on Compose and prod_value speak of the swarm.
enter_swarm() {
  local nodes
  require_docker # without an answer it would be "no swarm"
  export COMPOSE_FILE=$COMPOSE_FILE:$ROOT/docker-compose.swarm.yml
  export HEAL_ON=never # a task that is not healthy is replaced: nothing ends itself
  [[ $(docker info --format '{{.Swarm.ControlAvailable}}') == true ]] ||
    fail 'This machine manages no swarm.' 'To begin one: docker swarm init (docs/swarm.md)'
  nodes=$(docker node ls --format '{{.Status}} {{.Availability}}') || fail 'The nodes of the swarm are not known (see above).'
  PROD_VALUES=$(docker compose config --environment) || fail 'docker-compose.swarm.yml and .env.prod do not fit together (see above).'
  REPLICAS=$(prod_value BACKEND_REPLICAS)
  REPLICAS=${REPLICAS:-2}
  NODES=$(grep -c '^Ready Active' <<<"$nodes" || true)
  case $(prod_value SWARM_PUBLISH) in
    '' | ingress) ;;
    host) export SWARM_PROXY_ORDER=stop-first ;; # two cannot have one port
    *) fail "SWARM_PUBLISH in .env.prod is \"$(prod_value SWARM_PUBLISH)\"." 'ingress or host: docs/swarm.md' ;;
  esac
  [[ $(wc -l <<<"$nodes") -eq 1 || -n $(prod_value REGISTRY) ]] ||
    fail 'REGISTRY in .env.prod is empty: where the other nodes get the images from.' 'docs/swarm.md'
  [[ -n $(docker node ls --quiet --filter node.label=data=true) ]] ||
    fail 'No node of the swarm is the one for the data.' 'docker node update --label-add data=true NODE'
}

refuse_beside_compose() {
  find_running backend
  [[ -z $REPLY || -n $(docker inspect --format '{{index .Config.Labels "com.docker.stack.namespace"}}' "${REPLY%%$'\n'*}") ]] ||
    fail "$PROJECT runs here without a swarm." './docker-dev.sh prod down first: the data stays, and the node with the label data goes on with it'
}

prod_deploy_swarm() {
  local before=$RELEASE
  refuse_unfit_production
  refuse_beside_compose
  [[ -z $before ]] || CONSEQUENCE="The release $before serves on."
  build_release
  if [[ -n $(prod_value REGISTRY) ]]; then
    docker compose --profile '*' push --quiet backend publish-frontend </dev/null || fail 'The release could not be pushed to REGISTRY (see above).'
  fi
  roll_out migrate
  good "Release $RELEASE serves after $SECONDS seconds."
}

prod_rollback_swarm() { roll_back_by roll_out; }

# Docker itself would wait for the tasks of a node that is down, for as long as it is.
prod_down_swarm() {
  local ids nodes left tries
  ids=$(docker stack services --quiet "$PROJECT") || fail 'The swarm does not tell what it runs (see above).'
  docker stack rm "$PROJECT" || fail 'Not all could be removed (see above).'
  [[ -n $ids ]] || return 0
  for ((tries = 0; tries < 180; tries++)); do
    nodes=$(docker node ls --format '{{.Status}} {{.ID}}') || fail 'The nodes of the swarm are not known (see above).'
    # shellcheck disable=SC2046 # one node, one argument
    left=$(docker node ps --format '{{.Name}}' $(sed -n 's/^Ready //p' <<<"$nodes")) || fail 'The swarm does not tell what still runs (see above).'
    # Of a service that is removed, its id stands where its name was.
    grep -qE "^(${ids//$'\n'/|})" <<<"$left" || break
    sleep 0.5
  done
  [[ $tries -lt 180 ]] || fail 'Not all of it has ended after 90 seconds.' "docker stack ps $PROJECT"
  [[ $nodes != *Down* ]] || warn 'A node is down: what runs there of it ends when the node is back.'
}

prod_status_swarm() {
  say "Release ${RELEASE:-none yet}"
  {
    docker stack services --format 'table {{.Name}}\t{{.Replicas}}\t{{.Image}}\t{{.Ports}}' "$PROJECT" &&
      docker stack ps --filter desired-state=running --format 'table {{.Name}}\t{{.Node}}\t{{.CurrentState}}\t{{.Error}}' "$PROJECT"
  } || fail 'The swarm does not tell (see above).'
}

# roll_out [migrate]: files and migrations before the code that wants them, and nginx's pages after it.
roll_out() {
  say 'Database and Redis'
  deploy_services db redis
  say 'Files and migrations'
  deploy_services publish-frontend "$@"
  deploy_services publish-static
  services_but 'db|redis'
  say "The release, one task after the other"
  # shellcheck disable=SC2086 # one name, one argument
  deploy_services $REPLY
  CONSEQUENCE="The release $RELEASE answers, with the pages of the one before."
  offer_releases
  deploy_services switch-files
  note_release
  CONSEQUENCE=''
  remove_old_images
  remove_unused_files
}

# deploy_services NAME…: returns when the swarm has come to rest, and all is as it was asked for.
deploy_services() {
  local config stack name status=0
  config=$(docker compose --profile '*' config --format json) || fail 'The services are not known (see above).'
  stack=$(in_python docker/dev/stack.py "$@" <<<"$config") || fail 'No stack file could be made (see above).'
  # It returns when the swarm has come to rest; where an image cannot be had, that is never.
  timeout "${SWARM_SECONDS:-900}" docker stack deploy --compose-file - --with-registry-auth --quiet --detach=false "$PROJECT" <<<"$stack" || status=$?
  for name in "$@"; do came_up "$name" || withdraw_release "$name" "$@"; done
  [[ $status -eq 0 ]] || fail 'The swarm has not taken all of that (see above).' './docker-dev.sh prod status --swarm'
}

# came_up NAME: its last update is done, and as many tasks are healthy, or have ended well, as there should be.
came_up() {
  local update replicas tries
  # Docker takes it for done some seconds before the swarm does, which watches the last task for as long as it is told to.
  for ((tries = 0; tries < 60; tries++)); do
    update=$(docker service inspect --format '{{with .UpdateStatus}}{{.State}}{{end}}' "${PROJECT}_$1") || return 1
    [[ $update == updating || $update == rollback_started ]] || break
    sleep 0.5
  done
  replicas=$(docker service ls --filter "name=${PROJECT}_$1" --format '{{.Name}} {{.Replicas}}' | sed -n "s/^${PROJECT}_$1 //p")
  case $update in '' | completed) ;; *) return 1 ;; esac
  [[ $replicas =~ ^([0-9]+)/([0-9]+) ]] || return 1
  if [[ $replicas == *completed* ]]; then
    [[ $replicas =~ \(([0-9]+)/([0-9]+)\ completed\) && ${BASH_REMATCH[1]} -eq ${BASH_REMATCH[2]} ]]
  else
    [[ ${BASH_REMATCH[1]} -ge ${BASH_REMATCH[2]} ]] # more: one is still finishing its requests
  fi
}

# withdraw_release NAME SERVICE…: tells why the first did not come up. The swarm has put that one back already; where another of them
# runs this release, it goes back, too: one release serves, and works.
withdraw_release() {
  local failed=$1 name
  shift
  docker service ps --no-trunc --format '{{.Name}} {{.CurrentState}} {{.Error}}' "${PROJECT}_$failed" | head -n 6 >&2 || true
  timeout 10 docker service logs --raw --tail 20 "${PROJECT}_$failed" >&2 || true
  for name in "$@"; do
    runs_release "$name" || continue
    timeout "${SWARM_SECONDS:-900}" docker service rollback --quiet --detach=false "${PROJECT}_$name" || {
      bad "$name could not be put back (see above)."
      CONSEQUENCE="It runs the release $RELEASE."
    }
  done
  fail "$failed did not come up (see above)."
}

# runs_release NAME: of this release, and there was another one before it. A job does not run: it has run.
runs_release() {
  local image
  image=$(docker service inspect --format '{{if and .PreviousSpec .Spec.Mode.Replicated}}{{.Spec.TaskTemplate.ContainerSpec.Image}}{{end}}' "${PROJECT}_$1") || return 1
  [[ $image == *":$RELEASE"* ]]
}

# Configs and secrets that no service has any more; the swarm keeps the others.
remove_unused_files() {
  local kind name
  for kind in config secret; do
    for name in $(docker "$kind" ls --quiet --filter "label=com.docker.stack.namespace=$PROJECT"); do
      docker "$kind" rm "$name" >/dev/null 2>&1 || true
    done
  done
}

# in_python FILE [arguments…]: the release's own, so that this machine needs none.
in_python() {
  docker run --rm -i --network none --user "$(id -u):$(id -g)" --volume "$ROOT:$ROOT:ro" --workdir "$ROOT" \
    --entrypoint python "$(release_image backend)" "$@"
}
