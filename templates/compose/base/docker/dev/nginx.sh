#!/usr/bin/env bash
#@ 7 Check and mend

## reload: Test and use the nginx configuration as it is now
##   A configuration that nginx refuses is not used.
##   Example: ./docker-dev.sh reload
# An editor that saves by renaming leaves the container with the old file: the bind mount follows
# the inode. Such a container is made anew; a reload would read the old file and say that all is well.
cmd_reload() {
  load_model
  if ! is_mounted_file_stale proxy; then
    in_service proxy nginx -t || fail 'nginx refuses the configuration; the old one stays in use.'
    in_service proxy nginx -s reload || fail 'nginx could not be told to read its configuration (see above).'
    good 'nginx has read its configuration.'
    return
  fi
  docker compose run --rm -T --no-deps proxy nginx -t ||
    fail 'nginx refuses the configuration; the old one stays in use.'
  docker compose up --detach --no-deps --force-recreate --wait proxy || fail 'The proxy did not come up (see above).' './docker-dev.sh logs proxy'
  good 'nginx runs anew with the configuration as it is now.'
}

# True if a file mounted into the service differs from the one that now has its name.
is_mounted_file_stale() {
  local container mounts source target
  container=$(container_of "$1") || explain_silence_of_docker
  [[ -n $container ]] || fail "$1 is not running." './docker-dev.sh start starts it.'
  mounts=$(docker inspect --format \
    '{{range .Mounts}}{{if eq .Type "bind"}}{{.Source}}{{"\t"}}{{.Destination}}{{"\n"}}{{end}}{{end}}' "$container") ||
    explain_silence_of_docker
  while IFS=$'\t' read -r source target; do
    [[ -f $source ]] || continue
    docker exec "$container" cat "$target" </dev/null 2>/dev/null | cmp -s - "$source" || return 0
  done <<<"$mounts"
  return 1
}
