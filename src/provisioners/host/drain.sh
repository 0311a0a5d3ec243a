# Real servers that leave: no new connections first, then their old ones may end.

# Keys of the servers that are in the rules of the last run and in the live table, but not in the new rules.
leaving_servers() {
  [ -f "$current/rules" ] || return 0
  keys_only_in "$current/rules" "$stage/rules" | only_starting -a >"$stage/leaving-rules"
  live_rules >"$stage/live"
  keys "$stage/live" | comm -12 "$stage/leaving-rules" -
}

# The rest of the rule is said again: ipvsadm would take its defaults for what it is not told.
set_weight_zero() {
  weight_and_rest=${1##* -w }
  rest_of_rule=${weight_and_rest#"${weight_and_rest%% *}"}
  rule_start=${1% -w *}
  # shellcheck disable=SC2086 # words of a rule
  shown ipvsadm -e ${rule_start#-a } -w 0 $rest_of_rule
}

# A check may have taken out the server of a rule just now.
has_left() {
  live_rules >"$stage/live"
  keys "$stage/live" >"$stage/live-keys"
  ! is_listed "$stage/live-keys" "${1% -[gim] -w *}"
}

# Active connections of a server, `-a SERVICE -r SERVER`.
active_connections() {
  service=${1#-a }
  service=${service% -r *}
  wanted_server=${1##* -r }
  # shellcheck disable=SC2086 # words of a service
  ipvsadm --list -n $service | while read -r arrow server _ _ active _; do
    [ "$arrow $server" != "-> $wanted_server" ] || echo "$active"
  done
}

# Twice in a row: a connection that was just being made counts as inactive.
drained() {
  still_active=''
  keep_weights_zero
  while IFS= read -r key; do
    active=$(active_connections "$key")
    [ "${active:-0}" -eq 0 ] || still_active="$still_active ${key#-a }: $active;"
  done <"$stage/leaving-servers"
  [ -z "$still_active" ] || quiet=0
  quiet=$((quiet + 1))
  [ -z "$still_active" ] && [ "$quiet" -gt 1 ]
}

# keepalived gives a server its weight back when a check that failed succeeds again.
keep_weights_zero() {
  live_rules >"$stage/live"
  rules_of "$stage/leaving-servers" "$stage/live" >"$stage/leaving-live"
  while IFS= read -r rule; do
    case $rule in *' -w 0' | *' -w 0 '*) ;; *) set_weight_zero "$rule" ;; esac
  done <"$stage/leaving-live"
}

drain() {
  leaving_servers >"$stage/leaving-servers"
  [ -s "$stage/leaving-servers" ] || return 0
  enter drain "real servers that leave get no new connections; at most $drain_limit s for their old ones"
  rules_of "$stage/leaving-servers" "$stage/live" >"$rollback/drained"
  while IFS= read -r rule; do
    set_weight_zero "$rule" || has_left "$rule" || fail "could not set weight 0: $rule; the lines above say why"
    rule=${rule#-a }
    say "weight 0: ${rule% -w *}"
  done <"$rollback/drained"
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
