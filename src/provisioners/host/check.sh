# `check`: what differs from the last deploy. Changes nothing.

check() {
  stage=$(mktemp -d "$run_dir/check.XXXXXX")
  trap 'rm -rf "$stage"; rmdir "$run_dir" 2>/dev/null || :' EXIT
  use_role "$here/plan"
  cp "$current/plan" "$current/rules" "$stage/"
  differences=0
  [ ! -e "$pending" ] || drift 'a run was interrupted half-way; deploy again'
  check_files
  each_sysctl report_sysctl "$current/plan"
  check_vips
  check_units
  [ "$role" != director ] || check_director
  [ "$differences" -eq 0 ] || {
    echo "$host: $differences differences from the last deploy"
    exit 2
  }
  echo "$host: as deployed"
}

drift() {
  differences=$((differences + 1))
  echo "drift: $*"
}

check_files() {
  differing_files "$current/manifest" >"$stage/changed"
  while read -r name mode _ path; do
    if [ ! -e "$path" ]; then
      drift "$path is missing"
    elif [ "$(digest_of "$path")" = "$(digest_of "$current/files/$name")" ]; then
      drift "$path has owner and mode $(stat -c '%U:%G %a' "$path"), not root:root $mode"
    else
      drift "$path was changed by hand:"
      show_lines '-' -23 "$current/files/$name" "$path"
      show_lines '+' -13 "$current/files/$name" "$path"
    fi
  done <"$stage/changed"
}

# Lines that only one of the files has. A password stays unseen.
show_lines() {
  sort "$3" >"$stage/deployed"
  sort "$4" >"$stage/found"
  comm "$2" "$stage/deployed" "$stage/found" | while IFS= read -r line; do
    case $line in *auth_pass*) line='    auth_pass (not shown)' ;; esac
    echo "  $1 $line"
  done
}

check_vips() {
  plan_values "$current/plan" vip >"$stage/vips"
  while read -r vip device; do
    has_address "$vip" "$device" || drift "$vip is not on $device"
  done <"$stage/vips"
}

check_units() {
  list_units "$current/plan"
  while read -r unit; do
    is_enabled "$unit" || drift "$unit is not enabled"
  done <"$stage/units"
}

check_director() {
  table=$(plan_value "$current/plan" table)
  if [ "$table" = keepalived ]; then
    daemon_ok || drift 'keepalived does not run'
    keepalived_table_ok "$current/rules" || drift "$missing"
    vrrp_vips_ok "$current/plan" || drift "$missing"
    live_rules >"$stage/live"
    rules_missing_in "$stage/live" "$current/rules" >"$stage/surplus"
    while IFS= read -r rule; do
      is_sorry_server "$rule" || drift "the IPVS table has more than was deployed: $rule"
    done <"$stage/surplus"
  else
    ipvsadm_table_ok "$current/rules" || drift "$missing"
  fi
}

# keepalived puts the sorry server into the table when nobody else is left.
is_sorry_server() {
  case $1 in -a*) plan_values "$current/plan" sorry | is_listed /dev/stdin "$(server_of "$1")" ;; *) return 1 ;; esac
}
