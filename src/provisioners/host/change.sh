# The change itself. From the marker on, a failure puts everything back.

change_host() {
  [ -e "$pending" ] || rm -rf "$rollback"
  mkdir -p "$rollback/files" "$rollback/absent"
  was_active=''
  [ "$table" != keepalived ] || ! is_active keepalived || was_active=yes
  # What counts is how it was before the first of several runs.
  [ -e "$pending" ] || [ -z "$was_active" ] || : >"$rollback/was-active"
  on_failure() { roll_back; }
  remember_change
  [ "$role" != director ] || drain
  echo "${stage##*/}" >"$pending"
  remember_settings
  sync_before
  sync "$base" "$pending" "$rollback"/wanted/*
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
  take_over_addresses
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
    send_reload || fail "$missing; see: journalctl -u keepalived"
    say 'reloaded keepalived'
  fi
}

conf_changed() {
  while read -r _ _ _ path; do
    [ "$path" != /etc/keepalived/keepalived.conf ] || return 0
  done <"$stage/changed"
  return 1
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
