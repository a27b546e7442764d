#!/usr/bin/env bash
# Types that come as a package of their own: without them mypy refuses the import of the package that they are for.

# mypy knows them by their names, "types-" and that of the package.
# shellcheck disable=SC2016 # Python, not Bash
STUBS_OF='
import re, sys
from mypy import stubinfo

name = lambda text: re.sub(r"[-_.]+", "-", re.match(r"[\w.-]*", text)[0]).lower()
namespaces = stubinfo.non_bundled_packages_namespace.values()
known = {*stubinfo.non_bundled_packages_flat.values(), *(stubs for each in namespaces for stubs in each.values())}
print(*sorted(stubs for stubs in known if name(stubs) in {f"types-{name(package)}" for package in sys.argv[1:]}), sep="\n")
'

# add_stubs_of PACKAGE…: to what development needs.
add_stubs_of() {
  local stubs
  ! lacks_image backend || return 0
  stubs=$(in_backend_alone python -c "$STUBS_OF" "$@" </dev/null 2>/dev/null) || {
    warn "Whether types of $* come as a package of their own is not known: mypy could not be asked."
    return 0
  }
  while IFS= read -r stubs; do
    [[ -z $stubs ]] || is_required "$stubs" || printf '%s\n' "$stubs" >>backend/requirements/dev.in || return
  done <<<"$stubs"
}
