# systemd units: `unit NAME` in the plan.

# Longer than systemd's own limits, which tell more; 300 s is that of keepalived's start.
bounded() {
  timeout 310 "$@"
}

is_active() {
  systemctl --quiet is-active "$1"
}

# $unit_load, $unit_enabled and $unit_active, in one call.
look_at_unit() {
  unit_load=''
  unit_enabled=''
  unit_active=''
  while read -r property; do
    case $property in
      LoadState=*) unit_load=${property#*=} ;;
      UnitFileState=*) unit_enabled=${property#*=} ;;
      ActiveState=*) unit_active=${property#*=} ;;
    esac
  done <<END
$(systemctl show -p LoadState -p UnitFileState -p ActiveState "$1")
END
}

list_units() {
  plan_values "$1" unit >"$stage/units"
}

units_ok() {
  while read -r unit; do
    look_at_unit "$unit"
    [ "$unit_enabled" = enabled ] && unit_runs || return 1
  done <"$stage/units"
}

# Of the unit just looked at. What keepalived does is looked at closer.
unit_runs() {
  [ "$unit" != keepalived.service ] && starts_by_itself "$unit" || return 0
  [ "$unit_active" = active ]
}

# The work of the others is done by the run itself.
starts_by_itself() {
  case $1 in cdktf-lvs-ipvsadm.service | cdktf-lvs-network.service) return 1 ;; esac
}

touches_units() {
  while read -r _ _ _ path; do
    case $path in /etc/systemd/system/*) return 0 ;; esac
  done <"$stage/changed"
  while read -r path; do
    case $path in /etc/systemd/system/*) return 0 ;; esac
  done <"$stage/leaving"
  return 1
}

# Whether the file is that of a unit that the last deploy enabled.
is_enabled_unit() {
  case $1 in /etc/systemd/system/*) ;; *) return 1 ;; esac
  plan_values "$last_plan" unit >"$stage/units-before"
  is_listed "$stage/units-before" "${1##*/}"
}

# Of a unit whose file goes. What a service held is dealt with by itself, so its stop must not do so too.
retire_unit() {
  echo "$1" >>"$rollback/retired"
  if is_timer "$1"; then now=--now; else now=''; fi
  # shellcheck disable=SC2086 # one word or none
  shown bounded systemctl disable --quiet $now "$1" || fail "could not disable $1; the lines above say why"
  say "disabled $1"
}

is_timer() {
  case $1 in *.timer) return 0 ;; *) return 1 ;; esac
}

reload_systemd() {
  shown bounded systemctl daemon-reload || fail 'systemd did not reload its units; the lines above say why'
}

# What is about to be done is noted first, and once and for all what `remove` puts back.
enable_units() {
  : >"$stage/units-to-enable"
  while read -r unit; do
    look_at_unit "$unit"
    remember_unit
    note_unit
  done <"$stage/units"
  [ -s "$stage/units-to-enable" ] || return 0
  # At the next boot, which may be that after a crash, it counts.
  sync "$rollback"/* "$before"/units/*
  while read -r unit unit_active; do enable_unit "$unit"; done <"$stage/units-to-enable"
}

remember_unit() {
  [ ! -e "$before/units/$unit" ] || return 0
  echo "units/$unit" >>"$rollback/remembered"
  echo "$unit_enabled $unit_active" >"$before/units/$unit"
}

note_unit() {
  [ "$unit_enabled" != enabled ] || {
    starts_by_itself "$unit" && [ "$unit_active" != active ] || return 0
  }
  [ "$unit_enabled" = enabled ] || echo "$unit" >>"$rollback/enabled"
  [ "$unit_active" = active ] || echo "$unit" >>"$rollback/started"
  echo "$unit $unit_active" >>"$stage/units-to-enable"
}

enable_unit() {
  if starts_by_itself "$1"; then now=--now; else now=''; fi
  [ "$unit_active" != failed ] || bounded systemctl reset-failed "$1" || :
  # shellcheck disable=SC2086 # one word or none
  shown bounded systemctl enable --quiet $now "$1" || fail "could not enable and start $1; see: journalctl -u $1"
  say "enabled${now:+ and started} $1"
}

roll_back_units() {
  [ ! -f "$rollback/started" ] || while read -r unit; do
    shown bounded systemctl stop "$unit" || is_gone "$unit" || fail "$unit: not stopped"
  done <"$rollback/started"
  [ ! -f "$rollback/enabled" ] || while read -r unit; do
    shown bounded systemctl disable --quiet "$unit" || is_gone "$unit" || fail "$unit: still enabled"
  done <"$rollback/enabled"
}

# A rollback that was interrupted itself may have deleted its file.
is_gone() {
  look_at_unit "$1"
  [ "$unit_load" = not-found ]
}

# Once the old files are back.
roll_back_retired_units() {
  [ ! -f "$rollback/retired" ] || while read -r unit; do
    if is_timer "$unit"; then now=--now; else now=''; fi
    # shellcheck disable=SC2086 # one word or none
    shown bounded systemctl enable --quiet $now "$unit" || fail "$unit: not enabled"
  done <"$rollback/retired"
}

# Units of the last deploy that this one has no use for are as they were before us.
release_units() {
  list_units "$stage/plan"
  plan_values "$last_plan" unit >"$stage/units-before"
  while read -r unit; do
    is_listed "$stage/units" "$unit" || release_unit
  done <"$stage/units-before"
}

release_unit() {
  [ -f "$before/units/$unit" ] || return 0
  # Of a crash it may be empty.
  read -r enabled active <"$before/units/$unit" || enabled=enabled active=active
  rm -f "$before/units/$unit"
  look_at_unit "$unit"
  [ "$unit_load" != not-found ] || return 0
  [ "$enabled" = enabled ] || bounded systemctl disable --quiet "$unit" || say "could not disable $unit"
  [ "$active" = active ] || bounded systemctl stop "$unit" || say "could not stop $unit"
}

# Of the services of timers: systemd remembers them after their files are gone.
forget_failures() {
  while read -r unit; do
    ! is_timer "$unit" || systemctl reset-failed "${unit%.timer}.service" 2>/dev/null || :
  done <"$1"
}
