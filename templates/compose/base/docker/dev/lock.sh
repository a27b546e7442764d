#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
#@ 6 Dependencies

## lock [part]: Lock what requirements/*.in and package.json ask for; start installs it
##   Example: ./docker-dev.sh lock backend
cmd_lock() { in_parts lock "$@"; }

## add PART PACKAGE…: Add packages to backend or frontend: named, locked, installed, running
##   A version is not needed: the lock holds it. Types that mypy wants as a package of their own come along.
##   Where a step fails, the files are as they were.
##   For development only, in the frontend: ./docker-dev.sh npm install --save-dev PACKAGE
##   Example: ./docker-dev.sh add backend django-filter
cmd_add() { change_packages add "$@"; }

## remove PART PACKAGE…: Take packages away again
##   Example: ./docker-dev.sh remove frontend dayjs
cmd_remove() { change_packages remove "$@"; }

## npm [arguments…]: npm, in the frontend's folder
##   What would change packages does so as add, remove, upgrade and lock do: locked, installed, running.
##   Example: ./docker-dev.sh npm outdated
cmd_npm() {
  case ${1:-} in
    install | i | add)
      if [[ $# -gt 1 ]]; then
        cmd_add frontend "${@:2}"
      else
        require_docker
        cmd_lock frontend || fail 'The packages could not be locked (see above).'
        launch frontend frontend
      fi
      ;;
    uninstall | remove | rm | un)
      [[ $# -gt 1 ]] || wrong_usage "npm $1: which packages?" "$(cmd_help remove)"
      cmd_remove frontend "${@:2}"
      ;;
    update | upgrade | up) change_packages upgrade frontend "${@:2}" ;;
    ci) wrong_usage 'What is locked is installed with the image.' './docker-dev.sh start' ;;
    *) in_fresh_frontend lock npm "$@" ;;
  esac
}

## pip [arguments…]: pip, in the backend's container
##   install, uninstall: as add and remove do, locked, installed, running.
##   Example: ./docker-dev.sh pip list
cmd_pip() {
  case ${1:-} in
    install | uninstall)
      [[ " ${*:2}" != *' -'* && $# -gt 1 ]] || wrong_usage "pip $1 takes names of packages here, and no options: what is installed is what is locked." \
        './docker-dev.sh add backend PACKAGE, remove backend PACKAGE, upgrade backend [PACKAGE], lock backend'
      if [[ $1 == install ]]; then cmd_add backend "${@:2}"; else cmd_remove backend "${@:2}"; fi
      ;;
    *) in_backend_alone pip "$@" ;;
  esac
}

# change_packages CHANGE PART PACKAGES…: where a step fails, the files are as they were.
change_packages() {
  local change=$1 part=$2 users
  shift 2
  [[ $part == backend || $part == frontend ]] || wrong_usage "$change does not know \"$part\"." "$(cmd_help "$change")"
  require_docker
  ensure_env
  load_model
  refuse_foreign_project
  "keep_inputs_of_$part"
  "${change}_$part" "$@" || fail "That could not be done: $change $* (see above)."
  show_lock_changes "$part" "$KEPT" || warn 'What the new lock changes could not be told (see above).'
  KEPT=''
  CONSEQUENCE=''
  good "$change $part: ${*:-all}"
  users=$(users_of "$part")
  # shellcheck disable=SC2086 # one name, one argument
  launch "$users" $users
}

KEPT=''

