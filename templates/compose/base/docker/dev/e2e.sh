#!/usr/bin/env bash
#@ 6 Quality

## e2e [arguments…]: Walk through the running application in a real browser
##   Needs Node 20 and Chromium or Chrome on this machine; E2E_BROWSER names another one. Some journeys restart services.
##   Example: ./docker-dev.sh e2e admin --headed
cmd_e2e() {
  local url browser
  command -v npm >/dev/null || fail 'e2e needs Node 20 or newer on this machine, with npm.'
  browser=${E2E_BROWSER:-$(browser_path)}
  [[ -n $browser ]] || fail 'e2e finds no Chromium and no Chrome.' 'Install one, or name it: E2E_BROWSER=/path/to/chrome ./docker-dev.sh e2e'
  load_model
  look_at_containers || explain_silence_of_docker
  url=$(url_of Application proxy http / | cut -f 4)
  [[ -n $url ]] || fail 'The proxy publishes no port.' './docker-dev.sh config shows what docker-compose.yml says.'
  # Playwright alone, kept apart from the application's packages.
  cmp -s e2e/package-lock.json e2e/node_modules/.installed-from || {
    npm ci --prefix e2e --no-audit --no-fund --loglevel error &&
      cp e2e/package-lock.json e2e/node_modules/.installed-from
  } || return
  (cd e2e && E2E_URL=$url E2E_BROWSER=$browser node node_modules/@playwright/test/cli.js test "$@")
}

browser_path() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    command -v "$name" && return
  done
  true
}
