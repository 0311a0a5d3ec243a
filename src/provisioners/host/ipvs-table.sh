# The IPVS table, in the words of `ipvsadm --save -n`: one `-A SERVICE...` or `-a SERVICE -r SERVER...` per line, with
# the thresholds that it leaves out. A table may have ten thousand lines: they are compared as sorted files by programs
# that go through them once, since a shell reads byte by byte.

live_rules() {
  limits=$(thresholds | sort -t '|' -k 1,1)
  if [ -z "$limits" ]; then
    ipvsadm --save -n
  else
    ipvsadm --save -n | keyed | join -t '|' -a 1 -o 1.2,2.2 - /dev/fd/3 3<<END | sed 's/|$//; s/|/ /'
$limits
END
  fi
}

# `-a SERVICE -r SERVER|-x UPPER -y LOWER` of each server that has a limit.
thresholds() {
  ipvsadm --list -n --thresholds | sed '/RemoteAddress/d; /^ *-> [^ ]*  *0  *0 /d' | while read -r kind name upper lower _; do
    case $kind in
      TCP) service="-t $name" ;;
      UDP) service="-u $name" ;;
      SCTP) service="--sctp-service $name" ;;
      FWM) if [ "$upper" = IPv6 ]; then service="-f $name -6"; else service="-f $name"; fi ;;
      '->') echo "-a $service -r $name|-x $upper -y $lower" ;;
    esac
  done
}

# Rules as the kernel prints them; loading them into a table of their own shows what it would refuse.
# Run in a network namespace of its own.
load_and_print() {
  # Without a loopback the kernel takes no address there for a unicast one.
  ip link set lo up && ipvsadm --restore && live_rules
}

# canonical_rules FILE: also refuses what ipvsadm reports but does not fail for.
canonical_rules() {
  rules_errors=$(bounded unshare --net sh "$stage/program" load-and-print <"$1" 2>&1 >"$stage/rules-canonical") || return 1
  [ -z "$rules_errors" ]
}

# GUE and GRE in the words of a table, one line for each real server behind them.
tunnels() {
  sed -n '/^-a .* --tun-type g/{s/.* --tun-type/--tun-type/;s/ -[xy] .*//;p;}' "$1" | sort
}

# check_tunnels WANTED CANONICAL: a kernel takes no notice of what it does not know, and would send plain IP in IP.
check_tunnels() {
  tunnels "$1" >"$stage/tunnels-wanted"
  tunnels "$2" | comm -23 "$stage/tunnels-wanted" - >"$stage/tunnels-lost"
  [ -s "$stage/tunnels-lost" ] || return 0
  lost_tunnel=$(first_line_of "$stage/tunnels-lost")
  fail "this host does not know the tunnel $lost_tunnel, and would send other packets in its place; GUE needs Linux 5.2, GRE and checksums need 5.3, both ipvsadm 1.31"
}

# keyed [FILE]: `KEY|RULE` lines in the order of the keys. The key of a rule is what the kernel tells it apart by: a
# service without its scheduler, a server without its forwarding method and its weight.
keyed() {
  sed -n -e '/^-A/{h;s/ -s .*//;G;s/\n/|/p;}' -e '/^-a/{h;s/ -[gim] -w .*//;G;s/\n/|/p;}' "$@" | sort -t '|' -k 1,1
}

keys() {
  keyed "$1" | cut -d '|' -f 1
}

# keys_only_in A B: keys of the rules of A that B has no rule for, whatever its scheduler or weight.
keys_only_in() {
  keys "$1" >"$stage/keys-a" && keys "$2" >"$stage/keys-b" && comm -23 "$stage/keys-a" "$stage/keys-b"
}

# rules_of KEYS FILE: the rules that FILE has for the keys.
rules_of() {
  keyed "$2" >"$stage/keyed" && join -t '|' -o 2.2 "$1" "$stage/keyed"
}

# only_starting WORD: the lines of the input that start with it.
only_starting() {
  sed -n "/^$1/p"
}

first_line_of() {
  head -n 1 "$1"
}

# Brings the live table from what it is to FILE by single steps. Never clears: that would cut connections.
change_table() {
  # On a full disk a list of what is to stay could be empty.
  find_steps "$1" || {
    fail "could not write to $stage; is the disk full?"
    return 0
  }
  # Services sort before their servers, and so must they be added; servers go first when both leave.
  {
    cat "$stage/additions"
    sed -e 's/^-A/-E/' -e 's/^-a/-e/' "$stage/edits"
    sed -e 's/^-A/-D/' -e 's/^-a/-d/' "$stage/deletions"
  } >"$stage/steps"
  [ ! -s "$stage/steps" ] || take_steps "$1"
}

# $stage/additions, edits and deletions.
find_steps() {
  live_rules >"$stage/live" &&
    sort "$stage/live" >"$stage/live-sorted" &&
    sort "$1" >"$stage/wanted-sorted" &&
    comm -13 "$stage/live-sorted" "$stage/wanted-sorted" >"$stage/new-rules" &&
    keys_only_in "$1" "$stage/live" >"$stage/new-keys" &&
    rules_of "$stage/new-keys" "$1" >"$stage/added-rules" &&
    sort "$stage/added-rules" >"$stage/additions" &&
    comm -23 "$stage/new-rules" "$stage/additions" >"$stage/edits" &&
    keys_only_in "$stage/live" "$1" >"$stage/old-keys" &&
    sort -r "$stage/old-keys" >"$stage/deletions"
}

# take_steps FILE: one ipvsadm takes all of them, since starting one for each takes minutes for ten thousand. It goes on
# after a step that the kernel refuses, and its status is that of the last one: only the table itself tells.
take_steps() {
  tell_steps
  shown ipvsadm --restore <"$stage/steps" || :
  ipvsadm_table_ok "$1" || fail "ipvsadm did not take every step: $missing; the lines above say why"
}

# A list of ten thousand steps is nothing to read.
tell_steps() {
  for verb in -A -a -E -e -d -D; do
    only_starting "$verb " <"$stage/steps" >"$stage/steps-alike"
    how_many=$(wc -l <"$stage/steps-alike")
    if [ "$how_many" -gt 20 ]; then
      say "ipvsadm $verb ... ($how_many of them)"
    else
      while IFS= read -r rule; do say "ipvsadm $rule"; done <"$stage/steps-alike"
    fi
  done
}
