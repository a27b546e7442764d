#!/usr/bin/env bash
# Runs commands in containers: in the one that runs already, or in a passing one where that can do as well.

# in_service SERVICE COMMAND…: in the running container; ends as it ends.
in_service() { run_in_service '' "$@"; }

# in_backend COMMAND…: in the backend, also where it does not run: then in a passing container, with what it needs
# started. So what mends a backend that does not start can be run while it does not.
in_backend() { run_in_backend '' '' "$@"; }

# The same for what looks at the code only, and needs neither database nor cache.
in_backend_alone() { run_in_backend '' --no-deps "$@"; }

# The same for a command that writes the source. Where the caller is root, the container's own user need not be the one
# that the files belong to: then it is done as that one, so that they stay whose they are.
in_backend_as_owner() { run_in_backend "$(owner)" --no-deps "$@"; }

owner() { [[ $(id -u) -ne 0 ]] || checkout_owner; }

checkout_owner() { stat -c %u:%g "$ROOT" 2>/dev/null || stat -f %u:%g "$ROOT"; }

# as_owner USER: the flags for that. A root that owns the files has only its usual right to them, which the services
# gave away, and no other.
as_owner() {
  OWNER_FLAGS=()
  [[ -z $1 ]] || OWNER_FLAGS=(--user "$1" --env HOME=/tmp)
  [[ $1 != 0:* ]] || OWNER_FLAGS+=(--cap-add DAC_OVERRIDE)
}

run_in_backend() {
  local user=$1 needs=$2
  local flags=(run --rm)
  shift 2
  if [[ ! -e .env ]] || is_well backend; then
    run_in_service "$user" backend "$@"
    return
  fi
  hint 'backend is not well: a passing container does it.'
  [[ -t 0 && -t 1 ]] || flags+=(-T)
  [[ -z $needs ]] || flags+=("$needs")
  as_owner "$user"
  docker compose "${flags[@]}" ${OWNER_FLAGS[@]+"${OWNER_FLAGS[@]}"} ${PASS_ON[@]+"${PASS_ON[@]}"} backend "$@" || after_failure "$?"
}

# Flags that name, without their values, variables to hand in: ps shows no secret then.
PASS_ON=()

run_in_service() {
  local user=$1 service=$2
  local flags=(exec)
  shift 2
  [[ -t 0 && -t 1 ]] || flags+=(-T)
  [[ -z $user ]] || flags+=(--user "$user")
  docker compose "${flags[@]}" ${PASS_ON[@]+"${PASS_ON[@]}"} "$service" "$@" || after_failure "$?" "$service"
}

# One that keeps crashing runs, too, for a second at a time.
is_well() {
  local container
  container=$(docker compose ps -q --status running "$1" 2>/dev/null)
  [[ -n $container && $(docker inspect --format '{{.State.Health.Status}}' "$container" 2>/dev/null) == healthy ]]
}

is_running() { [[ -n $(docker compose ps -q --status running "$1" 2>/dev/null) ]]; }

# Was it the tool in the container, or is there no container to run it in?
after_failure() {
  require_docker
  if [[ ! -e .env ]]; then
    hint 'There is no .env yet: ./docker-dev.sh start writes it.'
  elif [[ -n ${2:-} ]] && ! is_running "$2"; then
    load_whole_model
    require_service "$2"
    hint "$2 is not running: ./docker-dev.sh start starts it."
  fi
  return "$1"
}
