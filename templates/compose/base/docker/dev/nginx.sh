#!/usr/bin/env bash
#@ 7 Check and mend

## reload: Test and use the nginx configuration as it is now
##   A configuration that nginx refuses is not used. No request is lost.
##   Example: ./docker-dev.sh reload
cmd_reload() {
  load_model
  in_service proxy nginx -t -c /opt/nginx/nginx.conf || fail 'nginx refuses the configuration; the old one stays in use.'
  reload_nginx /opt/nginx/nginx.conf './docker-dev.sh logs proxy'
  good 'nginx has read its configuration.'
}
