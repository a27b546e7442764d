#!/usr/bin/env bash
#@ 7 Check and mend

## self-test [name…]: Test this script itself, against a stub in Docker's place
##   For whoever changes it: the tests are in docker/dev/test/*.test.sh, yours may be in commands/test/*.test.sh.
##   Example: ./docker-dev.sh self-test reset
cmd_self_test() { bash docker/dev/test/run.sh "$@"; }
