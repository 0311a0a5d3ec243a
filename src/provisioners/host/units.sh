# systemd units: `unit NAME` in the plan.

bounded() {
  timeout 90 "$@"
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

units_enabled() {
  while read -r unit; do
    look_at_unit "$unit"
    [ "$unit_enabled" = enabled ] || return 1
  done <"$stage/units"
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

is_own_unit() {
  case $1 in /etc/systemd/system/*.service) return 0 ;; *) return 1 ;; esac
}

# Of a unit whose file goes. What it held is dealt with by itself, so its stop must not do so too.
retire_unit() {
  echo "$1" >>"$rollback/retired"
  shown bounded systemctl disable --quiet "$1" || fail "could not disable $1"
  say "disabled $1"
}

reload_systemd() {
  shown bounded systemctl daemon-reload || fail 'systemd did not reload its units'
}

enable_units() {
  while read -r unit; do
    look_at_unit "$unit"
    # What `remove` puts back: written once, before we touched the unit.
    [ -e "$before/units/$unit" ] || echo "$unit_enabled $unit_active" >"$before/units/$unit"
    enable_unit "$unit"
  done <"$stage/units"
}

# Starts it too, but for those whose work the run does itself.
enable_unit() {
  case $1 in
    cdktf-lvs-ipvsadm.service | cdktf-lvs-network.service) now='' ;;
    *) now=--now ;;
  esac
  [ "$unit_enabled" != enabled ] || {
    [ -n "$now" ] && [ "$unit_active" != active ] || return 0
  }
  [ "$unit_enabled" = enabled ] || echo "$1" >>"$rollback/enabled"
  [ "$unit_active" = active ] || echo "$1" >>"$rollback/started"
  [ "$unit_active" != failed ] || bounded systemctl reset-failed "$1" || :
  # shellcheck disable=SC2086 # one word or none
  shown bounded systemctl enable --quiet $now "$1" || fail "could not enable and start $1; see: journalctl -u $1"
  say "enabled${now:+ and started} $1"
}

roll_back_units() {
  [ ! -f "$rollback/started" ] || while read -r unit; do bounded systemctl stop "$unit"; done <"$rollback/started"
  [ ! -f "$rollback/enabled" ] || while read -r unit; do bounded systemctl disable --quiet "$unit"; done <"$rollback/enabled"
}

# Once the old files are back.
roll_back_retired_units() {
  [ ! -f "$rollback/retired" ] || while read -r unit; do bounded systemctl enable --quiet "$unit"; done <"$rollback/retired"
}
