# `check`: what differs from the last deploy. Changes nothing. `repair`: brings the IPVS table back, too. `watch`: what
# the timer does.

check() {
  begin_check
  compare
  tell
}

repair() {
  begin_check
  [ "$table" = ipvsadm ] || fail 'ipvsadm does not own the IPVS table of this host; deploy again'
  compare
  repair_table
  tell
}

watch() {
  begin_check
  compare
  [ "$repair" != yes ] || repair_table
  [ -z "$metrics" ] || write_metrics
  tell
}

begin_check() {
  stage=$(mktemp -d "$run_dir/check.XXXXXX")
  trap 'rm -rf "$stage" "$shown_file"; rmdir "$run_dir" 2>/dev/null || :' EXIT
  read_plan "$here/plan"
  # In the middle of a run all may differ.
  lock_once || {
    echo "$host: another run is at work on this host; nothing was compared"
    exit 75
  }
  read_plan "$current/plan"
  cp "$current/plan" "$stage/"
  repaired=0
}

compare() {
  differences=0
  look_at_os
  look_at_selinux
  [ ! -e "$pending" ] || is_recorded_run || drift 'a run was interrupted half-way; deploy again'
  check_files
  check_sysctls
  check_vips
  check_network
  check_units
  ! find_conflict || drift "$conflict"
  check_packet_rules
  [ -z "$metrics" ] || [ -d "$metrics" ] || drift "$metrics is missing"
  [ "$role" != director ] || check_director
}

tell() {
  tell_maintenance
  [ "$differences" -eq 0 ] || {
    echo "$host: $differences differences from the last deploy"
    exit 2
  }
  echo "$host: as deployed"
}

# One that was interrupted is finished by a deploy, which knows the rules to come.
repair_table() {
  if [ -e "$pending" ] || ipvsadm_table_ok "$current/rules"; then return 0; fi
  fail() { say "not repaired: $*"; }
  change_table "$current/rules"
  compare
  if ipvsadm_table_ok "$current/rules"; then
    repaired=1
    echo 'repaired the IPVS table'
  fi
}

drift() {
  differences=$((differences + 1))
  echo "drift: $*"
}

check_files() {
  differing_files "$current/manifest" "$stage/changed"
  while read -r name mode digest path; do
    if [ ! -e "$path" ]; then
      drift "$path is missing"
    elif ! echo "$digest  $path" | sha256sum --check --status; then
      drift "$path was changed by hand:"
      show_lines '-' -23 "$current/files/$name" "$path"
      show_lines '+' -13 "$current/files/$name" "$path"
    elif is_listed "$stage/mislabelled" "$path"; then
      drift "$path has another SELinux label than it needs"
    else
      drift "$path has owner and mode $(stat -c '%U:%G %a' "$path"), not root:root $mode"
    fi
  done <"$stage/changed"
}

# Lines that only one of the files has. A password stays unseen.
show_lines() {
  sort "$3" >"$stage/deployed"
  sort "$4" >"$stage/found"
  comm "$2" "$stage/deployed" "$stage/found" | while IFS= read -r line; do
    case $line in *auth_pass*) line='    auth_pass (not shown)' ;; esac
    echo "  $1 $line"
  done
}

check_sysctls() {
  list_sysctls "$current/plan"
  compare_sysctls
  while IFS=$tab read -r setting wanted found; do
    drift "${setting#/proc/sys/} is $found, not $wanted"
  done <"$stage/differing"
}

check_vips() {
  list_addresses
  look_at_addresses
  while read -r vip device; do
    has_address "$vip" "$device" || drift "$vip is not on $device"
  done <"$stage/vips"
}

check_network() {
  while IFS= read -r object; do
    object_there "$object" || drift "missing: ip $object_add"
  done <"$stage/objects"
}

check_units() {
  list_units "$current/plan"
  while read -r unit; do
    look_at_unit "$unit"
    [ "$unit_enabled" = enabled ] || drift "$unit is not enabled"
    unit_runs || drift "$unit does not run"
  done <"$stage/units"
}

check_packet_rules() {
  want_packet_rules "$current" || drift "the nftables table cannot be loaded any more: $packet_errors"
  ! packet_rules_ok || return 0
  if packet_rules_there; then
    drift 'the nftables table is not as deployed:'
    show_lines '-' -23 "$stage/packet-rules" "$stage/packet-rules-live"
    show_lines '+' -13 "$stage/packet-rules" "$stage/packet-rules-live"
  else
    drift 'the nftables table is not there; did someone flush the ruleset?'
  fi
}

check_director() {
  if [ "$table" = keepalived ]; then
    daemon_ok || drift 'keepalived does not run'
    keepalived_table_ok "$current/rules" || drift "$missing"
    vrrp_vips_ok || drift "$missing"
    # What was just read.
    keys_only_in "$stage/live" "$current/rules" >"$stage/surplus"
    plan_values "$current/plan" sorry >"$stage/sorry"
    while IFS= read -r key; do
      is_sorry_server "$key" || drift "the IPVS table has more than was deployed: $key"
    done <"$stage/surplus"
  else
    ipvsadm_table_ok "$current/rules" || drift "$missing"
  fi
  check_sync_daemons
  timeouts_ok || drift "$missing"
  tell_table_size "$current/plan"
}

# keepalived puts the sorry server into the table when nobody else is left.
is_sorry_server() {
  is_listed "$stage/sorry" "${1#-a }"
}
