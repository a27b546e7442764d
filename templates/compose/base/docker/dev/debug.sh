#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
#@ 3 Django

## debug [--port]: The backend in this terminal: breakpoint() stops here; Ctrl-C ends it
##   --port  for an editor instead: debugpy listens on DEBUG_PORT of .env (5678) while this runs, and only then
##   Example: ./docker-dev.sh debug
# The server runs in a passing container of its own, with the backend's ports and name, so that the proxy finds it.
# Whatever ends the session, the ordinary backend comes back. Nothing heals what stands at a breakpoint.
cmd_debug() {
  local status=0 address host container
  local flags=(--rm --use-aliases --env HEAL_ON=never) server=(python)
  [[ -z ${1:-} || $1 == --port ]] || wrong_usage "debug does not know \"$1\"." "$(cmd_help debug)"
  prepare
  if [[ -n ${1:-} ]]; then
    require_debug_port
    server=(python -X frozen_modules=off -m debugpy --listen 0.0.0.0:5678)
    flags+=(--publish "$DEBUG_ADDRESS:$DEBUG_PORT:5678")
  fi
  [[ -n ${1:-} || (-t 0 && -t 1) ]] ||
    wrong_usage 'debug needs a terminal: it is where breakpoint() stops.' 'For an editor: ./docker-dev.sh debug --port'
  [[ -t 0 && -t 1 ]] || flags+=(-T)
  # Not --service-ports, which refuses a port beside them.
  while IFS=$'\t' read -r address host container; do
    [[ -z $host ]] || flags+=(--publish "${address/\*/0.0.0.0}:$host:$container")
  done < <(published_ports | sed -n $'s/^backend\t//p')
  if ! is_running db || ! is_running redis; then launch "$(with_needs backend)" backend; fi
  DEBUGGED=$PROJECT-debug
  CLEANUPS+=(bring_backend_back)
  docker rm --force "$DEBUGGED" >/dev/null 2>&1 || true # one that never started
  docker compose stop backend >/dev/null 2>&1 || fail 'The backend could not be stopped (see above).' './docker-dev.sh status'
  tell_proxy 'echo "proxy_read_timeout 1d;" >/tmp/debug.conf' ||
    warn 'nginx could not be told to wait: it answers for what stands at a breakpoint after 9 s.'
  if [[ -n ${1:-} ]]; then
    say "debugpy listens on $DEBUG_ADDRESS:$DEBUG_PORT; backend/ is /app there. docs/operations.md has the lines for the editor."
  else
    say 'Put breakpoint() where you want to look.'
  fi
  say 'A saved file does not reload the server here. Ctrl-C ends it.'
  set -- docker compose run "${flags[@]}" --name "$DEBUGGED" backend "${server[@]}" manage.py runserver --noreload 0.0.0.0:8000
  # Bash obeys a signal only when what it waits for has ended, unless that runs in the background, where no terminal is.
  if [[ -t 0 && -t 1 ]]; then "$@" || status=$?; else
    "$@" </dev/null &
    wait "$!" || status=$?
  fi
  [[ $status -eq 0 || $status -eq 130 ]] || warn "The session ended with $status (see above)."
  return "$status"
}

# On the address that the backend's own port has: BIND_ADDRESS.
require_debug_port() {
  DEBUG_PORT=${DEBUG_PORT:-$(env_value DEBUG_PORT)}
  DEBUG_PORT=${DEBUG_PORT:-5678}
  [[ $DEBUG_PORT =~ ^[0-9]+$ ]] || wrong_usage "DEBUG_PORT is no port: $DEBUG_PORT"
  DEBUG_ADDRESS=$(published_ports | awk -F '\t' '$1 == "backend" { print $2 == "*" ? "0.0.0.0" : $2; exit }')
  DEBUG_ADDRESS=${DEBUG_ADDRESS:-127.0.0.1}
  LISTENERS=$(listeners)
  ! is_listening "$DEBUG_ADDRESS" "$DEBUG_PORT" || [[ -z $(port_owner "$DEBUG_ADDRESS" "$DEBUG_PORT") ]] ||
    fail "Port $DEBUG_PORT, wanted by debugpy, is taken by $(port_owner "$DEBUG_ADDRESS" "$DEBUG_PORT")." \
      "Set another in .env, such as DEBUG_PORT=$(free_port "$DEBUG_PORT" ' ')"
}

# A breakpoint holds a request for as long as it takes; without one nginx gives up earlier (nginx/snippets/proxy.conf).
tell_proxy() {
  ! is_running proxy || docker compose exec -T proxy sh -c "$1 && nginx -s reload -c /opt/nginx/nginx.conf" >/dev/null 2>&1 </dev/null
}

bring_backend_back() {
  local said
  say 'The ordinary backend comes back …'
  # One that is not told only waits longer than it has to.
  tell_proxy 'rm -f /tmp/debug.conf' || true
  docker rm --force "$DEBUGGED" >/dev/null 2>&1 || true # a terminal that was closed leaves it running
  said=$(start_backend) || said=$(start_backend) || {
    printf '%s\n' "$said" >&2
    bad 'The backend did not come back.'
    hint './docker-dev.sh start shows why.'
    CLEANUP_FAILED=yes
  }
}

start_backend() { docker compose --progress plain up --detach --no-deps --wait backend 2>&1 </dev/null; }
