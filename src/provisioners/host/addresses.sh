# VIPs that a unit of ours holds: `vip ADDRESS DEVICE` in the plan. $base/held lists those that are there because of us.

# $addresses, a word of device/address/length for each; to be looked at again when they may have changed.
look_at_addresses() {
  addresses=''
  while read -r _ found_device _ found_address _; do
    # Of a point-to-point link it is that of the other end which has the length.
    case $found_address in */*) ;; *) found_address=$found_address/peer ;; esac
    addresses="$addresses $found_device/$found_address "
  done <<END
$(ip -oneline address show)
END
}

# has_address ADDRESS [DEVICE]
has_address() {
  case $addresses in *"${2:+ $2}/$1/"*) return 0 ;; esac
  # An IPv6 address may be spelt in another way than the kernel prints it.
  case $1 in *:*) [ -n "$(ip -oneline address show ${2:+dev "$2"} to "$1" 2>/dev/null)" ] ;; *) return 1 ;; esac
}

# $host_address: the address as one of this host alone.
as_host_address() {
  case $1 in *:*) host_address=$1/128 ;; *) host_address=$1/32 ;; esac
}

# Words for `ip` that add an address.
addition() {
  as_host_address "$1"
  echo "address replace $host_address dev $2 preferred_lft 0"
}

add_address() {
  # shellcheck disable=SC2046 # words for ip
  ip $(addition "$1" "$2")
}

# Only the form that we add: with another length it is somebody else's.
delete_address() {
  as_host_address "$1"
  [ -z "$(ip -oneline address show dev "$2" to "$host_address" 2>/dev/null)" ] ||
    ip address delete "$host_address" dev "$2" 2>/dev/null || ! is_host_address "$1" "$2"
}

# Whether an address that is there is so in the form that we add.
is_host_address() {
  found_address=$(ip -oneline address show dev "$2" to "$1" 2>/dev/null)
  case "$found_address " in *"/32 "* | *"/128 "*) return 0 ;; *) return 1 ;; esac
}

is_listed() {
  [ -f "$1" ] || return 1
  while IFS= read -r listed; do
    [ "$listed" != "$2" ] || return 0
  done <"$1"
  return 1
}

list_addresses() {
  last_plan=$current/plan
  [ -f "$last_plan" ] || last_plan=/dev/null
  plan_values "$stage/plan" vip >"$stage/vips"
  plan_values "$stage/plan" vip >"$stage/held"
  plan_values "$stage/plan" vrrp_vip >"$stage/vrrp-vips"
  plan_values "$stage/plan" vrrp_holds >"$stage/vrrp-holds"
  plan_values "$last_plan" vip >"$stage/vips-before"
  plan_values "$last_plan" vrrp_vip >"$stage/vrrp-vips-before"
  for list in vips vips-before; do
    sort -u "$stage/$list" >"$stage/$list-sorted"
  done
  list_objects
}

# Compared as sorted files: a real server may hold thousands of VIPs.
new_addresses() {
  comm -13 "$stage/vips-before-sorted" "$stage/vips-sorted"
}

leaving_addresses() {
  [ ! -f "$base/held" ] || sort -u "$base/held" | comm -23 - "$stage/vips-sorted"
}

addresses_match() {
  while read -r address device; do
    missing="$address is not on $device"
    has_address "$address" "$device" || return 1
  done <"$stage/vips"
}

# All in one process: a real server may get thousands of VIPs.
add_addresses() {
  : >"$stage/additions-of-addresses"
  while read -r address device; do
    has_address "$address" "$device" && continue
    echo "$address $device" >>"$rollback/added"
    addition "$address" "$device" >>"$stage/additions-of-addresses"
  done <"$stage/vips"
  [ -s "$stage/additions-of-addresses" ] || return 0
  shown ip -batch "$stage/additions-of-addresses" || fail 'could not add all addresses; the lines above say which, and why'
  while read -r _ _ address _ device _; do
    say "added ${address%/*} to $device"
  done <"$stage/additions-of-addresses"
}

# VIPs that keepalived moved until now are there when ours are added, and go when it reloads.
take_over_addresses() {
  while read -r _ vip device; do
    ! is_listed "$stage/vips" "$vip $device" || echo "$vip $device"
  done <"$stage/vrrp-vips-before" >"$stage/vips-taken-over"
  [ -s "$stage/vips-taken-over" ] || return 0
  wait_until 10 'keepalived to leave the VIPs' vips_are_left || :
  add_addresses
}

vips_are_left() {
  look_at_addresses
  while read -r vip device; do
    ! has_address "$vip" "$device" || return 1
  done <"$stage/vips-taken-over"
}

# A VIP that leaves a real server stays until its next run: directors may send to it until they are changed themselves,
# which comes after the real servers. On a director it goes at once: its service is gone by then.
delete_leaving_addresses() {
  leaving_addresses >"$stage/addresses-leaving"
  : >"$stage/addresses-staying"
  [ "$role" = director ] ||
    comm -12 "$stage/addresses-leaving" "$stage/vips-before-sorted" >"$stage/addresses-staying"
  while read -r address device; do
    echo "$address $device" >>"$stage/held"
    say "$address stays on $device until the next change of this host: directors may still send to it"
  done <"$stage/addresses-staying"
  comm -23 "$stage/addresses-leaving" "$stage/addresses-staying" >"$stage/addresses-overdue"
  while read -r address device; do
    echo "$address $device" >>"$rollback/deleted"
    shown delete_address "$address" "$device" || fail "could not delete $address from $device; the lines above say why"
    say "deleted $address from $device"
  done <"$stage/addresses-overdue"
}

delete_added_addresses() {
  look_at_addresses
  [ ! -f "$rollback/added" ] || while read -r address device; do
    shown delete_address "$address" "$device" || fail "$device without $address"
  done <"$rollback/added"
}

put_back_deleted_addresses() {
  [ ! -f "$rollback/deleted" ] || while read -r address device; do
    shown add_address "$address" "$device" || fail "$address on $device"
  done <"$rollback/deleted"
}
