# Kernel settings: `sysctl PATH VALUE`, where PATH is below /proc/sys and `*` stands for every interface.

# each_sysctl VISITOR PLAN: calls the visitor with every matching file and the value wanted there.
each_sysctl() {
  visitor=$1
  while read -r pattern wanted; do
    [ -n "$pattern" ] || continue
    # shellcheck disable=SC2086 # the pattern is to be expanded
    set -- /proc/sys/$pattern
    for setting; do
      "$visitor" "$setting" "$wanted"
    done
  done <<END
$(plan_values "$2" sysctl)
END
}

set_sysctl() {
  [ -e "$1" ] || fail "this kernel has no ${1#/proc/sys/}"
  # A shell reads byte by byte, which these files do not allow.
  was=$(cat "$1")
  [ "$was" != "$2" ] || return 0
  # Only the first of several runs saw what the host had before us.
  setting_recorded "$before/sysctls" "$1" || echo "$1 $was" >>"$before/sysctls"
  echo "$1 $was" >>"$rollback/sysctls"
  echo "$2" >"$1" || fail "could not set ${1#/proc/sys/}"
  now=$(cat "$1")
  # Some settings take back what they do not like, without a word.
  [ "$now" = "$2" ] || fail "${1#/proc/sys/} is still $now, not $2"
  say "set ${1#/proc/sys/} = $2 (was $was)"
}

setting_recorded() {
  [ -f "$1" ] || return 1
  while read -r setting_path _; do
    [ "$setting_path" != "$2" ] || return 0
  done <"$1"
  return 1
}

report_sysctl() {
  now=missing
  [ ! -e "$1" ] || now=$(cat "$1")
  [ "$now" = "$2" ] || drift "${1#/proc/sys/} is $now, not $2"
}

restore_sysctls() {
  [ -f "$1" ] || return 0
  while read -r setting was; do
    # The interface may be gone by now.
    [ ! -e "$setting" ] || echo "$was" >"$setting"
  done <"$1"
}
