# VIPs that keepalived moves: `vrrp_vip INSTANCE ADDRESS DEVICE` and `vrrp_holds INSTANCE yes|no` in the plan.

vrrp_vips_ok() {
  look_at_addresses
  while read -r instance holds; do
    count_instance_vips
    missing="only $there of $((there + absent)) VIPs of VRRP instance $instance are on this host"
    [ "$there" -eq 0 ] || [ "$absent" -eq 0 ] || return 1
    missing="this host has not taken the VIPs of VRRP instance $instance, which belong here"
    [ "$absent" -eq 0 ] || [ "$holds" != yes ] || return 1
  done <"$stage/vrrp-holds"
}

# The addresses of an instance are on this host all together or not at all.
count_instance_vips() {
  there=0
  absent=0
  while read -r mover vip device; do
    [ "$mover" = "$instance" ] || continue
    if has_address "$vip" "$device"; then there=$((there + 1)); else absent=$((absent + 1)); fi
  done <"$stage/vrrp-vips"
}

# delete_vrrp_addresses FILE...: those that nobody moves any more, since keepalived is gone.
delete_vrrp_addresses() {
  look_at_addresses
  sort -u "$@" >"$stage/orphans"
  while read -r _ vip device; do
    shown delete_address "$vip" "$device" || fail "could not delete $vip from $device; the lines above say why"
  done <"$stage/orphans"
}

# `stopped`, which systemd calls after keepalived has ended. One that ended well has taken its VIPs away itself; what
# another one has left would go on answering here, and on the director that takes them over.
keepalived_stopped() {
  [ "${SERVICE_RESULT-}" != success ] || return 0
  read_plan "$here/plan"
  plan_values "$here/plan" vrrp_vip | while read -r _ vip device; do
    delete_address "$vip" "$device" || echo "could not delete $vip from $device"
  done
}

# Programs of the user are found where systemd looks for those of services, as keepalived finds them.
service_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# What tells the network where the VIPs of an instance are: `vrrp_hook INSTANCE PROGRAM`. keepalived calls it when its
# state changes, which a reload with other VIPs is not.
call_hooks() {
  [ -n "$was_active" ] || return 0
  look_at_addresses
  plan_values "$stage/plan" vrrp_hook >"$stage/hooks"
  while read -r instance hook; do
    count_instance_vips
    { [ "$absent" -eq 0 ] && in_manifest "$stage/changed" "$hook"; } || continue
    shown env PATH="$service_path" timeout 60 "$hook" </dev/null || fail "$hook could not move the VIPs of VRRP instance $instance; the lines above say why"
    say "moved the VIPs of VRRP instance $instance: $hook"
  done <"$stage/hooks"
}
