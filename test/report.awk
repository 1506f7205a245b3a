# The table at the end of `./etl test`, from
#   target/engine-report/*.tsv      engine, class, test, passed|failed|skipped, reason   (by the kit)
#                                   engine, -, -, unavailable, reason
#   */target/surefire-reports/TEST-*.xml and failsafe-reports
# Totals are surefire's: what no .tsv tells about counts under engine `-`. The launcher's own tests
# (class `etl launcher`) and those of the rules (`prometheus`) have no surefire report and are added.
# Variables: json=1 for JSON, maven=<Maven's exit code>. Plain POSIX awk (mawk, gawk).

BEGIN { FS = "\t"; SEP = "\034" }

FNR == 1 {
  inOutput = 0; inFailure = 0
  isTsv = FILENAME ~ /\.tsv$/
}

isTsv && NF >= 4 {
  engine = $1
  if ($4 == "unavailable") {
    see(engine)
    unavailable[engine] = $5
    next
  }
  if ($4 != "passed" && $4 != "failed" && $4 != "skipped") next
  if ($2 == "etl launcher" || $2 == "prometheus") {
    launcher[$4]++
    if ($4 == "failed") addFailure($2, $3, $5)
    if ($4 == "skipped") addSkip("-", $5)
    next
  }
  told[simple($2)] = 1
  if (engine == "-") {
    if ($4 == "skipped") addSkip("-", $5)
    next
  }
  see(engine)
  count[engine, $4]++
  told_of[$4]++
  if ($4 == "skipped") addSkip(engine, $5)
  next
}
isTsv { next }

# --- surefire: one element a line; what tests print stands in CDATA and may look like anything

inOutput { if ($0 ~ /<\/system-(out|err)>/) inOutput = 0; next }
/<system-(out|err)>/ { if ($0 !~ /<\/system-(out|err)>/) inOutput = 1; next }
inFailure {
  failureLine($0)
  if ($0 ~ /<\/(failure|error)>/) inFailure = 0
  next
}
/^ *<testsuite / {
  bad = attribute("errors") + attribute("failures")
  skip = attribute("skipped") + 0
  surefire["failed"] += bad
  surefire["skipped"] += skip
  surefire["passed"] += attribute("tests") - bad - skip
  suites++
}
/<testcase / { class = attribute("classname"); name = attribute("name") }
/<skipped/ {
  reason = unescape(attribute("message"))
  later_class[++later] = class; later_reason[later] = reason == "" ? "no reason given" : reason
}
/<(failure|error)[ >]/ {
  addFailure(class, name, unescape(attribute("message")))
  where = ""
  if ($0 !~ /<\/(failure|error)>/ && $0 !~ /\/> *$/) inFailure = 1
}

END {
  for (i = 1; i <= later; i++) if (!(simple(later_class[i]) in told)) addSkip("-", later_reason[i])
  split("passed failed skipped", kinds, " ")
  for (k = 1; k <= 3; k++) {
    kind = kinds[k]
    rest = surefire[kind] - told_of[kind]
    if (rest < 0) { excess = excess " " (-rest) " " kind; rest = 0 }
    count["-", kind] = rest + launcher[kind]
    total[kind] = surefire[kind] + launcher[kind]
  }
  see("-")
  sortEngines()
  if (json) printJson(); else printTable()
  exit (total["failed"] > 0 || maven != 0 || excess != "") ? 1 : 0
}

