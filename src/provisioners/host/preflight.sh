# What only the host can know, looked at before anything live is touched.

preflight() {
  enter preflight "$host, as $role"
  [ "$(id -u)" -eq 0 ] || fail 'must run as root'
  [ -d /run/systemd/system ] || fail 'this host does not run systemd'
  # A host on its first boot is still being written to by others.
  wait_for_cloud_init
  for command in base64 comm flock ip sha256sum systemctl timeout unshare; do
    command -v "$command" >/dev/null || command_may_come "$command" || fail "this host has no $command"
  done
  while read -r interface; do
    [ -z "$interface" ] || [ -e "/sys/class/net/$interface" ] || fail "this host has no interface $interface, only $(interfaces)"
  done <<END
$(plan_values "$stage/plan" interface)
END
}

# `ip` comes with a package of the plan.
command_may_come() {
  [ "$1" = ip ] && [ -n "$(missing_packages "$stage/plan")" ]
}

interfaces() {
  for interface in /sys/class/net/*; do printf '%s ' "${interface##*/}"; done
}

check_addresses() {
  own_address=$(plan_value "$stage/plan" address)
  [ -n "$(ip -oneline address show to "$own_address" 2>&1)" ] || fail "$own_address is not an address of this host"
  # A VIP on a real network device would be answered for on the segment, against the director.
  [ "$role" != real-server ] || while read -r vip device; do
    has_address "$vip" "$device" || [ -z "$(ip -oneline address show to "$vip" 2>&1)" ] ||
      fail "$vip is on another device than $device of this host; delete it there"
  done <"$stage/vips"
}

# One owner per table: what the other one wrote would be lost, or come back.
check_table_owner() {
  table=$(plan_value "$stage/plan" table)
  case $table in
    ipvsadm)
      ! is_active keepalived || fail 'keepalived runs on this host; stop it, or let it own the table (tableOwner)'
      [ -f "$current/rules" ] || [ -z "$(live_rules)" ] ||
        fail 'the IPVS table of this host has services already; remove them (ipvsadm --clear), or define them here'
      ;;
    keepalived)
      [ ! -f "$current/plan" ] || [ "$(plan_value "$current/plan" table)" = keepalived ] ||
        fail 'plain ipvsadm rules own the table of this host; remove them first (see check and remove)'
      ;;
  esac
}
