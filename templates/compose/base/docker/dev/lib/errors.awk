# The log lines of all services in, what went wrong out: newest last, repeated ones counted.
#
#   docker compose logs --timestamps | awk -v project=app -v form=text -f errors.awk
#
# A line is "CONTAINER | TIME TEXT". `form` is text, json (a document) or lines (an object a line). Ends with 1 where
# there is anything. Kinds are told apart by the shape of a line, not by the service: what a service writes may change.
# Only what every awk knows: no intervals like {4}, no classes like [[:space:]], no "\" in brackets.

# ---- what is open, and closed: one at a time for each container

function begin(source, message) {
  finish(box)
  Open[box] = 1; Source[box] = source; Message[box] = message; At[box] = time
  File[box] = Line[box] = Request[box] = Raised[box] = ""
  Detail[box] = text; Frames[box] = 0
}

function finish(box,   key) {
  if (!Open[box]) return
  Open[box] = 0
  if (Raised[box] != "") Message[box] = Raised[box]
  if (Raised[box] ~ /^(KeyboardInterrupt|SystemExit)/) return # it was told to end
  key = Source[box] SUBSEP Message[box] SUBSEP File[box] SUBSEP Line[box]
  if (!(key in count)) keys[++total] = key
  count[key]++
  if (At[box] > last[key]) last[key] = At[box]
  source[key] = Source[box]; message[key] = Message[box]
  file[key] = File[box]; line[key] = Line[box]; detail[key] = Detail[box]
  if (Request[box] != "") { request[key] = Request[box]; told[Request[box]] = 1 }
}

function more() { if (length(Detail[box]) < 20000) Detail[box] = Detail[box] "\n" text }

# ---- Python

