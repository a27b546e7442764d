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
