# What only the host can know, looked at before anything live is touched.

preflight() {
  enter preflight "$host, as $role"
  [ -d /run/systemd/system ] || fail 'this host does not run systemd; use one that boots with it'
  look_at_os
  # A host on its first boot is still being written to by others.
  wait_for_cloud_init
  for command in base64 comm flock install join sed sha256sum systemctl timeout unshare; do
    command -v "$command" >/dev/null || fail "this host has no $command; install it and deploy again"
  done
  look_at_selinux
  for other in "$root_dir/director" "$root_dir/real-server"; do
    [ "$other" = "$base" ] || { [ ! -e "$other/current" ] && [ ! -e "$other/pending" ]; } ||
      fail "this host is deployed as ${other##*/}; clean it first: sh $other/current/program remove"
  done
  while read -r interface; do
    [ -z "$interface" ] || [ -e "/sys/class/net/$interface" ] || fail "this host has no interface $interface, only $(interfaces); name one of these"
  done <<END
$(plan_values "$stage/plan" interface)
END
  ! find_conflict || fail "$conflict"
  [ "$table" != keepalived ] || hint_at_check_ports
}

interfaces() {
  for interface in /sys/class/net/*; do printf '%s ' "${interface##*/}"; done
}

own_addresses() {
  ip -oneline address show scope global | while read -r _ _ _ address _; do printf '%s ' "${address%/*}"; done
}

check_addresses() {
  look_at_addresses
  has_address "$own_address" || fail "$own_address is not an address of this host, which has $(own_addresses); set address to one of these, or connection.host to the host that is meant"
  # Those of the last deploy are known to be as they should.
  new_addresses >"$stage/new-vips"
  while read -r vip device; do
    ! has_address "$vip" "$device" || is_host_address "$vip" "$device" || fail "$vip is on $device already, as part of a network; delete it there"
  done <"$stage/new-vips"
  check_router_advertisements
  [ "$role" = real-server ] || return 0
  # A VIP on a real network device would be answered for on the segment, against the director.
  while read -r vip device; do
    has_address "$vip" "$device" || ! has_address "$vip" || moves_by_vrrp "$vip" ||
      fail "$vip is on another device than $device of this host; delete it there"
  done <"$stage/vips"
}

# Whether keepalived may have put the VIP on another device.
moves_by_vrrp() {
  while read -r vrrp_vip _; do
    [ "$vrrp_vip" != "$1" ] || return 0
  done <"$stage/vrrp-vips"
  return 1
}

# A host that forwards IPv6 no longer hears routers, and would lose a default route that it has from one.
check_router_advertisements() {
  case $(plan_values "$stage/plan" sysctl) in *net/ipv6/conf/all/forwarding*) ;; *) return 0 ;; esac
  while read -r _ _ _ _ device others; do
    case $others in *'proto ra'*) ;; *) continue ;; esac
    [ "$(cat "/proc/sys/net/ipv6/conf/$device/accept_ra")" = 2 ] ||
      fail "the IPv6 default route comes from a router on $device, and would be lost when this host forwards; set net.ipv6.conf.$device.accept_ra = 2 first"
  done <<END
$(ip -6 route show default)
END
}

# One owner per table: what the other one wrote would be lost, or come back.
check_table_owner() {
  case $table in
    ipvsadm)
      ! is_active keepalived || fail 'keepalived runs on this host; stop it, or let it own the table (tableOwner)'
      [ -f "$current/rules" ] || [ -e "$pending" ] || [ -z "$(live_rules)" ] ||
        fail 'the IPVS table of this host has services already; remove them (ipvsadm --clear), or define them here'
      ;;
    keepalived)
      [ ! -f "$current/plan" ] || [ "$(plan_values "$current/plan" table)" = keepalived ] ||
        fail "plain ipvsadm rules own the table of this host; run this there first: sh $current/program remove"
      ;;
  esac
}
