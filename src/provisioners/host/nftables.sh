# Our own nftables table: firewall marks, and what a director drops. What it is to be the kernel tells itself, from the
# file in a network namespace of its own, in the words of the nft that is installed now.

nftables_conf=/etc/cdktf-lvs/nftables.conf

list_packet_rules() {
  nft --stateless list table inet cdktf_lvs
}

# Run in a network namespace of its own.
load_and_list() {
  nft -f "$1" && list_packet_rules
}

# want_packet_rules DIRECTORY: $stage/packet-rules, the table of the file that its manifest has; empty without one.
want_packet_rules() {
  packet_file=''
  while read -r name _ _ path; do
    [ "$path" != "$nftables_conf" ] || packet_file=$1/files/$name
  done <"$1/manifest"
  : >"$stage/packet-rules"
  [ -n "$packet_file" ] || return 0
  packet_errors=$(bounded unshare --net sh "$here/program" load-and-list "$packet_file" 2>&1 >"$stage/packet-rules")
}

packet_rules_wanted() {
  [ -s "$stage/packet-rules" ]
}

packet_rules_there() {
  [ -n "$(command -v nft)" ] && list_packet_rules >"$stage/packet-rules-live" 2>/dev/null
}

# A table that nobody wants any more is looked at when its file leaves.
packet_rules_ok() {
  packet_rules_wanted || return 0
  packet_rules_there && [ "$(cat "$stage/packet-rules-live")" = "$(cat "$stage/packet-rules")" ]
}

load_packet_rules() {
  shown bounded nft -f "$nftables_conf"
}

delete_packet_rules() {
  shown bounded nft delete table inet cdktf_lvs
}

# Before the services: new rules come beside the old ones, so that no packet loses its mark before its service is gone.
# Chains of another kind do not go together; then the new ones take over at once.
add_packet_rules() {
  ! packet_rules_ok || return 0
  : >"$rollback/packet-rules"
  tail -n +3 "$nftables_conf" | bounded nft -f - 2>/dev/null || load_packet_rules || fail 'nft did not load the table; the lines above say why'
  say 'loaded the nftables table'
}

# After the services: the new rules alone.
settle_packet_rules() {
  if packet_rules_wanted; then
    packet_rules_ok || load_packet_rules || fail 'nft did not load the table; the lines above say why'
    packet_rules_ok || fail 'the nftables table is not as its file says; does something else change it? see: nft list ruleset'
  elif is_listed "$stage/leaving" "$nftables_conf" && packet_rules_there; then
    : >"$rollback/packet-rules"
    delete_packet_rules || fail 'nft did not delete the table; the lines above say why'
    say 'deleted the nftables table'
  fi
}

# Once the old file is back.
roll_back_packet_rules() {
  [ -e "$rollback/packet-rules" ] || return 0
  if [ -e "$nftables_conf" ]; then
    load_packet_rules || fail 'the nftables table'
  elif packet_rules_there; then
    delete_packet_rules || fail 'the nftables table'
  fi
}

# What its unit left: someone may have stopped that, and loaded the table by hand.
remove_packet_rules() {
  in_manifest "$current/manifest" "$nftables_conf" && packet_rules_there || return 0
  delete_packet_rules || fail 'nft did not delete the table; the lines above say why'
}

# `closed ADDRESS PORTS` in the plan: the firewall would drop the connection that this run came through, if it went there.
check_own_connection() {
  find_own_connection
  [ -n "$own_server" ] || return 0
  while read -r closed_address closed_ports; do
    [ "$closed_address" = "$own_server" ] || continue
    [ "$own_port" -lt "${closed_ports%%-*}" ] || [ "$own_port" -gt "${closed_ports##*-}" ] ||
      fail "the firewall would drop the connection of this deploy, to the VIP $own_server port $own_port; connect to an address of the host's own"
  done <<END
$(plan_values "$stage/plan" closed)
END
}

# $own_server and $own_port of the SSH connection; empty without one. sudo hides it, so the processes above are asked.
find_own_connection() {
  own_connection=${SSH_CONNECTION-}
  ancestor=$$
  while [ -z "$own_connection" ] && [ "$ancestor" -gt 1 ]; do
    own_connection=$(environment_of "$ancestor" | only_starting SSH_CONNECTION=)
    own_connection=${own_connection#SSH_CONNECTION=}
    parent=1
    while read -r key value; do
      [ "$key" != PPid: ] || parent=$value
    done <"/proc/$ancestor/status" || break
    ancestor=$parent
  done
  read -r _ _ own_server own_port <<END
$own_connection
END
}

environment_of() {
  tr '\0' '\n' 2>/dev/null <"/proc/$1/environ" || :
}

# `sync_source ADDRESS DEVICE` in the plan: other directors take synchronisation from this address alone, and the daemon
# sends from the first one of its device.
check_sync_source() {
  while read -r sync_address sync_device; do
    [ -n "$sync_address" ] || continue
    read -r _ _ _ first_address _ <<FIRST
$(ip -4 -oneline address show dev "$sync_device" primary scope global)
FIRST
    [ "${first_address%%/*}" = "$sync_address" ] ||
      fail "connections would be synchronised from ${first_address%%/*}, the first address of $sync_device, and dropped: other directors expect $sync_address; use another interface for connectionSync"
  done <<END
$(plan_values "$stage/plan" sync_source)
END
}
