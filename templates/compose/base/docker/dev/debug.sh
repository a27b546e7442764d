#!/usr/bin/env bash
#@ 3 Django

## debug: The backend in this terminal: breakpoint() stops here; Ctrl-C ends it
##   Example: ./docker-dev.sh debug
# The server runs in a passing container of its own, with the backend's ports and name, so that the proxy finds it.
# Whatever ends the session, the ordinary backend comes back. Nothing heals what stands at a breakpoint.
cmd_debug() {
  local status=0
  prepare
  [[ -t 0 && -t 1 ]] || wrong_usage 'debug needs a terminal: it is where breakpoint() stops.'
  if ! is_running db || ! is_running redis; then launch "$(with_needs backend)" backend; fi
  docker compose stop backend >/dev/null 2>&1 || fail 'The backend could not be stopped (see above).' './docker-dev.sh status'
  CLEANUPS+=(bring_backend_back)
  say 'Put breakpoint() where you want to look. A saved file does not reload the server here. Ctrl-C ends it.'
  docker compose run --rm --service-ports --use-aliases --env HEAL_ON=never backend \
    python manage.py runserver --noreload 0.0.0.0:8000 || status=$?
  return "$status"
}

bring_backend_back() {
  say 'The ordinary backend comes back …'
  docker compose up --detach --no-deps --wait backend >/dev/null 2>&1 || {
    bad 'The backend did not come back.'
    hint './docker-dev.sh start shows why.'
  }
}
