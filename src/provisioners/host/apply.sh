# `apply`: brings the host to the plan beside this program, or leaves it as it was.

apply() {
  stage=$here
  echo $$ >"$stage/pid"
  use_role "$stage/plan"
  guard
  take_lock
  clear_up
  preflight
  mkdir -p "$before/files" "$before/units"
  list_addresses
  install_packages "$stage/plan"
  check_staged
  check_addresses
  [ "$role" != director ] || check_table_owner
  find_changes
  if [ -n "$change" ]; then
    change_host
  else
    verify 'nothing to change; is all well?'
  fi
  record
  evidence
  unguard
  rm -rf "$stage"
  echo "DONE $host: ${change:-no change}"
}

check_staged() {
  enter check 'the new files, before anything live is touched'
  while read -r name _ digest path; do
    [ -s "$stage/files/$name" ] || fail "the new $path arrived empty"
    [ "$(digest_of "$stage/files/$name")" = "$digest" ] || fail "the new $path did not arrive whole"
    [ ! -d "$(dirname "$path")" ] || [ "$(stat -c %d "$(dirname "$path")")" = "$(stat -c %d "$stage")" ] ||
      fail "$path is on another filesystem than $root_dir, so it cannot be replaced in one step"
    case $path in
      /etc/modules-load.d/*) load_modules "$stage/files/$name" ;;
      */keepalived.conf) check_keepalived_conf "$stage/files/$name" ;;
    esac
  done <"$stage/manifest"
  : >"$stage/rules"
  [ ! -s "$stage/rules-wanted" ] || {
    canonical_rules "$stage/rules-wanted" || fail "this host refuses the IPVS rules: ${rules_errors:-ipvsadm failed}"
    mv "$stage/rules-canonical" "$stage/rules"
  }
}

# systemd's own loader: there at boot with the same file, so what works now works then.
load_modules() {
  shown bounded /usr/lib/systemd/systemd-modules-load "$1" || fail 'this kernel has not got all the modules needed'
}

# Only status 0 is a clean bill: keepalived also reports what it repaired in silence.
check_keepalived_conf() {
  shown bounded keepalived -t -e -f "$1" || fail 'keepalived refuses the new configuration'
}

find_changes() {
  change=''
  differing_files "$stage/manifest" >"$stage/changed"
  leaving_files "$stage/manifest" >"$stage/leaving"
  if [ -s "$stage/changed" ] || [ -s "$stage/leaving" ]; then change='files changed'; fi
  must_restart=''
  must_reload=''
  [ ! -e "$pending" ] || {
    say 'an earlier run was interrupted; its change is finished now'
    change='finished an interrupted change'
    must_reload=yes
  }
  sysctls_hold=yes
  each_sysctl note_sysctl "$stage/plan"
  { [ -n "$sysctls_hold" ] && addresses_match; } || change=${change:-'kernel settings or addresses set'}
  list_units "$stage/plan"
  while read -r unit; do
    is_enabled "$unit" || change=${change:-'units enabled'}
  done <"$stage/units"
  [ "$role" != director ] || running_as_planned || change=${change:-'brought back what was missing'}
  ! leaving_held || change=${change:-'old addresses deleted'}
}

note_sysctl() {
  now=''
  [ ! -e "$1" ] || now=$(cat "$1")
  [ "$now" = "$2" ] || sysctls_hold=''
}

leaving_held() {
  [ -f "$base/held" ] && while read -r address device; do
    is_listed "$stage/vips" "$address $device" || return 0
  done <"$base/held"
  return 1
}

list_units() {
  plan_values "$1" unit >"$stage/units"
}

running_as_planned() {
  case $(plan_value "$stage/plan" table) in
    keepalived) is_active keepalived && services_are_there ;;
    ipvsadm) ipvsadm_table_ok "$stage/rules" ;;
  esac
}

# keepalived compares new files with old ones, not with the kernel: a reload would not bring back what someone cleared.
services_are_there() {
  [ -f "$current/rules" ] || return 0
  live_rules >"$stage/live"
  while IFS= read -r rule; do
    case $rule in -A*) has_rule "$stage/live" "-A $(service_of "$rule")" || must_restart=yes ;; esac
  done <"$current/rules"
  [ -z "$must_restart" ]
}
