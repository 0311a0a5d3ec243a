# The IPVS table, in the words of `ipvsadm --save -n`: one `-A SERVICE...` or `-a SERVICE -r SERVER...` per line.

live_rules() {
  ipvsadm --save -n
}

# Rules as the kernel prints them; loading them into a table of their own shows what it would refuse.
# Run in a network namespace of its own.
load_and_print() {
  # Without a loopback the kernel takes no address there for a unicast one.
  ip link set lo up && ipvsadm --restore && ipvsadm --save -n
}

# canonical_rules FILE: also refuses what ipvsadm reports but does not fail for.
canonical_rules() {
  rules_errors=$(unshare --net sh "$stage/program" load-and-print <"$1" 2>&1 >"$stage/rules-canonical") || return 1
  [ -z "$rules_errors" ]
}

# `-t 192.0.2.100:80` of any rule.
service_of() {
  # shellcheck disable=SC2086 # words of a rule
  set -- $1
  echo "$2 $3"
}

# `-t 192.0.2.100:80 -r 192.0.2.21:80` of a server rule.
server_of() {
  # shellcheck disable=SC2086 # words of a rule
  set -- $1
  echo "$2 $3 $4 $5"
}

# has_rule FILE START: whether a rule of the file starts with these words.
has_rule() {
  while IFS= read -r listed_rule; do
    case "$listed_rule " in "$2 "*) return 0 ;; esac
  done <"$1"
  return 1
}

# Rules of FILE whose service or server OTHER does not have at all, whatever its scheduler or weight.
rules_missing_in() {
  while IFS= read -r own_rule; do
    case $own_rule in
      -A*) has_rule "$2" "-A $(service_of "$own_rule")" || echo "$own_rule" ;;
      -a*) has_rule "$2" "-a $(server_of "$own_rule")" || echo "$own_rule" ;;
    esac
  done <"$1"
}

# Brings the live table from what it is to FILE by single steps. Never clears: that would cut connections.
change_table() {
  live_rules >"$stage/live"
  sort "$stage/live" >"$stage/live-sorted"
  sort "$1" >"$stage/wanted-sorted"
  rules_missing_in "$stage/live" "$1" >"$stage/surplus"
  # Services sort before their servers, and so must they be added; servers go first when both leave.
  comm -13 "$stage/live-sorted" "$stage/wanted-sorted" >"$stage/steps"
  while read -r rule; do
    change_rule "$rule" || fail "ipvsadm refused: $rule"
  done <"$stage/steps"
  sort -r "$stage/surplus" >"$stage/steps"
  while read -r rule; do
    delete_rule "$rule" || fail "ipvsadm could not delete: $rule"
  done <"$stage/steps"
}

change_rule() {
  words=${1#-[Aa] }
  case $1 in
    -A*) if has_rule "$stage/live" "-A $(service_of "$1")"; then verb=-E; else verb=-A; fi ;;
    *) if has_rule "$stage/live" "-a $(server_of "$1")"; then verb=-e; else verb=-a; fi ;;
  esac
  # shellcheck disable=SC2086 # words of a rule
  shown ipvsadm $verb $words && say "ipvsadm $verb $words"
}

delete_rule() {
  case $1 in
    -A*) deletion="-D $(service_of "$1")" ;;
    *) deletion="-d $(server_of "$1")" ;;
  esac
  # shellcheck disable=SC2086 # words of a rule
  shown ipvsadm $deletion && say "ipvsadm $deletion"
}
