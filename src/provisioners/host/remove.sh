# `remove`: takes everything of ours off the host and puts back what it had before.

remove() {
  read_plan "$here/plan"
  stage=$(mktemp -d "$run_dir/remove.XXXXXX")
  guard
  take_lock
  delete_dead_runs
  [ -d "$base" ] || {
    unguard
    rm -rf "$stage"
    echo "DONE $host: removed by another run"
    return
  }
  bring_back_previous
  forget_recorded_run
  enter remove "$host, as $role"
  [ ! -e "$pending" ] || undo_interrupted_change
  outcome='what is left of the deploy stays; deploy or destroy again'
  [ ! -d "$current" ] || remove_deploy
  # At once: a rest of it would make the next run delete what was just put back.
  rm -rf "$root_dir/incoming.removed"
  mv -T "$base" "$root_dir/incoming.removed"
  rm -rf "$root_dir/incoming.removed" "$stage"
  rmdir "$root_dir" 2>/dev/null || :
  rm -f "$run_dir/lock" "$run_dir"/shown.*
  unguard
  echo "DONE $host: removed"
}

undo_interrupted_change() {
  [ -d "$rollback/wanted" ] || fail 'a deploy was interrupted half-way; deploy again, then remove'
  outcome='its change was undone in part; deploy or destroy again'
  undo_change || fail 'not all of an interrupted deploy could be put back; the lines above say why'
}

remove_deploy() {
  stop_units
  remove_table
  remove_sync_daemons
  [ -z "$(plan_values "$current/plan" timeouts)" ] || restore_timeouts "$before/timeouts"
  remove_packet_rules
  # The VIPs before the settings that hide them.
  remove_addresses
  remove_objects
  restore_sysctls "$before/sysctls" || :
  restore_newcomers "$current/plan"
  delete_metrics "$metrics"
  remove_files
  shown bounded systemctl daemon-reload || fail 'systemd did not reload its units; the lines above say why'
  restore_units
  restart_after_removal
  forget_failures "$stage/units"
}

# What was started last goes first.
stop_units() {
  list_units "$current/plan"
  tac "$stage/units" >"$stage/units-leaving"
  while read -r unit; do
    look_at_unit "$unit"
    if [ "$unit_load" = not-found ] || goes_on "$unit"; then continue; fi
    shown bounded systemctl disable --quiet --now "$unit" || fail "could not stop and disable $unit; see: journalctl -u $unit"
    say "stopped and disabled $unit"
  done <"$stage/units-leaving"
}

# Whether it ran before us, and from nothing of ours.
goes_on() {
  [ "$(cat "$before/units/$1" 2>/dev/null)" = 'enabled active' ] || return 1
  while read -r _ _ _ path; do
    case $path in "/etc/systemd/system/$1" | "/etc/systemd/system/$1.d/"*) return 1 ;; esac
  done <"$current/manifest"
}

# What is left of our services once their owner has stopped.
remove_table() {
  [ "$role" = director ] && command -v ipvsadm >/dev/null || return 0
  live_rules >"$stage/live"
  keys "$stage/live" >"$stage/live-keys"
  keys "$current/rules" | only_starting -A | comm -12 - "$stage/live-keys" >"$stage/deletions"
  [ -s "$stage/deletions" ] || return 0
  sed 's/^-A/-D/' "$stage/deletions" >"$stage/steps"
  tell_steps
  shown ipvsadm --restore <"$stage/steps" || :
  live_rules >"$stage/live"
  keys "$stage/live" | comm -12 "$stage/deletions" - >"$stage/kept"
  [ ! -s "$stage/kept" ] || fail "ipvsadm did not delete $(first_line_of "$stage/kept"); the lines above say why"
}

remove_addresses() {
  plan_values "$current/plan" vrrp_vip >"$stage/vrrp-vips"
  delete_vrrp_addresses "$stage/vrrp-vips"
  [ -f "$base/held" ] || return 0
  while read -r address device; do
    shown delete_address "$address" "$device" || fail "could not delete $address from $device; the lines above say why"
  done <"$base/held"
}

remove_files() {
  while read -r _ _ _ path; do
    put_back_or_delete "$path"
  done <"$current/manifest"
  delete_switches "$current/plan" /dev/null
  undo_directories
}

undo_directories() {
  [ ! -f "$before/directories" ] || sort -r "$before/directories" | while read -r directory; do
    rmdir "$directory" 2>/dev/null || say "$directory is not empty and stays"
  done
}

# A unit that was there before us is as it was then.
restore_units() {
  for remembered in "$before"/units/*; do
    [ -e "$remembered" ] || continue
    unit=${remembered##*/}
    read -r enabled active <"$remembered" || continue
    [ "$enabled" != enabled ] || bounded systemctl enable --quiet "$unit" || say "could not enable $unit again"
    [ "$active" != active ] || bounded systemctl start "$unit" || say "could not start $unit again"
  done
}
