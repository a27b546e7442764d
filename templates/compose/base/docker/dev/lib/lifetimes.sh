#!/usr/bin/env bash
# Until when the software in the images gets security fixes, by the table in docker/dev/lifetimes.tsv.

NOTICE_MONTHS=6 # time enough to plan a move

# tell_ends: a warning for each image whose end has come, or comes within six months. Nothing is wrong with the project.
tell_ends() {
  local today image title end source
  today=$(date -u +%Y-%m-%d)
  while IFS=$'\t' read -r image title end source; do
    [[ ! $end > $(months_later "$today") ]] || continue
    if [[ $end < $today ]]; then
      warn "$title has had no security fixes since $end ($source)."
    else
      warn "$title gets its last security fixes on $end ($source)."
    fi
    hint "docs/operations.md tells the way to a newer one than $image."
  done < <(known_ends)
}

# The lines of the table that are about images of this project.
known_ends() {
  [[ -f docker/dev/lifetimes.tsv ]] || return 0
  printf '%s\n' "$MODEL" | awk -F '\t' '
    NR == FNR { if ($0 !~ /^#/) table[$1] = $0; next }
    $1 == "image" { seen[$3] = 1 }
    $1 == "argument" && $2 ~ /_IMAGE$/ { seen[$3] = 1 }
    END {
      for (image in seen) {
        name = image; sub(/^.*\//, "", name)
        for (key in table)
          if (name == key || (index(name, key) == 1 && substr(name, length(key) + 1, 1) ~ /[-.@]/)) found[key] = 1
      }
      for (key in found) print table[key]
    }' docker/dev/lifetimes.tsv - | sort
}

# months_later DAY: a day of the form YYYY-MM-DD; such days have the order of their letters.
months_later() {
  local year=${1%%-*} rest=${1#*-} month
  month=$((10#${rest%%-*} - 1 + NOTICE_MONTHS))
  printf '%04d-%02d-%s\n' $((year + month / 12)) $((month % 12 + 1)) "${rest#*-}"
}
