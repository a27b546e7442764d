#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
#@ 8 Production

## prod ACTION [arguments…]: Run production on this machine: prod help
##   up                          the first release, or the last one again
##   deploy [--swarm]            build what is checked out, and take its place without a gap
##   rollback [--swarm]          the release before takes its place again; migrations are not undone
##   down [--swarm]              stop and remove the containers; the data stays
##   status [--swarm]            release, services, certificate
##   logs [arguments…]           as "docker compose logs"
##   manage arguments…           manage.py, in the backend
##   check                       all that keeps it from starting, at once
##   certificate [--self-signed] take up the certificate of .env.prod, or make one for trying it out
##   certificate --acme [arguments…]  one from Let's Encrypt, whose terms you accept; arguments are certbot's
##   reload                      the same, and nginx's configuration, without dropping a connection
##   backup [file] [--keep N]    database and uploads in one file; of those with a date for a name the newest N stay
##   restore FILE [--yes-replace=NAME]  a backup takes the place of what is there; NAME is the project's, with -prod
##   With --swarm on a Docker Swarm: docs/swarm.md
##   Example: ./docker-dev.sh prod up
cmd_prod() {
  local action=$1
  shift
  case $action in
    deploy | rollback | down | status)
      [[ $# -eq 0 || $* == --swarm ]] || wrong_usage "prod $action takes no arguments but --swarm: $*" "$(cmd_help prod)"
      [[ $# -eq 0 ]] || action+=_swarm
      set --
      ;;
    up | check | reload)
      [[ $# -eq 0 ]] || wrong_usage "prod $action takes no arguments: $1" "$(cmd_help prod)"
      ;;
    certificate) [[ $# -lt 2 || $1 == --acme ]] || wrong_usage "prod certificate takes one argument: $2 is one too many." "$(cmd_help prod)" ;;
    restore) [[ $# -lt 3 ]] || wrong_usage "prod restore takes no more than two arguments: $3" "$(cmd_help prod)" ;;
    logs | manage | backup) ;;
    help | -h | --help)
      cmd_help prod
      return
      ;;
    *) wrong_usage "prod does not know \"$action\"." "$(cmd_help prod)" ;;
  esac
  enter_production
  [[ $action != *_swarm ]] || enter_swarm
  "prod_$action" "$@"
}

prod_up() {
  require_docker
  refuse_unfit_production
  [[ -n $RELEASE ]] || build_release
  start_release
  good "Release $RELEASE serves $(prod_value DJANGO_ALLOWED_HOSTS) after $SECONDS seconds."
}

prod_deploy() {
  local backend
  require_docker
  refuse_unfit_production
  find_running backend
  backend=$REPLY
  find_running proxy
  [[ -n $backend && -n $REPLY ]] || {
    build_release
    start_release
    return
  }
  CONSEQUENCE="The release $RELEASE serves on."
  build_release
  migrate_production
  replace_release
  good "Release $RELEASE serves after $SECONDS seconds."
}

prod_rollback() {
  require_docker
  roll_back_by replace_release
}

prod_down() {
  # First by "rm": it also removes the volumes without a name.
  docker compose --profile '*' rm --stop --force --volumes || fail 'Not all could be removed (see above).'
  docker compose --profile '*' down --remove-orphans || fail 'Not all could be removed (see above).'
}

prod_status() {
  local before
  before=$(release_before)
  say "Release ${RELEASE:-none yet}, before it ${before:-none}"
  docker compose ps --format 'table {{.Service}}\t{{.Status}}\t{{.Image}}\t{{.Ports}}' || explain_silence_of_docker
  [[ ! -e $TLS/certificate.pem ]] ||
    say "Certificate until $(openssl x509 -in "$TLS/certificate.pem" -noout -enddate | cut -d = -f 2)"
}

prod_logs() { docker compose logs --tail 100 "$@"; }

prod_manage() {
  local flags=()
  [[ -t 0 && -t 1 ]] || flags+=(-T)
  docker compose exec ${flags[@]+"${flags[@]}"} backend python manage.py "$@"
}

prod_check() {
  refuse_unfit_production
  good 'Nothing keeps production from starting.'
}

prod_backup() {
  local file='' keep=''
  while [[ $# -gt 0 ]]; do
    case $1 in
      --keep)
        keep=${2:-}
        [[ $keep =~ ^[1-9][0-9]*$ ]] || wrong_usage "--keep needs a number, 1 or more." "$(cmd_help prod)"
        shift
        ;;
      -*) wrong_usage "prod backup does not know \"$1\"." "$(cmd_help prod)" ;;
      *)
        [[ -z $file ]] || wrong_usage "prod backup takes one file: \"$1\" is one too many." "$(cmd_help prod)"
        file=$1
        ;;
    esac
    shift
  done
  cmd_backup "$file"
  [[ -z $keep ]] || prune_backups "$keep" "$PROJECT"
}

# The backend is stopped before anything takes its place: its pools would be back at once.
prod_restore() {
  local file
  [[ -n ${1:-} ]] || wrong_usage 'prod restore needs the FILE.' "$(cmd_help prod)"
  file=$(backup_path "$1")
  [[ -f $file ]] || wrong_usage "There is no backup $1."
  check_backup "$file"
  require_docker
  refuse_unfit_production
  [[ -n $RELEASE ]] || fail 'There is no release yet to restore it for.' './docker-dev.sh prod up'
  confirm_name "$PROJECT" "This replaces the database and the uploaded files of $PROJECT." --yes-replace "${2:-}"
  require_database
  verify_backup "$file"
  CONSEQUENCE='It is stopped; ./docker-dev.sh prod up starts it.'
  stop_production
  restore_backup "$file"
  start_release
  CONSEQUENCE=''
  good "Restored from $file, with the release $RELEASE."
}

prod_certificate() {
  case ${1:-} in
    --self-signed) make_certificate ;;
    --acme) ask_acme "${@:2}" ;;
    '') [[ -n $(prod_value TLS_CERTIFICATE) ]] || fail '.env.prod names no TLS_CERTIFICATE and TLS_KEY.' \
      'To try it out: ./docker-dev.sh prod certificate --self-signed' ;;
    *) wrong_usage "prod certificate does not know \"$1\"." "$(cmd_help prod)" ;;
  esac
  find_running proxy
  if [[ -n $REPLY ]]; then prod_reload; else take_certificate; fi
}

prod_reload() {
  take_certificate
  docker compose exec -T proxy nginx -c /opt/nginx/production.conf -t </dev/null || fail 'nginx refuses the configuration; the old one stays in use.'
  reload_nginx /opt/nginx/production.conf './docker-dev.sh prod logs proxy'
  good 'nginx has read its configuration and the certificate.'
}