function see(engine) { if (!(engine in seen)) { seen[engine] = 1; engines[++n] = engine } }
function simple(class) { sub(/^.*\./, "", class); sub(/[(].*$/, "", class); return class }
function addSkip(engine, reason) {
  if (reason == "") reason = "no reason given"
  if (!((engine, reason) in skips)) skipKey[++skipKinds] = engine SEP reason
  skips[engine, reason]++
}
function addFailure(class, name, message) {
  failures++
  failedClass[failures] = class
  failedName[failures] = unescape(name)
  failedMessage[failures] = message
  failedWhere[failures] = ""
}
function failureLine(line) { # the first line of the stack that is ours
  if (failedWhere[failures] == "" && line ~ /^[ \t]*at .*org\.etlsandbox/) {
    sub(/^[ \t]*at /, "", line)
    sub(/^.*\(/, "", line)
    sub(/\).*$/, "", line)
    failedWhere[failures] = line
  }
}
function attribute(key,   at, text) {
  at = index($0, " " key "=\"")
  if (at == 0) return ""
  text = substr($0, at + length(key) + 3)
  return substr(text, 1, index(text, "\"") - 1)
}
function unescape(text) {
  gsub(/&#10;|&#xa;|&#xA;/, "\n", text); gsub(/&#9;/, "\t", text); gsub(/&#13;/, "", text)
  gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text); gsub(/&amp;/, "\\&", text)
  return text
}
function sortEngines(   i, j, swap) { # `-` last, the others by name
  for (i = 2; i <= n; i++)
    for (j = i; j > 1 && after(engines[j - 1], engines[j]); j--) {
      swap = engines[j]; engines[j] = engines[j - 1]; engines[j - 1] = swap
    }
}
function after(a, b) { if (a == "-") return b != "-"; if (b == "-") return 0; return a > b }
function ran(engine) {
  return count[engine, "passed"] + count[engine, "failed"] + count[engine, "skipped"] > 0
}

function printTable(   i, j, engine, width, lines, text, parts) {
  width = 6
  for (i = 1; i <= n; i++) if (length(engines[i]) > width) width = length(engines[i])
  printf "\nTests by engine\n  %-" width "s  %7s %7s %7s\n", "engine", "passed", "failed", "skipped"
  for (i = 1; i <= n; i++) {
    engine = engines[i]
    if (ran(engine) || !(engine in unavailable))
      printf "  %-" width "s  %7d %7d %7d\n", engine, count[engine, "passed"], count[engine, "failed"], count[engine, "skipped"]
    if (engine in unavailable) printf "  %-" width "s  cannot run: %s\n", engine, unavailable[engine]
  }
  print "  (-: tests that need no engine, or found none)"
  if (skipKinds) print "\nSkipped"
  for (i = 1; i <= skipKinds; i++) {
    split(skipKey[i], parts, SEP)
    printf "  %d x %s: %s\n", skips[parts[1], parts[2]], parts[1], parts[2]
  }
  if (failures) print "\nFailed"
  for (i = 1; i <= failures; i++) {
    printf "  %s > %s%s\n", failedClass[i], failedName[i], (failedWhere[i] == "" ? "" : " (" failedWhere[i] ")")
    lines = split(failedMessage[i], text, "\n")
    for (j = 1; j <= lines && j <= 12; j++) if (text[j] ~ /[^ \t]/) print "      " text[j]
    if (lines > 12) print "      ... " (lines - 12) " more lines"
  }
  if (excess != "") print "\nThe kit tells of tests that surefire does not know (a test JVM died?):" excess
  if (suites == 0) print "\nNo module got as far as its tests."
  printf "\n%d passed, %d failed, %d skipped\n", total["passed"], total["failed"], total["skipped"]
}

function quote(text) {
  gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text)
  gsub(/\n/, "\\n", text); gsub(/\t/, "\\t", text); gsub(/\r/, "\\r", text)
  gsub(/[\001-\037]/, " ", text)
  return "\"" text "\""
}
function printJson(   i, engine, parts) {
  printf "{\"passed\":%d,\"failed\":%d,\"skipped\":%d,\"mavenExitCode\":%d,\"engines\":[", total["passed"], total["failed"], total["skipped"], maven
  for (i = 1; i <= n; i++) {
    engine = engines[i]
    printf "%s{\"engine\":%s,\"passed\":%d,\"failed\":%d,\"skipped\":%d,\"unavailable\":%s}", (i > 1 ? "," : ""), quote(engine), count[engine, "passed"], count[engine, "failed"], count[engine, "skipped"], ((engine in unavailable) ? quote(unavailable[engine]) : "null")
  }
  printf "],\"skips\":["
  for (i = 1; i <= skipKinds; i++) {
    split(skipKey[i], parts, SEP)
    printf "%s{\"engine\":%s,\"tests\":%d,\"reason\":%s}", (i > 1 ? "," : ""), quote(parts[1]), skips[parts[1], parts[2]], quote(parts[2])
  }
  printf "],\"failures\":["
  for (i = 1; i <= failures; i++)
    printf "%s{\"class\":%s,\"test\":%s,\"message\":%s,\"where\":%s}", (i > 1 ? "," : ""), quote(failedClass[i]), quote(failedName[i]), quote(failedMessage[i]), quote(failedWhere[i])
  print "]}"
}
