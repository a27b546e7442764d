#!/usr/bin/env bash
# What the machine must have: Docker Engine, Compose, and a daemon that answers.

MIN_ENGINE=25.0  # start_interval: health checks every second while a container starts
MIN_COMPOSE=2.24 # the Compose that passes start_interval and develop.watch on as this file uses them

require_docker() {
  require_client
  require_compose
  require_daemon
}

require_client() {
  command -v docker >/dev/null 2>&1 ||
    tool_missing 'Docker is not installed: there is no "docker" on the PATH.' \
      'Install Docker Desktop, or Docker Engine with its Compose plugin, and try again.'
}

require_compose() {
  local version
  version=$(docker compose version --short 2>/dev/null) ||
    tool_missing 'This Docker has no Compose ("docker compose").' \
      'Install the plugin docker-compose-plugin; the older docker-compose is not enough.'
  is_at_least "$version" "$MIN_COMPOSE" ||
    tool_missing "Docker Compose $version is too old: $MIN_COMPOSE or newer is needed." 'Update Docker.'
}

require_daemon() {
  local version
  if ! version=$(docker version --format '{{.Server.Version}}' 2>&1); then
    explain_silence "$version"
  fi
  is_at_least "$version" "$MIN_ENGINE" ||
    tool_missing "Docker Engine $version is too old: $MIN_ENGINE or newer is needed." 'Update Docker.'
}

# After a failure that may have been Docker's: says so if it was, and ends as a failure anyway.
explain_silence_of_docker() {
  require_docker
  # Production reads other files.
  [[ -e .env || -n ${COMPOSE_ENV_FILES:-} ]] || fail 'There is no .env yet.' './docker-dev.sh start writes it.'
  fail 'Docker could not answer (see above).' './docker-dev.sh doctor'
}

# The client's words tell a daemon that is down from one that may not be asked.
explain_silence() {
  printf '%s\n' "$1" | sed 's/^/  /' >&2
  if [[ $1 == *'ermission denied'* ]]; then
    fail 'You may not talk to the Docker daemon.' \
      "Add yourself to its group (sudo usermod -aG docker $(id -un)), then log in again."
  fi
  fail 'The Docker daemon does not answer.' \
    'Start Docker Desktop, or the service: sudo systemctl start docker'
}

# is_at_least VERSION MINIMUM: compares major and minor; "28.5.2+dfsg" and "v2.24.1" are understood.
is_at_least() {
  local have=${1#v} want=$2 have_minor want_minor
  have_minor=${have#*.} want_minor=${want#*.}
  have=$(digits "$have") have_minor=$(digits "$have_minor")
  ((have > ${want%%.*} || (have == ${want%%.*} && have_minor >= want_minor)))
}

digits() {
  local number=${1%%[^0-9]*}
  printf '%s' "${number:-0}"
}
