# `remove`: takes everything of ours off the host and puts back what it had before.

remove() {
  use_role "$here/plan"
  stage=$(mktemp -d "$run_dir/remove.XXXXXX")
  guard
  take_lock
  outcome='what is left of the deploy stays; deploy or destroy again'
  cp "$current/plan" "$current/rules" "$stage/"
  : >"$stage/none"
  enter remove "$host, as $role"
  stop_units
  remove_table
  # The VIPs before the settings that hide them.
  remove_addresses
  restore_sysctls "$before/sysctls"
  remove_files
  shown bounded systemctl daemon-reload || fail 'systemd did not reload its units'
  restore_units
  rm -rf "$base" "$stage"
  rmdir "$root_dir" 2>/dev/null || :
  rm -rf "$run_dir"
  unguard
  echo "DONE $host: removed"
}

stop_units() {
  list_units "$current/plan"
  while read -r unit; do
    ! is_active "$unit" || shown bounded systemctl stop "$unit" || fail "could not stop $unit"
    ! is_enabled "$unit" || shown bounded systemctl disable --quiet "$unit" || fail "could not disable $unit"
    say "stopped and disabled $unit"
  done <"$stage/units"
}

# What is left of our services once their owner has stopped.
remove_table() {
  [ "$role" = director ] || return 0
  live_rules >"$stage/live"
  while IFS= read -r rule; do
    case $rule in
      -A*) ! has_rule "$stage/live" "-A $(service_of "$rule")" || delete_rule "$rule" || fail "could not delete $rule" ;;
    esac
  done <"$current/rules"
}

remove_addresses() {
  plan_values "$current/plan" vrrp_vip >"$stage/held"
  [ ! -f "$base/held" ] || cat "$base/held" >>"$stage/held"
  while read -r address device; do
    shown delete_address "$address" "$device" || fail "could not delete $address from $device"
  done <"$stage/held"
}

remove_files() {
  while read -r _ _ _ path; do
    if [ -e "$before/files/$(flat_name "$path")" ]; then
      restore_file "$before/files" "$path"
      say "put back the $path from before"
    else
      rm -f "$path"
    fi
  done <"$current/manifest"
  [ ! -f "$before/directories" ] || sort -r "$before/directories" | while read -r directory; do
    rmdir "$directory" 2>/dev/null || say "$directory is not empty and stays"
  done
}

# A unit that was there before us is as it was then.
restore_units() {
  for remembered in "$before"/units/*; do
    [ -e "$remembered" ] || continue
    unit=${remembered##*/}
    {
      read -r enabled || enabled=''
      read -r active || active=''
    } <"$remembered"
    [ "$enabled" != enabled ] || bounded systemctl enable --quiet "$unit" || say "could not enable $unit again"
    [ "$active" != active ] || bounded systemctl start "$unit" || say "could not start $unit again"
  done
}
