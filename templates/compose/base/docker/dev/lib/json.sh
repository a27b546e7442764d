#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2034 # awk, not the shell; other files read it
# What the commands with --json share.

# text(value): as a JSON string.
JSON_AWK='
  function text(value) {
    gsub(/[\\"]/, "\\\\&", value); gsub(/\t/, "\\t", value); gsub(/\n/, "\\n", value); gsub(/[\001-\037]/, "", value)
    return "\"" value "\""
  }
'
