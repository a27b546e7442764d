#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
# What Compose says about this project. It is asked once; all else reads the answer.

PROJECT_LABEL=com.docker.compose.project
SERVICE_LABEL=com.docker.compose.service
MODEL='' PROJECT=''

# Sets $PROJECT and $MODEL, which lib/model.sh reads. Never call it inside $(…): what it learned would be lost.
load_model() {
  [[ -z $MODEL ]] || return 0
  MODEL=$(resolve_model) || explain_refusal
  PROJECT=$(model_of project)
}

# The same for the services that no profile turns on, too: their containers may run all the same.
load_whole_model() {
  MODEL=$(resolve_model --profile '*') || explain_refusal
  PROJECT=$(model_of project)
}

# After load_whole_model, so that only what is active is started.
forget_model() { MODEL=''; }

# Compose has said what it does not like, or there is no Compose.
explain_refusal() {
  require_client
  require_compose
  [[ -e .env ]] || fail 'There is no .env yet.' './docker-dev.sh start writes it.'
  fail 'docker-compose.yml and .env do not fit together (see above).' \
    'Compare .env with .env.example; every value without a "#" in front is needed.'
}
