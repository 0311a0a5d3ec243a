# `apply`: brings the host to the plan beside this program, or leaves it as it was.

apply() {
  stage=$here
  echo $$ >"$stage/pid"
  read_plan "$stage/plan"
  guard
  take_lock
  clear_up
  preflight
  take_up_interrupted_change
  mkdir -p "$before/files" "$before/absent" "$before/units"
  list_addresses
  install_packages "$stage/plan"
  check_keepalived_version
  check_staged
  check_addresses
  check_objects
  check_own_connection
  check_sync_source
  [ "$role" != director ] || check_table_owner
  find_changes
  if [ -n "$change" ]; then
    change_host
  else
    verify 'nothing to change; is all well?'
  fi
  record
  evidence
  tell_table_size "$stage/plan"
  unguard
  rm -rf "$stage" "$shown_file"
  echo "DONE $host: ${change:-no change}"
}

check_staged() {
  enter check 'the new files, before anything live is touched'
  staged_files_arrived
  check_filesystems
  while read -r name _ _ path; do
    case $path in
      /etc/modules-load.d/*) load_modules "$stage/files/$name" ;;
      */keepalived.conf)
        check_programs
        tested_conf "$stage/files/$name"
        check_keepalived_conf "$conf_to_test"
        ;;
      /etc/logrotate.d/*) check_logrotate_file "$stage/files/$name" "$path" ;;
    esac
  done <"$stage/manifest"
  check_sysctls_known
  want_packet_rules "$stage" || fail "this host refuses the nftables table: $packet_errors"
  : >"$stage/rules"
  [ ! -s "$stage/rules-wanted" ] || {
    canonical_rules "$stage/rules-wanted" || fail "this host refuses the IPVS rules: ${rules_errors:-ipvsadm failed}"
    check_tunnels "$stage/rules-wanted" "$stage/rules-canonical"
    mv "$stage/rules-canonical" "$stage/rules"
  }
}

# A file can be replaced in one step only from its own filesystem.
check_filesystems() {
  directories=$stage
  while read -r _ _ _ path; do
    directory=${path%/*}
    # One that is not there yet will be where the one above it is.
    while [ -n "$directory" ] && [ ! -d "$directory" ]; do directory=${directory%/*}; done
    directories="$directories ${directory:-/}"
  done <"$stage/manifest"
  # shellcheck disable=SC2086 # a list of paths
  stat -c '%d %n' $directories >"$stage/filesystems"
  read -r filesystem _ <"$stage/filesystems"
  while read -r other directory; do
    [ "$other" = "$filesystem" ] || fail "$directory is on another filesystem than $root_dir, and a file can be replaced in one step on one filesystem only; mount nothing apart there"
  done <"$stage/filesystems"
}

find_changes() {
  change=''
  differing_files "$stage/manifest" "$stage/changed"
  leaving_files "$stage/manifest" >"$stage/leaving"
  if [ -s "$stage/changed" ] || [ -s "$stage/leaving" ]; then change='files changed'; fi
  must_restart=''
  must_reload=''
  unfinished=''
  [ ! -e "$pending" ] || {
    unfinished=yes
    say 'an earlier run was interrupted; its change is finished now'
    change='finished an interrupted change'
    must_reload=yes
  }
  list_sysctls "$stage/plan"
  compare_sysctls
  [ ! -s "$stage/differing" ] || change=${change:-'kernel settings set'}
  addresses_match || change=${change:-'addresses set'}
  [ -z "$(leaving_addresses)" ] || change=${change:-'old addresses deleted'}
  objects_match || change=${change:-'links, routes and rules set'}
  [ -z "$(overdue_objects)" ] || change=${change:-'old links, routes and rules deleted'}
  packet_rules_ok || change=${change:-'nftables table loaded'}
  list_units "$stage/plan"
  # What is known to change need not be looked at any closer.
  [ -n "$change" ] || units_ok || change='units enabled'
  [ -z "$metrics" ] || [ -d "$metrics" ] || change=${change:-'directory made'}
  [ "$role" != director ] || running_as_planned || change=${change:-'brought back what was missing'}
}

running_as_planned() {
  case $table in
    keepalived) is_active keepalived && services_are_there ;;
    ipvsadm) ipvsadm_table_ok "$stage/rules" ;;
  esac && daemons_and_timeouts_ok
}

# keepalived looks at its synchronisation daemon and its timeouts when it reloads, even with the same configuration.
daemons_and_timeouts_ok() {
  sync_daemons_ok && timeouts_ok && return 0
  must_reload=yes
  return 1
}

# keepalived compares new files with old ones, not with the kernel: a reload would not bring back what someone cleared.
services_are_there() {
  [ -f "$current/rules" ] || return 0
  live_rules >"$stage/live"
  keys_only_in "$current/rules" "$stage/live" | only_starting -A >"$stage/lost"
  [ ! -s "$stage/lost" ] || must_restart=yes
  [ -z "$must_restart" ]
}
