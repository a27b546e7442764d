#!/usr/bin/env bash
#@ 4 Celery

## celery [arguments…]: The worker's status, or run celery there
##   Example: ./docker-dev.sh celery inspect active
cmd_celery() {
  [[ $# -gt 0 ]] || set -- status
  in_service celery celery --app config.celery "$@"
}
