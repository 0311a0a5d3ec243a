# Units that read a file only when they start: `restart PATH UNIT` in the plan.

# Once each: those whose file comes, changes or goes, and all of them when an interrupted change is finished.
units_to_restart() {
  { plan_values "$stage/plan" restart && plan_values "$last_plan" restart; } | sort -u | while read -r path unit; do
    if [ -n "$unfinished" ] || in_manifest "$stage/changed" "$path" || is_listed "$stage/leaving" "$path"; then
      echo "$unit"
    fi
  done | sort -u
}

# Those that do not run yet are started with the new files when they are enabled.
restart_units() {
  units_to_restart >"$stage/restarts"
  while read -r unit; do
    [ "$unit" != rsyslog.service ] || check_rsyslog_files
    look_at_unit "$unit"
    [ "$unit_active" = active ] || continue
    remember_unit
    echo "$unit" >>"$rollback/restarted"
    shown bounded systemctl restart "$unit" || fail "could not restart $unit; see: journalctl -u $unit"
    say "restarted $unit"
  done <"$stage/restarts"
}

# Where they belong, because AppArmor may let rsyslogd read nowhere else; until the unit starts they are not in use.
check_rsyslog_files() {
  while read -r _ _ _ path; do
    case $path in /etc/rsyslog.d/*) ;; *) continue ;; esac
    rsyslog_output=$(bounded rsyslogd -N1 -f "$path" 2>&1 9>&-) || {
      shown printf '%s\n' "$rsyslog_output"
      fail "rsyslogd refuses the new $path; the lines above say why"
    }
  done <"$stage/changed"
}

# logrotate skips a file that it cannot read, so only its words tell.
check_logrotate_file() {
  command -v logrotate >/dev/null || return 0
  logrotate_output=$(bounded logrotate --debug "$1" 2>&1 9>&-) || :
  case $logrotate_output in *"error: $1:"*) ;; *) return 0 ;; esac
  shown printf '%s\n' "$logrotate_output"
  fail "logrotate refuses the new $2; the lines above say why"
}

# Once the old files are back.
roll_back_restarts() {
  [ ! -f "$rollback/restarted" ] || while read -r unit; do
    shown bounded systemctl restart "$unit" || fail "$unit: not restarted"
  done <"$rollback/restarted"
}

# Once all files of ours are gone.
restart_after_removal() {
  plan_values "$current/plan" restart | while read -r _ unit; do echo "$unit"; done | sort -u >"$stage/restarts"
  while read -r unit; do
    bounded systemctl try-restart "$unit" || say "could not restart $unit; see: journalctl -u $unit"
  done <"$stage/restarts"
}
