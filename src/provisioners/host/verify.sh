# Whether the service runs as planned. Each test leaves what it misses in $missing.

# Every service is in the live table, nothing that left is, and every real server there has its weight. A real server
# may be missing: keepalived takes out the ones that fail their check.
keepalived_table_ok() {
  missing=''
  live_rules >"$stage/live"
  while IFS= read -r rule; do
    case $rule in
      -A*) has_rule "$stage/live" "$rule" || missing="service $(service_of "$rule") is not in the IPVS table" ;;
      -a*)
        server=$(server_of "$rule")
        ! has_rule "$stage/live" "-a $server" || has_rule "$stage/live" "$rule" || missing="$server has not got its weight"
        ;;
    esac
  done <"$1"
  [ -f "$current/rules" ] || [ -n "$missing" ] || return 0
  [ -z "$missing" ] || return 1
  rules_missing_in "$current/rules" "$1" >"$stage/gone"
  while IFS= read -r rule; do
    ! has_rule "$stage/live" "${rule% -w *}" || missing="still in the IPVS table: $rule"
  done <"$stage/gone"
  [ -z "$missing" ]
}

ipvsadm_table_ok() {
  live_rules | sort >"$stage/live-sorted"
  sort "$1" >"$stage/wanted-sorted"
  missing="the IPVS table differs: $(comm -3 "$stage/live-sorted" "$stage/wanted-sorted" | tr '\n\t' ',+')"
  [ "$(digest_of "$stage/live-sorted")" = "$(digest_of "$stage/wanted-sorted")" ]
}

# The VIPs of a VRRP instance are on this host all together or not at all.
vrrp_vips_ok() {
  there=0
  absent=0
  while read -r vip device; do
    [ -n "$vip" ] || continue
    if has_address "$vip" "$device"; then there=$((there + 1)); else absent=$((absent + 1)); fi
  done <<END
$(plan_values "$1" vrrp_vip)
END
  missing="only $there of $((there + absent)) VIPs are on this host"
  [ "$there" -eq 0 ] || [ "$absent" -eq 0 ] || return 1
  missing='this host has not taken the VIPs, which belong here'
  [ "$absent" -eq 0 ] || [ "$(plan_value "$1" vrrp_holds)" != yes ]
}

daemon_ok() {
  missing='keepalived does not run; see: journalctl -u keepalived'
  is_active keepalived
}

director_ok() {
  case $(plan_value "$stage/plan" table) in
    keepalived) daemon_ok && keepalived_table_ok "$stage/rules" && vrrp_vips_ok "$stage/plan" ;;
    ipvsadm) ipvsadm_table_ok "$stage/rules" ;;
  esac
}

verify() {
  enter verify "$1"
  if [ "$role" = director ]; then
    verify_limit=$(plan_value "$stage/plan" verify)
    wait_until "$verify_limit" 'the director to run as planned' director_ok || fail "$missing (after $verify_limit s)"
  fi
  addresses_match || fail 'a VIP is not on its device'
}

# What a reader of the log wants to see.
evidence() {
  [ "$role" != director ] || ipvsadm --list -n | while IFS= read -r line; do say "$line"; done
  while read -r vip device; do
    [ -z "$vip" ] || ! has_address "$vip" "$device" || say "$vip is on $device"
  done <<END
$(plan_values "$stage/plan" vip)
$(plan_values "$stage/plan" vrrp_vip)
END
}
