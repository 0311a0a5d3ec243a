# Real servers that leave: no new connections first, then their old ones may end.

# Leaving = in the rules of the last run and in the live table, but not in the new rules.
leaving_servers() {
  [ -f "$current/rules" ] || return 0
  rules_missing_in "$current/rules" "$stage/rules" >"$stage/leaving-rules"
  live_rules >"$stage/live"
  while IFS= read -r rule; do
    case $rule in -a*) ;; *) continue ;; esac
    ! has_rule "$stage/leaving-rules" "-a $(server_of "$rule")" || echo "$rule"
  done <"$stage/live"
}

set_weight_zero() {
  # shellcheck disable=SC2086 # words of a rule
  set -- $1
  shown ipvsadm -e "$2" "$3" "$4" "$5" "$6" -w 0
}

# Active connections of `SERVICE -r SERVER`.
active_connections() {
  # shellcheck disable=SC2086 # words of a rule
  set -- $1
  ipvsadm --list -n "$1" "$2" | while read -r arrow server _ _ active _; do
    [ "$arrow $server" != "-> $4" ] || echo "$active"
  done
}

# Twice in a row: a connection that was just being made counts as inactive.
drained() {
  still_active=''
  live_rules >"$stage/live"
  while IFS= read -r rule; do
    # keepalived gives a server its weight back when a check that failed succeeds again.
    has_rule "$stage/live" "${rule% -w *} -w 0" || ! has_rule "$stage/live" "${rule% -w *}" || set_weight_zero "$rule"
    active=$(active_connections "$(server_of "$rule")")
    [ "${active:-0}" -eq 0 ] || still_active="$still_active $(server_of "$rule")=$active"
  done <"$stage/leaving-servers"
  [ -z "$still_active" ] || quiet=0
  quiet=$((quiet + 1))
  [ -z "$still_active" ] && [ "$quiet" -gt 1 ]
}

drain() {
  leaving_servers >"$stage/leaving-servers"
  [ -s "$stage/leaving-servers" ] || return 0
  drain_limit=$(plan_value "$stage/plan" drain)
  enter drain "real servers that leave get no new connections; at most $drain_limit s for their old ones"
  while IFS= read -r rule; do
    echo "$rule" >>"$rollback/drained"
    set_weight_zero "$rule" || fail "could not set weight 0: $rule"
    say "weight 0: $(server_of "$rule")"
  done <"$stage/leaving-servers"
  quiet=0
  if wait_until "$drain_limit" 'active connections to end' drained; then
    say 'no active connections left'
  else
    say "going on after $drain_limit s with active connections:$still_active"
  fi
}

roll_back_drain() {
  [ ! -f "$rollback/drained" ] || while IFS= read -r rule; do
    # shellcheck disable=SC2086 # words of a rule
    shown ipvsadm -e ${rule#-a }
  done <"$rollback/drained"
}
