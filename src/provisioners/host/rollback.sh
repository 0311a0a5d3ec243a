# Undoes a change: at once when it failed, and before the next one when it was interrupted and is not to be repeated.

# What a later run, or `remove`, must know of this one if it is interrupted.
remember_change() {
  [ ! -d "$rollback/wanted" ] || return 0
  mkdir -p "$rollback/wanted.new"
  cp "$stage/plan" "$stage/manifest" "$stage/rules-wanted" "$stage/program" /proc/sys/kernel/random/boot_id "$rollback/wanted.new/"
  mv -T "$rollback/wanted.new" "$rollback/wanted"
}

# The same change is finished. What another one had added would stay for ever, because what leaves is looked for in what
# the last run that succeeded left.
take_up_interrupted_change() {
  [ -d "$rollback/wanted" ] && [ -e "$pending" ] || return 0
  if is_interrupted_change; then
    list_addresses
    ! was_booted_since || count_as_done
    return 0
  fi
  enter undo 'an earlier run was interrupted, and this one wants something else; putting back what was there first'
  if undo_change; then
    outcome='the change of an interrupted run was undone, and nothing else was changed'
  else
    say 'not all of it is back, see above; going on'
    outcome='the change of an interrupted run was undone in part, and nothing else was changed; deploy again'
    rm -rf "$rollback/wanted"
  fi
}

is_interrupted_change() {
  for part in plan manifest rules-wanted; do
    [ "$(cat "$rollback/wanted/$part")" = "$(cat "$stage/$part")" ] || return 1
  done
}

# With the program and the plan of the interrupted run.
undo_change() {
  mkdir "$stage/undone"
  cp "$rollback"/wanted/* "$stage/undone/"
  sh "$stage/undone/program" undo
}

# `undo`, of the run whose files are beside the program.
undo() {
  trap '' HUP INT TERM
  set +e
  stage=$here
  read_plan "$stage/plan"
  list_addresses
  ! was_booted_since || count_as_done
  roll_back
  rm -f "$shown_file"
  [ -z "$incomplete" ]
}

was_booted_since() {
  [ "$(cat "$rollback/wanted/boot_id" 2>/dev/null)" != "$(cat /proc/sys/kernel/random/boot_id)" ]
}

# A host that was booted since did what the new files say, whether the run had come to it or not.
count_as_done() {
  new_addresses >>"$rollback/added"
  while IFS= read -r object; do
    is_absence "${object##* | }" || is_listed "$base/objects" "$object" || is_listed "$rollback/objects-added" "$object" ||
      echo "$object" >>"$rollback/objects-added"
  done <"$stage/objects"
  ! in_manifest "$stage/manifest" "$nftables_conf" || : >"$rollback/packet-rules"
  [ "$table" != keepalived ] || [ -e "$rollback/was-active" ] || echo keepalived.service >>"$rollback/started"
  list_sysctls "$last_plan"
  mv "$stage/settings" "$stage/settings-before"
  list_sysctls "$stage/plan"
  while read -r setting wanted; do
    setting_recorded "$stage/settings-before" "$setting" || setting_recorded "$rollback/sysctls" "$setting" ||
      ! setting_recorded "$before/sysctls" "$setting" || echo "$setting $recorded_value" >>"$rollback/sysctls"
  done <"$stage/settings"
}

# $incomplete: yes when something could not be put back.
roll_back() {
  echo '== rollback: putting back what was there'
  incomplete=''
  outcome='the old files are back and the service runs as before'
  fail() {
    incomplete=yes
    say "could not put back: $*"
  }
  roll_back_units
  roll_back_files
  shown bounded systemctl daemon-reload || fail 'units: not reloaded'
  roll_back_retired_units
  roll_back_packet_rules
  roll_back_restarts
  roll_back_drain
  # Addresses go before the settings that hide them and the devices that carry them, and come back after them.
  delete_added_addresses
  roll_back_objects
  restore_sysctls "$rollback/sysctls" || fail 'all kernel settings'
  put_back_deleted_addresses
  roll_back_table
  restore_sync_daemons "$rollback/sync"
  restore_timeouts "$rollback/timeouts"
  roll_back_keepalived
  roll_back_absent scripts
  delete_switches "$stage/plan" "$last_plan"
  rm -rf "$base"/new-file*
  if [ -n "$incomplete" ]; then
    outcome="NOT all of the old state is back, see above; it is kept, deploy again"
    return
  fi
  roll_back_memory
  rm -rf "$rollback" "$pending"
}

roll_back_table() {
  [ "$table" = ipvsadm ] || return 0
  if [ -f "$current/rules" ]; then
    change_table "$current/rules"
  else
    : >"$stage/none"
    change_table "$stage/none"
  fi
}

roll_back_keepalived() {
  [ "$table" = keepalived ] || return 0
  if [ -e "$rollback/was-active" ]; then
    if is_active keepalived; then
      send_reload
    else
      bounded systemctl reset-failed keepalived
      shown bounded systemctl start keepalived
    fi
    sleep 1
    is_active keepalived && return 0
    fail 'keepalived, which does not run any more; see: journalctl -u keepalived'
  fi
  # Behind a dead daemon a VIP would answer here and on the peer.
  is_active keepalived || delete_vrrp_addresses "$stage/vrrp-vips" "$stage/vrrp-vips-before"
}

# What this change was the first to note of the time before us would be out of date by the next one. Of a first deploy
# nothing is left at all.
roll_back_memory() {
  if [ ! -d "$current" ]; then
    undo_directories
    rm -rf "$before"
    return
  fi
  [ ! -f "$rollback/remembered" ] || while IFS= read -r note; do
    rm -rf "${before:?}/$note"
  done <"$rollback/remembered"
  [ ! -f "$rollback/directories" ] || [ ! -f "$before/directories" ] || forget_directories
  [ ! -f "$rollback/sysctls-remembered" ] || [ ! -f "$before/sysctls" ] || forget_settings
}

forget_directories() {
  sort -r "$rollback/directories" >"$stage/directories"
  while IFS= read -r directory; do rmdir "$directory" 2>/dev/null || :; done <"$stage/directories"
  while IFS= read -r directory; do
    is_listed "$rollback/directories" "$directory" || echo "$directory" || return 1
  done <"$before/directories" >"$base/new-file" && mv -f "$base/new-file" "$before/directories"
}

forget_settings() {
  while read -r setting found; do
    is_listed "$rollback/sysctls-remembered" "$setting" || echo "$setting $found" || return 1
  done <"$before/sysctls" >"$base/new-file" && mv -f "$base/new-file" "$before/sysctls"
}
