# The change itself. From the marker on, a failure puts everything back.

change_host() {
  [ -e "$pending" ] || rm -rf "$rollback"
  mkdir -p "$rollback/files" "$rollback/absent"
  was_active=''
  [ "$table" != keepalived ] || ! is_active keepalived || was_active=yes
  # What counts is how it was before the first of several runs.
  [ -e "$pending" ] || [ -z "$was_active" ] || : >"$rollback/was-active"
  on_failure() { roll_back; }
  [ "$role" != director ] || drain
  echo "${stage##*/}" >"$pending"
  remember_settings
  sync_before
  sync "$base" "$pending"
  enter files 'putting them in place'
  [ -z "$metrics" ] || make_directory "$metrics"
  install_files
  remove_leaving_files
  enter activate "$([ "$role" = director ] && echo 'reloading what changed' || echo 'kernel settings first, then the VIPs')"
  if [ -n "$must_reload" ] || touches_units; then reload_systemd; fi
  [ ! -f "$rollback/retired" ] || forget_failures "$rollback/retired"
  # A device must be there before its settings.
  add_objects
  stop_old_sync_daemons
  # A host must have stopped answering ARP for a VIP before it has one.
  set_sysctls
  add_addresses
  add_packet_rules
  make_switches
  restart_units
  # Looks at what is there before keepalived starts.
  change_timeouts
  enable_units
  case $table in
    keepalived) [ -z "$was_active" ] || reload_keepalived ;;
    ipvsadm) change_table "$stage/rules" ;;
  esac
  start_sync_daemons
  remove_leaving_scripts
  delete_leaving_addresses
  delete_leaving_objects
  # What hid a VIP may go only after it. On a real server it may still be there: directors may still send to it.
  [ "$role" = real-server ] || put_back_leaving_sysctls of-interfaces
  verify 'does it run as planned?'
  settle_packet_rules
  call_hooks
}

reload_keepalived() {
  if [ -n "$must_restart" ]; then
    shown bounded systemctl restart keepalived || fail 'keepalived did not restart; see: journalctl -u keepalived'
    say 'restarted keepalived: someone had cleared its table, and a reload would not bring it back'
  elif [ -n "$must_reload" ] || conf_changed; then
    shown bounded systemctl reload keepalived || fail 'keepalived did not reload; see: journalctl -u keepalived'
    say 'reloaded keepalived'
  fi
}

conf_changed() {
  while read -r _ _ _ path; do
    [ "$path" != /etc/keepalived/keepalived.conf ] || return 0
  done <"$stage/changed"
  return 1
}

roll_back() {
  echo '== rollback: putting back what was there'
  incomplete=''
  fail() {
    incomplete=yes
    say "could not put back: $*"
  }
  roll_back_units
  roll_back_files
  bounded systemctl daemon-reload
  roll_back_retired_units
  roll_back_packet_rules
  roll_back_restarts
  roll_back_drain
  roll_back_addresses
  roll_back_objects
  restore_sysctls "$rollback/sysctls"
  roll_back_table
  restore_sync_daemons "$rollback/sync"
  restore_timeouts "$rollback/timeouts"
  roll_back_keepalived
  roll_back_absent scripts
  delete_switches "$stage/plan" "$last_plan"
  rm -rf "$base"/new-file*
  if [ -n "$incomplete" ]; then
    outcome='NOT all of the old state is back, see above; it is kept, deploy again'
    return
  fi
  rm -rf "$rollback" "$pending"
  # Of a first deploy nothing is left, so the next one looks afresh at what was before us.
  [ -d "$current" ] || { undo_directories; rm -rf "$before"; }
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
  outcome='the old files are back and the service runs as before'
  [ "$table" = keepalived ] || return 0
  if [ -e "$rollback/was-active" ]; then
    if is_active keepalived; then
      bounded systemctl reload keepalived
    else
      bounded systemctl reset-failed keepalived
      bounded systemctl start keepalived
    fi
    sleep 1
    is_active keepalived && return 0
    outcome='the old files are back, but keepalived does not run any more; see: journalctl -u keepalived'
  fi
  # Behind a dead daemon a VIP would answer here and on the peer.
  is_active keepalived || delete_vrrp_addresses "$stage/vrrp-vips" "$stage/vrrp-vips-before"
}

# From now on this is what the host is compared with.
record() {
  rm -rf "$base/next" "$base/previous"
  mkdir "$base/next"
  cp -R -p "$stage/program" "$stage/plan" "$stage/rules" "$stage/manifest" "$stage/files" "$base/next/"
  # A crash now must not leave empty files behind whole names.
  echo "${stage##*/}" >"$base/next/run"
  sync "$base"/next/* "$base/next"
  sync_before
  [ ! -s "$stage/manifest" ] || sync "$base"/next/files/*
  trap '' INT TERM
  on_failure() { outcome='the host runs with the new files, but that could not be recorded; deploy again'; }
  mv -f "$stage/held" "$base/held"
  mv -f "$stage/objects-held" "$base/objects"
  delete_switches "$last_plan" "$stage/plan"
  release_units
  metrics_before=$(plan_values "$last_plan" metrics)
  [ "$metrics_before" = "$metrics" ] || delete_metrics "$metrics_before"
  [ ! -d "$current" ] || mv -T "$current" "$base/previous"
  mv -T "$base/next" "$current"
  sync "$base"
  rm -rf "$base/previous" "$rollback" "$pending"
  while read -r path; do
    replace_all "$path" / %
    rm -f "$before/files/$replaced" "$before/absent/$replaced"
  done <"$stage/leaving"
}
