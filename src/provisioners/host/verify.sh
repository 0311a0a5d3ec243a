# Whether the service runs as planned. Each test leaves what it misses in $missing.

# Every service is in the live table, nothing that left is, and every real server there has its weight, which is 0 in
# maintenance. A real server may be missing: keepalived takes out the ones that fail their check.
keepalived_table_ok() {
  live_rules >"$stage/live"
  sort "$stage/live" >"$stage/live-sorted"
  expected_rules "$1"
  comm -23 "$stage/expected" "$stage/live-sorted" >"$stage/not-live"
  [ ! -s "$stage/not-live" ] || not_live_ok || return 1
  # Nothing leaves with the rules of the last run.
  { [ -f "$current/rules" ] && [ "$1" != "$current/rules" ]; } || return 0
  keys_only_in "$current/rules" "$1" >"$stage/gone"
  [ -s "$stage/gone" ] || return 0
  keys "$stage/live" | comm -12 - "$stage/gone" >"$stage/lost"
  missing="still in the IPVS table: $(first_line_of "$stage/lost")"
  [ ! -s "$stage/lost" ]
}

not_live_ok() {
  only_starting -A <"$stage/not-live" >"$stage/lost"
  missing="service not in the IPVS table: $(first_line_of "$stage/lost")"
  [ ! -s "$stage/lost" ] || return 1
  keys "$stage/not-live" >"$stage/not-live-keys"
  keys "$stage/live" | comm -12 - "$stage/not-live-keys" >"$stage/lost"
  missing="real server without its weight: $(first_line_of "$stage/lost")"
  [ ! -s "$stage/lost" ]
}

ipvsadm_table_ok() {
  live_rules | sort >"$stage/live-sorted"
  sort "$1" >"$stage/wanted-sorted"
  comm -3 "$stage/live-sorted" "$stage/wanted-sorted" >"$stage/lost"
  missing="the IPVS table differs: $(head -n 20 "$stage/lost" | tr '\n\t' ',+')"
  lost_rules=$(wc -l <"$stage/lost")
  [ "$lost_rules" -le 20 ] || missing="$missing and $((lost_rules - 20)) more"
  [ ! -s "$stage/lost" ]
}

daemon_ok() {
  missing='keepalived does not run'
  is_active keepalived
}

director_ok() {
  case $table in
    keepalived) daemon_ok && keepalived_table_ok "$stage/rules" && vrrp_vips_ok ;;
    ipvsadm) ipvsadm_table_ok "$stage/rules" ;;
  esac && sync_daemons_ok && timeouts_ok
}

# For wait_until, which tells what is still missing: a director that is new waits some time before it takes its VIPs.
runs_as_planned() {
  director_ok && return 0
  wait_for="the director to run as planned ($missing)"
  return 1
}

# keepalived does not notice when somebody else changes a weight.
mend_weights() {
  case $missing in 'real server without its weight'*) ;; *) return 0 ;; esac
  rules_of "$stage/lost" "$stage/expected" >"$stage/mend"
  while IFS= read -r rule; do
    # shellcheck disable=SC2086 # words of a rule
    ! shown ipvsadm -e ${rule#-a } || say "put back: $rule"
  done <"$stage/mend"
}

verify() {
  enter verify "$1"
  where_to_look='ipvsadm --list -n'
  [ "$table" != keepalived ] || where_to_look='journalctl -u keepalived'
  if [ "$role" = director ]; then
    wait_until 5 'the director' runs_as_planned || {
      mend_weights
      mend_sync_daemons
    }
    wait_until "$verify_limit" 'the director' runs_as_planned || fail "$missing (after $verify_limit s); see: $where_to_look"
    daemon_lives || fail "$missing; see: $where_to_look"
  fi
  look_at_addresses
  addresses_match || fail "$missing, though it was added; does something else manage the addresses of this host?"
}

# What a reader of the log wants to see.
evidence() {
  [ "$role" != director ] || ipvsadm --list -n | beginning
  while read -r vip device; do
    ! has_address "$vip" "$device" || echo "$vip is on $device"
  done <"$stage/vips" | beginning
  while read -r mover vip device; do
    ! has_address "$vip" "$device" || echo "$vip is on $device, with VRRP instance $mover"
  done <"$stage/vrrp-vips" | beginning
}

# A table of ten thousand lines is no evidence to read.
beginning() {
  cat >"$stage/evidence"
  head -n 60 "$stage/evidence" | while IFS= read -r line; do say "$line"; done
  all_lines=$(wc -l <"$stage/evidence")
  [ "$all_lines" -le 60 ] || say "... and $((all_lines - 60)) more"
}
