#!/usr/bin/env bash
# nginx, and the configuration that it runs with.

# reload_nginx FILE WHERE: no request is lost. nginx answers the signal with nothing: that it has read FILE is seen by a new
# worker. WHERE it says why there is none.
reload_nginx() {
  # shellcheck disable=SC2016 # for the shell in the container
  docker compose exec -T proxy sh -euc '
    workers() { grep -l "^nginx: worker process" /proc/[0-9]*/cmdline 2>/dev/null || true; }
    old=" $(echo $(workers)) "
    nginx -s reload -c "$0"
    for i in $(seq 50); do
      for worker in $(workers); do case $old in *" $worker "*) ;; *) exit 0 ;; esac done
      sleep 0.1
    done
    exit 1' "$1" </dev/null || fail 'nginx has not taken up its configuration; the old one stays in use.' "Why: $2"
}

# Every second or two nginx asks for the addresses. Until then it answers 502 or 504 for a service that came back and is
# healthy.
await_proxy() {
  local service
  [[ $(container_fact proxy 2) == healthy ]] || return 0
  for service in frontend:/ backend:/api/v1/health/live/; do
    [[ $(container_fact "${service%:*}" 2) == healthy ]] || continue
    # shellcheck disable=SC2016 # for the shell in the container
    docker exec "$(container_fact proxy 9)" sh -c '
      end=$(($(date +%s) + 10))
      until said=$(wget -qO /dev/null -T 5 "http://127.0.0.1$0" 2>&1) || [ "${said#*HTTP*50[24]}" = "$said" ]; do
        [ "$(date +%s)" -lt "$end" ] || { echo "$said" >&2; exit 1; }
        sleep 0.1
      done' "${service#*:}" </dev/null ||
      fail "nginx does not reach the ${service%:*}, which is healthy (see above)." './docker-dev.sh logs proxy'
  done
}
