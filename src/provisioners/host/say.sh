# What a run tells, and how it fails.

step=start
outcome='nothing was changed'

enter() {
  step=$1
  echo "== $step: $2"
}

say() {
  echo "   $*"
}

# Ends the run with one line. What `apply` and `remove` could lose, `on_failure` puts back, and says so in $outcome.
fail() {
  reason=$*
  trap '' HUP INT TERM
  trap - EXIT
  set +e
  on_failure
  [ -z "${stage-}" ] || rm -rf "$stage"
  echo "FAILED ${host:-on this host} at $step: $reason; $outcome"
  exit 1
}

on_failure() {
  :
}

# An end that no `fail` announced is a failure all the same.
guard() {
  trap 'fail "ended with status $? where nothing should fail; report it to the makers of cdktf-lvs, with the lines above"' EXIT
  trap 'fail "stopped by a signal; deploy again"' INT TERM
  # The connection may go away; the run goes on.
  trap '' HUP
}

unguard() {
  trap - EXIT INT TERM
}

# Shows the output of a command, indented, and keeps its exit status.
shown() {
  shown_status=0
  shown_output=$("$@" 2>&1 9>&-) || shown_status=$?
  [ -z "$shown_output" ] || printf '%s\n' "$shown_output" | while IFS= read -r shown_line; do say "$shown_line"; done
  return "$shown_status"
}

# The same for a command that takes long: each line as it comes.
streamed() {
  { "$@" 2>&1 9>&- || echo "$?" >"$stage/status"; } | while IFS= read -r shown_line; do say "$shown_line"; done
  [ ! -e "$stage/status" ] || {
    rm -f "$stage/status"
    return 1
  }
}

# wait_until SECONDS WHAT COMMAND...: tries every second, says now and then what it waits for, and gives up in the end.
wait_until() {
  wait_limit=$1
  wait_for=$2
  shift 2
  wait_start=$(date +%s)
  wait_next=1
  until "$@"; do
    waited=$(($(date +%s) - wait_start))
    [ "$waited" -lt "$wait_limit" ] || return 1
    [ "$waited" -lt "$wait_next" ] || {
      say "waiting for $wait_for, $waited s of at most $wait_limit s"
      wait_next=$((waited + 10))
    }
    sleep 1
  done
}