# A frame of a traceback, or the exception below one. The project's own innermost frame is the place.
function python(text,   part) {
  if (text ~ /^ +File "[^"]+", line [0-9]+/) {
    Frames[box] = 1
    if (text !~ /"\/app\// || text ~ /site-packages/) return
    split(text, part, "\"")
    File[box] = "backend" substr(part[2], 5)
    Line[box] = text; sub(/^.*", line /, "", Line[box]); sub(/[^0-9].*/, "", Line[box])
  } else if (Frames[box] && text ~ /^[A-Za-z_][A-Za-z0-9_.]*(:|$)/) {
    Raised[box] = text; Frames[box] = 0
  }
}

# Of a line of JSON, the value of a key that is a text.
function value(text, key,   at, found, letter) {
  at = index(text, "\"" key "\": \"")
  if (!at) return ""
  for (at += length(key) + 5; at <= length(text); at++) {
    letter = substr(text, at, 1)
    if (letter == "\"") break
    if (letter == "\\") {
      letter = substr(text, ++at, 1)
      if (letter == "n") letter = "\n"
      else if (letter == "t") letter = "\t"
    }
    found = found letter
  }
  return found
}

function after(text, mark) {
  if (!match(text, mark "[A-Za-z0-9-]+")) return ""
  return substr(text, RSTART + length(mark), RLENGTH - length(mark))
}

function json_line(   n, i, part) {
  if (value(text, "logger") ~ /^(request|django\.server)$/) {
    finish(box)
    if (text ~ /"status": 5/) answered(value(text, "request_id"), value(text, "method") " " value(text, "path") " " substr(text, index(text, "\"status\": ") + 10, 3))
    return
  }
  if (value(text, "level") !~ /^(error|critical)$/) { finish(box); return }
  begin(service, value(text, "event"))
  Request[box] = value(text, "request_id")
  n = split(value(text, "exception"), part, "\n")
  for (i = 1; i <= n; i++) python(part[i])
  if (n) Detail[box] = value(text, "event") "\n" value(text, "exception")
  finish(box)
}

function console_line(   said) {
  # The request's own line, and the development server's: a reason may be told in another.
  if (text ~ / \[(request|django\.server)\] /) {
    finish(box)
    if (text ~ / status=5/) answered(after(text, "request_id="), word(text, "method=") " " word(text, "path=") " " word(text, "status="))
    return
  }
  if (text !~ /^[^ ]+ \[(error|critical) *\]/) { finish(box); return }
  said = text; sub(/^[^ ]+ \[[a-z]+ *\] /, "", said)
  sub(/ +\[[A-Za-z0-9_.]+\]( .*)?$/, "", said)
  begin(service, said)
  Request[box] = after(text, "request_id=")
}

function word(text, mark,   at) {
  at = index(text, mark)
  if (!at) return ""
  text = substr(text, at + length(mark)); sub(/ .*/, "", text)
  return text
}

# What came of a request: an error of its own if nothing else is told of it.
function answered(id, what) {
  if (id == "") return
  if (!(id in answer)) { lone[++lones] = id; lone_at[lones] = time; lone_of[lones] = service }
  answer[id] = what
}

# ---- Vite, and through it the browser

function vite_line(   said, failed) {
  said = text
  sub(/^[^[]*\[vite\] */, "", said); sub(/^\((client|ssr)\) */, "", said)
  failed = sub(/^(Pre-transform error|Internal server error): /, "", said) # one, looked at first and then asked for
  if (sub(/^\[(Unhandled error|Unhandled rejection|console\.error)\] /, "", said)) begin("browser", said)
  else if (failed || said ~ /([Ee]rror|[Ff]ailed)/ && said !~ /^(hmr update|page reload)/) begin(service, said)
  else finish(box)
}

# " > function src/main.tsx:12:5", or "  File: /app/src/main.tsx:12:5", or "at function (http://…/src/main.tsx?t=1:12:5)":
# the last is what the browser runs, so its line is not one of the source.
function frame(text,   place, part, n) {
  if (Message[box] ~ /:$/ && text ~ /^\[[A-Z_]+\] /) Message[box] = text
  if (match(text, /\[ [^ ]+:[0-9]+:[0-9]+ \]/)) text = "> " substr(text, RSTART + 2, RLENGTH - 4)
  if (File[box] != "" || text !~ /^ *(> |File: |at )/ || text ~ /node_modules/) return
  place = text; sub(/^.*[ (]/, "", place); sub(/\)$/, "", place)
  sub(/^https?:\/\/[^\/]*\//, "", place); sub(/^\/app\//, "", place); sub(/\?[^:]*/, "", place)
  n = split(place, part, ":")
  if (n < 2 || part[2] !~ /^[0-9]+$/ || part[1] ~ /^(\.\.|node:|@)/) return
  File[box] = "frontend/" part[1]
  if (text !~ /https?:\/\//) Line[box] = part[2]
}

# ---- nginx

function nginx_error(   said) {
  if (text !~ /\[(error|crit|alert|emerg)\]/) { finish(box); return }
  said = text; sub(/^[^]]*\] [0-9#]+: (\*[0-9]+ )?/, "", said)
  refused[box] = ""
  if (match(said, /request: "[A-Z]+ [^ "]+/)) refused[box] = substr(said, RSTART + 10, RLENGTH - 10)
  sub(/, client: .*/, "", said)
  begin(service, said)
  if (match(text, / in \/[^ ]+:[0-9]+$/)) {
    File[box] = substr(text, RSTART + 4, RLENGTH - 4); Line[box] = File[box]
    sub(/:[0-9]+$/, "", File[box]); sub(/^.*:/, "", Line[box]); sub(/^\/opt\//, "", File[box]); sub(/^\/etc\/nginx\//, "nginx/", File[box])
  }
  if (refused[box] == "") finish(box) # else its line in the other log is to come
}

# ADDRESS METHOD PATH STATUS …B …s upstream=… id=…
function nginx_access(   id, part) {
  split(text, part, " ")
  if (part[4] !~ /^5/) { finish(box); return }
  id = after(text, " id=")
  if (Open[box] && refused[box] == part[2] " " part[3]) Request[box] = id
  finish(box)
  answered(id, part[2] " " part[3] " " part[4])
}

# ---- all of them

{
  at = index($0, "| ")
  if (!at) next
  box = substr($0, 1, at - 1); sub(/ +$/, "", box)
  text = substr($0, at + 2); time = text
  sub(/ .*/, "", time)
  text = substr(text, length(time) + 2)
  gsub(/\033\[[0-9;]*[A-Za-z]/, "", text); sub(/\r$/, "", text)
  service = box
  if (index(service, project "-") == 1) service = substr(service, length(project) + 2)
  sub(/-[0-9]+$/, "", service)

  if (text ~ /^[{]"/) json_line()
  else if (text ~ /^[0-9][0-9-]+T[0-9:.]+Z \[[a-z]+ *\]/) console_line()
  else if (text ~ /^[0-9]+:[0-9][0-9]:[0-9][0-9].*\[vite\]/) vite_line()
  else if (text ~ /^[0-9]+\/[0-9]+\/[0-9]+ [0-9:]+ \[[a-z]+\]/ || text ~ /^nginx: \[/) nginx_error()
  else if (text ~ /^[^ ]+ [A-Z]+ \/[^ ]* [0-9][0-9][0-9] [0-9]+B /) nginx_access()
  else if (text ~ /^[0-9-]+ [0-9:.]+ [A-Z]+ \[[0-9]+\] /) postgres_line()
  else if (text ~ /^healthcheck: .*ending this container/) { begin(service, text); finish(box) }
  else if (text ~ /^Traceback \(most recent call last\):/ && (!Open[box] || (Raised[box] != "" && !chained[box]))) { begin(service, text); }
  else if (Open[box]) { more(); python(text); frame(text); chained[box] = text ~ /^(During handling of|The above exception)/ || (chained[box] && text == "") }
  else if (text ~ /^[A-Za-z]*Error: / || text ~ /^(error when starting|failed to load config)/ || text ~ /^npm (error|ERR!) [A-Za-z]/) begin(service, text)
}

# ERROR, FATAL and PANIC, each with the lines that explain it. That it is starting up is no fault.
function postgres_line(   said) {
  said = text; sub(/^[^]]*\] /, "", said)
  if (said ~ /^(ERROR|FATAL|PANIC): /) {
    gsub(/:  /, ": ", said)
    if (said ~ /the database system is starting up/) finish(box)
    else begin(service, said)
  } else if (Open[box] && said ~ /^(DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION): /) more()
  else finish(box)
}

# ---- the list

function quoted(said) {
  gsub(/[\\"]/, "\\\\&", said); gsub(/\t/, "\\t", said); gsub(/\n/, "\\n", said); gsub(/[\001-\037]/, "", said)
  return "\"" said "\""
}
function or_null(said) { return said == "" ? "null" : quoted(said) }

function as_json(key) {
  return sprintf("{\"time\":%s,\"source\":%s,\"message\":%s,\"file\":%s,\"line\":%s,\"request\":%s,\"answer\":%s,\"count\":%d,\"detail\":%s}", \
    quoted(last[key]), quoted(source[key]), quoted(message[key]), or_null(file[key]), line[key] == "" ? "null" : line[key], \
    or_null(request[key]), or_null(answer[request[key]]), count[key], quoted(detail[key]))
}

function as_text(key,   told) {
  told = sprintf("%sZ  %-9s %s%s%s%s", substr(last[key], 12, 8), source[key], bold, message[key], reset, (count[key] > 1 ? "  (" count[key] " times)" : ""))
  if (file[key] != "") told = told "\n" margin file[key] (line[key] == "" ? "" : ":" line[key])
  if (request[key] != "") told = told "\n" margin "request " request[key] (answer[request[key]] == "" ? "" : ": " answer[request[key]])
  return told
}

END {
  for (box in Open) finish(box)
  for (i = 1; i <= total; i++) told[file[keys[i]]] = 1
  # An answer of 5xx that nobody gave a reason for.
  for (i = 1; i <= lones; i++) {
    path = answer[lone[i]]; sub(/^[A-Z]+ /, "frontend", path); sub(/[? ].*/, "", path)
    if (lone[i] in told || path in told) continue
    key = lone_of[i] SUBSEP answer[lone[i]]
    if (!(key in count)) keys[++total] = key
    count[key]++; last[key] = lone_at[i]; source[key] = lone_of[i]; request[key] = lone[i]
    message[key] = detail[key] = answer[lone[i]]
  }
  for (i = 2; i <= total; i++) {
    key = keys[i]
    for (j = i - 1; j >= 1 && last[keys[j]] > last[key]; j--) keys[j + 1] = keys[j]
    keys[j + 1] = key
  }
  margin = sprintf("%21s", "")
  if (form == "json") printf "{\"project\":%s,\"errors\":[", quoted(project)
  for (i = 1; i <= total; i++) {
    if (form == "text") print as_text(keys[i])
    else printf "%s%s%s", (form == "json" && i > 1 ? "," : ""), as_json(keys[i]), (form == "json" ? "" : "\n")
  }
  if (form == "json") print "]}"
  exit (total > 0)
}
