# What a check printed in, the JSON of its part out: awk -v part=backend -v code=1 -v seconds=3 -f findings.awk
#
# Known are the words of ruff, mypy, pytest, oxlint, prettier, tsc and vitest; the end of the output is told in any case
# where the check failed. Only what every awk knows: see errors.awk.

function quoted(said) {
  gsub(/[\\"]/, "\\\\&", said); gsub(/\t/, "\\t", said); gsub(/\n/, "\\n", said); gsub(/[\001-\037]/, "", said)
  return "\"" said "\""
}

function found(file, line, message) {
  sub(/^\/app\//, "", file)
  if ((file, line, message) in seen) return
  seen[file, line, message] = 1
  list = list (list == "" ? "" : ",") sprintf("{\"file\":%s,\"line\":%s,\"message\":%s}", \
    file == "" ? "null" : quoted(part "/" file), line == "" ? "null" : line + 0, quoted(message))
}

# "PLACE:LINE:COLUMN" in the match.
function found_at(place, message,   piece) {
  split(place, piece, ":")
  found(piece[1], piece[2], message)
}

# A failed test whose place has not come yet.
function flush() {
  if (test != "") found(test, "", name)
  test = ""
}

{
  gsub(/\033\[[0-9;]*[A-Za-z]/, ""); sub(/\r$/, "")
  tail[NR % 60] = $0
}

# FILE:LINE: error: MESSAGE (mypy), FILE(LINE,COLUMN): error MESSAGE (tsc)
/^[^ ]+\.py:[0-9]+(:[0-9]+)?: error: / { place = $1; text = $0; sub(/^[^ ]+ error: /, "", text); found_at(place, text); next }
/^[^ ]+\([0-9]+,[0-9]+\): error / { place = $1; sub(/\(/, ":", place); sub(/[,)].*/, "", place); text = $0; sub(/^[^ ]+ error /, "", text); found_at(place, text); next }

# The message on the line before: ruff's " --> FILE:LINE:COLUMN", oxlint's ",-[FILE:LINE:COLUMN]".
/^ *--> [^ ]+:[0-9]+:[0-9]+$/ { found_at($2, before); next }
/-\[[^ ]+:[0-9]+:[0-9]+\]$/ || /─\[[^ ]+:[0-9]+:[0-9]+\]$/ { place = $0; sub(/^.*\[/, "", place); found_at(place, before); next }
/^Would reformat: / { found(substr($0, 17), "", "not formatted"); next }
/^\[(warn|error)\] [^ ]+\.[a-z]+$/ { found($2, "", "not formatted"); next }

# pytest: the place in the test's own section, its name in the summary.
/^_+ [^ ]+ _+$/ { section = $2 }
/^[^ ]+\.py:[0-9]+: / { place = $1; sub(/:$/, "", place); sub(/^.*:/, "", place); last_line[section] = place }
/^(FAILED|ERROR) [^ ]+\.py/ {
  file = $2; sub(/::.*/, "", file)
  id = substr($2, length(file) + 3); gsub(/::/, ".", id)
  text = $0; sub(/^[A-Z]+ [^ ]+( - )?/, "", text)
  found(file, last_line[id], id (id != "" && text != "" ? ": " : "") text)
  next
}
/^(FAIL|ERROR:) .*[Cc]overage/ { found("", "", $0); next }

# vitest: the test, its message, its place.
/^ *FAIL  [^ ]+/ { flush(); test = $2; name = $0; sub(/^ *FAIL +[^ ]+( > )?/, "", name); wants = 1; next }
wants && NF { name = name (name == "" ? "" : ": ") $0; wants = 0; next }
test != "" && /❯ .*[^ ]+:[0-9]+:[0-9]+$/ { found_at($NF, name); test = "" }

{ sub(/^ +/, ""); sub(/^(×|!|⚠|x) /, ""); if ($0 != "") before = $0 }

END {
  flush()
  if (code) for (i = NR > 60 ? NR - 59 : 1; i <= NR; i++) output = output (output == "" ? "" : "\n") tail[i % 60]
  printf "{\"part\":%s,\"ok\":%s,\"exit\":%d,\"seconds\":%d,\"findings\":[%s],\"output\":%s}", quoted(part), code ? "false" : "true", code, seconds, list, quoted(output)
}
