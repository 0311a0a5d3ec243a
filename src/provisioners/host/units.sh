# systemd units: `unit NAME` is enabled, and started when it is a service of ours; `daemon NAME` is keepalived.

bounded() {
  timeout 90 "$@"
}

is_active() {
  systemctl --quiet is-active "$1"
}

is_enabled() {
  systemctl --quiet is-enabled "$1" 2>/dev/null
}

# What `remove` puts back: written once, before we touched the unit.
remember_unit() {
  [ ! -e "$before/units/$1" ] || return 0
  systemctl is-enabled "$1" >"$before/units/$1" 2>/dev/null || :
  systemctl is-active "$1" >>"$before/units/$1" 2>/dev/null || :
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

reload_systemd() {
  shown bounded systemctl daemon-reload || fail 'systemd did not reload its units'
}

enable_unit() {
  is_enabled "$1" && return 0
  echo "$1" >>"$rollback/enabled"
  shown bounded systemctl enable --quiet "$1" || fail "could not enable $1"
  say "enabled $1"
}

start_unit() {
  is_active "$1" && return 0
  echo "$1" >>"$rollback/started"
  shown bounded systemctl start "$1" || fail "could not start $1; see: journalctl -u $1"
  say "started $1"
}

roll_back_units() {
  [ ! -f "$rollback/started" ] || while read -r unit; do bounded systemctl stop "$unit"; done <"$rollback/started"
  [ ! -f "$rollback/enabled" ] || while read -r unit; do bounded systemctl disable --quiet "$unit"; done <"$rollback/enabled"
}