keep_inputs_of_backend() { keep_inputs backend/requirements/*; }
keep_inputs_of_frontend() { keep_inputs frontend/package.json frontend/package-lock.json; }

keep_inputs() {
  new_temporary
  tar -cf "$REPLY" "$@" || fail 'The files could not be kept aside (see above).'
  KEPT=$REPLY
  CONSEQUENCE='All files are as they were.'
  CLEANUPS+=(put_inputs_back)
}

put_inputs_back() { [[ -z $KEPT ]] || tar -xf "$KEPT"; }

# lock_backend [uv FLAGS…]. Where a step fails nothing is said to be locked: in_parts looks at what comes back.
# base first: dev is constrained by what it came to. For every system, not only the container's, so that
# an editor on the host can install the same; with the hashes that the Dockerfile demands.
# What is locked already stays, however young: it was taken on purpose.
lock_backend() {
  cooldown_begin
  # shellcheck disable=SC2016 # expanded in the container
  set -- sh -ec '
    export HOME=/tmp UV_CACHE_DIR=/tmp/uv PATH="$PATH:/tmp/lock/bin"
    begin=$0 kept=
    cd requirements
    if ! command -v uv >/dev/null; then
      python -m venv /tmp/lock
      locked=$(sed -n "s/^\(uv==[^ ;]*\).*/\1/p" dev.txt)
      /tmp/lock/bin/pip install --quiet --disable-pip-version-check "${locked:-uv}"
    fi
    for name in $(sed -n "s/^\([A-Za-z0-9._-]*\).*==.*/\1/p" base.txt dev.txt | sort -u); do
      case " $* " in *" --upgrade "* | *" --upgrade-package $name "*) ;; *) kept="$kept --exclude-newer-package $name=false" ;; esac
    done
    for file in base.in dev.in; do
      uv pip compile "$@" ${begin:+--exclude-newer "$begin" $kept} --quiet --universal --generate-hashes \
        --no-emit-index-url --no-header --no-annotate --no-strip-extras --python-version 3.12 "$file" --output-file "${file%.in}.txt"
    done' "$REPLY" "$@"
  load_model
  if lacks_image backend; then
    in_base_image backend PYTHON_IMAGE "$@"
  else
    in_backend_as_owner "$@"
  fi || {
    tell_cooldown
    return 1
  }
  good 'backend/requirements/*.txt are locked.'
}

# An image that cannot be built because its lock is wrong is no place to lock in: then in the one that it is built from.
in_base_image() {
  local part=$1 image user
  image=$(model_of argument "$2")
  user=$(owner)
  shift 2
  [[ -n $user ]] || user=$(id -u):$(id -g)
  docker run --rm --user "$user" --volume "$ROOT/$part:/app" --workdir /app "$image" "$@" </dev/null
}

lock_frontend() {
  npm_lock install || return
  good 'frontend/package-lock.json is locked.'
}

add_backend() {
  local package
  for package in "$@"; do
    [[ $package =~ ^[A-Za-z0-9] ]] || wrong_usage "\"$package\" is no name of a package."
    ! is_required "$package" || fail "backend/requirements asks for $package already." './docker-dev.sh lock backend'
    printf '%s\n' "$package" >>backend/requirements/base.in || return
  done
  add_stubs_of "$@" || return
  lock_backend
}

remove_backend() {
  local package stubs file
  for package in "$@"; do
    is_required "$package" || wrong_usage "backend/requirements/*.in do not ask for $package."
    for file in backend/requirements/*.in; do
      for stubs in "$package" "types-$package"; do
        new_temporary
        without_requirement "$stubs" "$file" >"$REPLY" && cat "$REPLY" >"$file" || return
      done
    done
  done
  lock_backend
}

add_frontend() { npm_lock install "$@"; }
remove_frontend() { npm_lock uninstall "$@"; }

# npm leaves what is locked as it is; `update` takes it to what is allowed.
npm_lock() {
  cooldown_begin
  set -- npm "$1" --package-lock-only --ignore-scripts --no-fund --no-audit ${REPLY:+"--before=$REPLY"} "${@:2}"
  load_model
  # The volume of node_modules belongs to the container's own user, and npm wants to write there, too.
  if lacks_image frontend || [[ -n $(owner) ]]; then
    in_base_image frontend NODE_IMAGE env HOME=/tmp "$@"
  else
    in_fresh_frontend lock "$@"
  fi || {
    tell_cooldown
    return 1
  }
}
