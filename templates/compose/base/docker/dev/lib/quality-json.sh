#!/usr/bin/env bash
# The checks for programs: what each found, as one document.

# in_parts_or_json TASK ARGUMENTS…: --json may stand anywhere among them.
in_parts_or_json() {
  local argument json=''
  local arguments=()
  for argument in "$@"; do
    if [[ $argument == --json ]]; then json=yes; else arguments+=("$argument"); fi
  done
  if [[ -n $json ]]; then json_of_parts "${arguments[@]}"; else in_parts "$@"; fi
}

# json_of_parts TASK [PART] [ARGUMENTS…]: ends with 1 where one has failed. What the tools print goes into the document.
json_of_parts() {
  local task=$1 parts='backend frontend' part parsed='' failed=0 code begun log
  shift
  case ${1:-} in
    backend | frontend)
      parts=$1
      shift
      ;;
    '') ;;
    *) wrong_usage "$task does not know \"$1\"." "$(cmd_help "$task")" ;;
  esac
  new_temporary
  log=$REPLY
  for part in $parts; do
    code=0 begun=$SECONDS
    ("${task}_$part" "$@") >"$log" 2>&1 </dev/null || code=$?
    [[ $code -eq 0 ]] || failed=1
    parsed+=${parsed:+,}$(awk -v part="$part" -v code="$code" -v seconds="$((SECONDS - begun))" -f "$ROOT/docker/dev/lib/findings.awk" "$log")
  done
  printf '{"task":"%s","ok":%s,"parts":[%s]}\n' "$task" "$([[ $failed -eq 0 ]] && echo true || echo false)" "$parsed"
  return "$failed"
}
