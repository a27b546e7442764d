#!/usr/bin/env bash
# What the worker takes of the database's connections, put into the function of this name.

connection_faults() {
  local extra=0
  # slot: connections
  local concurrency
  concurrency=$(prod_value CELERY_CONCURRENCY)
  extra=$((extra + 2 * ${concurrency:-1}))
  # end slot
  printf '%s' "$extra"
}
