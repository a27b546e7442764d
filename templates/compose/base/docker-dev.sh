#!/usr/bin/env bash
# The one command of this project: ./docker-dev.sh help lists all it can do.
#
# Every command is a function cmd_NAME in docker/dev/*.sh, described by the "##" line above it;
# what they share lies in docker/dev/lib/. Commands of your own go into commands/*.sh, in the same way: no update of the
# rest touches them, and one of the same name takes the place of ours. After a change here: ./docker-dev.sh self-test
# Exit codes: 0 done, 1 failure, 2 wrong usage, 4 a tool is missing, 130 interrupted; a command
# that runs a tool in a container ends with that tool's own code.
# Works with Bash 3.2, the one that macOS has: no associative arrays, mapfile or ${x,,}.
set -euo pipefail

# The folder of this script, wherever it is called from and through whatever links.
script_folder() {
  local path=${BASH_SOURCE[0]} target
  while [[ -L $path ]]; do
    target=$(readlink "$path")
    [[ $target == /* ]] || target=$(dirname "$path")/$target
    path=$target
  done
  (cd -P "$(dirname "$path")" && pwd)
}

# shellcheck disable=SC2034 # the paths that a caller types are relative to this
CALLER_DIR=$PWD
ROOT=$(script_folder)
cd "$ROOT"
export MSYS_NO_PATHCONV=1 # Git Bash on Windows would rewrite the paths meant for containers.
export COPYFILE_DISABLE=1 # tar on macOS would put a file of its own beside each.

COMMAND_FILES=("$ROOT"/docker/dev/*.sh)
[[ ! -d $ROOT/commands ]] || for file in "$ROOT"/commands/*.sh; do
  [[ ! -f $file ]] || COMMAND_FILES+=("$file")
done
for file in "$ROOT"/docker/dev/lib/*.sh "${COMMAND_FILES[@]}"; do
  # shellcheck source=/dev/null
  source "$file"
done

trap cleanup EXIT
end_by_signals

main() {
  local name=${1:-help}
  [[ $# -eq 0 ]] || shift
  case $name in
    -h | --help) name=help ;;
  esac
  is_command "$name" || unknown_command "$name"
  if [[ ${1:-} == -h || ${1:-} == --help ]] && ! takes_any_arguments "$name"; then
    cmd_help "$name"
    return
  fi
  check_arguments "$name" "$@"
  case $name in
    help | completion | self-test) ;;
    *) require_client ;; # all else asks Docker
  esac
  "$(function_of "$name")" "$@"
}

# Braces: Bash reads to the end before it runs, so an edit of this file cannot change a running command.
{
  main "$@"
  exit
}
