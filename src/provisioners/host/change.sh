# The change itself. From the marker on, a failure puts everything back.

change_host() {
  [ -e "$pending" ] || rm -rf "$rollback"
  mkdir -p "$rollback/files" "$rollback/absent"
  was_active=''
  ! is_active keepalived || was_active=yes
  on_failure() { roll_back; }
  [ "$role" != director ] || drain
  : >"$pending"
  sync "$base" "$pending"
  enter files 'putting them in place'
  install_files
  enter activate "$([ "$role" = director ] && echo 'reloading what changed' || echo 'kernel settings first, then the VIPs')"
  ! touches_units || reload_systemd
  # A host must have stopped answering ARP for a VIP before it has one.
  each_sysctl set_sysctl "$stage/plan"
  add_addresses
  while read -r unit; do
    remember_unit "$unit"
    enable_unit "$unit"
  done <"$stage/units"
  case $(plan_value "$stage/plan" table) in
    keepalived) activate_keepalived ;;
    ipvsadm) change_table "$stage/rules" ;;
  esac
  delete_leaving_addresses
  [ ! -s "$stage/vips" ] || start_unit cdktf-lvs-vips.service
  verify 'does it run as planned?'
}

activate_keepalived() {
  if [ -z "$was_active" ]; then
    bounded systemctl reset-failed keepalived 2>/dev/null || :
    start_unit keepalived.service
  elif [ -n "$must_restart" ]; then
    shown bounded systemctl restart keepalived || fail 'keepalived did not restart'
    say 'restarted keepalived: someone had cleared its table, and a reload would not bring it back'
  elif [ -n "$must_reload" ] || conf_changed; then
    shown bounded systemctl reload keepalived || fail 'keepalived did not reload'
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
  roll_back_units
  roll_back_files
  bounded systemctl daemon-reload
  roll_back_drain
  roll_back_addresses
  restore_sysctls "$rollback/sysctls"
  roll_back_table
  roll_back_keepalived
  rm -rf "$rollback" "$pending" "$base/new-file"
}

roll_back_table() {
  [ "$(plan_value "$stage/plan" table)" = ipvsadm ] || return 0
  if [ -f "$current/rules" ]; then
    change_table "$current/rules"
  else
    : >"$stage/none"
    rules_missing_in "$stage/rules" "$stage/none" | sort -r | while read -r rule; do delete_rule "$rule"; done
  fi
}

roll_back_keepalived() {
  outcome='the old files are back and the service runs as before'
  [ "$(plan_value "$stage/plan" table)" = keepalived ] || return 0
  if [ -n "$was_active" ]; then
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
  is_active keepalived || delete_vrrp_vips
}

delete_vrrp_vips() {
  while read -r vip device; do
    [ -z "$vip" ] || delete_address "$vip" "$device"
  done <<END
$(plan_values "$stage/plan" vrrp_vip)
END
}

# From now on this is what the host is compared with.
record() {
  rm -rf "$base/next"
  mkdir "$base/next"
  for file in program plan rules manifest files; do
    cp -R -p "$stage/$file" "$base/next/"
  done
  mv -f "$stage/held" "$base/held"
  rm -rf "$base/previous"
  [ ! -d "$current" ] || mv -T "$current" "$base/previous"
  mv -T "$base/next" "$current"
  # All of it, or a crash now would leave empty files behind whole names.
  sync -f "$base"
  rm -rf "$base/previous" "$rollback" "$pending"
}
