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
  rm -rf "$shown_file" ${stage:+"$stage"}
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
  "$@" >"$shown_file" 2>&1 9>&- || shown_status=$?
  show_output
  return "$shown_status"
}

show_output() {
  while IFS= read -r shown_line || [ -n "$shown_line" ]; do say "$shown_line"; done <"$shown_file"
}

# The same for a command that takes long: each line as it comes.
streamed() {
  : >"$shown_file"
  "$@" >"$shown_file" 2>&1 </dev/null 9>&- &
  streamed_run=$!
  tail -n +1 -s 0.1 -f --pid="$streamed_run" "$shown_file" | while IFS= read -r shown_line; do say "$shown_line"; done
  wait "$streamed_run"
}

# wait_until SECONDS WHAT COMMAND...: tries every second, and less often the longer it takes, up to every 4 s. It says now
# and then what it waits for, and gives up in the end.
wait_until() {
  wait_limit=$1
  wait_for=$2
  shift 2
  look_at_uptime
  wait_start=$uptime
  wait_next=1
  until "$@"; do
    look_at_uptime
    waited=$((uptime - wait_start))
    [ "$waited" -lt "$wait_limit" ] || return 1
    [ "$waited" -lt "$wait_next" ] || {
      say "waiting for $wait_for, $waited s of at most $wait_limit s"
      wait_next=$((waited + 10))
    }
    wait_pause=$((1 + waited / 5))
    [ "$wait_pause" -le 4 ] || wait_pause=4
    sleep "$wait_pause"
  done
}

# $uptime, in seconds: somebody may set the clock of a host that was just booted.
look_at_uptime() {
  read -r uptime _ </proc/uptime
  uptime=${uptime%%.*}
}
