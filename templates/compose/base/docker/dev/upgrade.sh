#!/usr/bin/env bash
#@ 6 Dependencies

## upgrade PART [package…]: The newest of all packages, or of some, that what asks for them allows
##   PART is backend (or python), frontend (or npm), or images: the newest of the tags in .env. Says what changed.
##   Releases younger than COOLDOWN_DAYS of .env (7) are left out; before the command, COOLDOWN_DAYS=0 takes an urgent one.
##   Where a step fails, the files are as they were.
##   Example: ./docker-dev.sh upgrade backend django
cmd_upgrade() {
  local part=$1
  shift
  case $part in
    backend | python) change_packages upgrade backend "$@" ;;
    frontend | npm) change_packages upgrade frontend "$@" ;;
    images)
      [[ $# -eq 0 ]] || wrong_usage 'The images are upgraded together.' './docker-dev.sh upgrade images'
      upgrade_images
      ;;
    *) wrong_usage "upgrade does not know \"$part\"." "$(cmd_help upgrade)" ;;
  esac
}

upgrade_backend() {
  local package flags=()
  [[ $# -gt 0 ]] || flags=(--upgrade)
  for package in "$@"; do
    [[ $package =~ ^[A-Za-z0-9] ]] || wrong_usage "\"$package\" is no name of a package."
    flags+=(--upgrade-package "$(printf '%s' "$package" | tr '[:upper:]_.' '[:lower:]--')")
  done
  lock_backend "${flags[@]}"
}

upgrade_frontend() { npm_lock update "$@"; }

# What ran goes on where one cannot be had.
upgrade_images() {
  local before after
  prepare
  before=$(image_ids)
  docker compose pull --ignore-buildable || fail 'Not every image could be had (see above); what ran goes on.'
  docker compose build --pull || fail 'The images could not be built (see above); what ran goes on.'
  after=$(image_ids)
  if [[ $before == "$after" ]]; then
    good 'Every image is the newest of its tag.'
  else
    comm -13 <(printf '%s\n' "$before") <(printf '%s\n' "$after") | while read -r image _; do say "  $image is new"; done
  fi
  launch ''
}

# NAME ID of each image of the model that is there.
image_ids() {
  local image id
  printf '%s\n' "$MODEL" | awk -F '\t' '$1 == "image" { print $3 }' | sort -u | while IFS= read -r image; do
    id=$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null) || id='-'
    printf '%s %s\n' "$image" "$id"
  done
}
