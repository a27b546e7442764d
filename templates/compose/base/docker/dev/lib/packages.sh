#!/usr/bin/env bash
# The packages of a frontend that runs.

# A server whose packages were removed goes on with those that it has read, and answers its health check. Stopped, it is
# started again with the others, and installs them first.
stop_without_packages() {
  local container found
  container=$(docker ps -q --filter "label=$PROJECT_LABEL=$PROJECT" --filter "label=$SERVICE_LABEL=frontend" \
    --filter label=com.docker.compose.oneoff=False --filter health=healthy) ||
    fail 'Docker does not say whether the frontend runs (see above).' './docker-dev.sh doctor'
  [[ -n $container ]] || return 0
  found=$(docker exec "$container" sh -c '[ -d node_modules/vite ] || echo none' </dev/null) || return 0 # the start tells
  [[ $found == none ]] || return 0
  say 'The packages of the frontend are gone: they are installed anew.'
  docker stop "$container" >/dev/null || fail 'The frontend could not be stopped (see above).' './docker-dev.sh restart frontend'
}
