# Kernel settings: `sysctl PATH VALUE` in the plan, where PATH is below /proc/sys and `*` stands for every interface.

# list_sysctls PLAN: $stage/settings, lines of a file and the value wanted there.
list_sysctls() {
  while read -r pattern wanted; do
    [ -n "$pattern" ] || continue
    # shellcheck disable=SC2086 # the pattern is to be expanded
    set -- /proc/sys/$pattern
    for setting; do echo "$setting $wanted"; done
  done <<END >"$stage/settings"
$(plan_values "$1" sysctl)
END
}

# $stage/differing: lines of a file, the value wanted and the one it has.
compare_sysctls() {
  : >"$stage/differing"
  setting_paths=''
  while read -r setting wanted; do
    if [ -e "$setting" ]; then
      setting_paths="$setting_paths $setting"
    else
      echo "$setting $wanted missing" >>"$stage/differing"
    fi
  done <"$stage/settings"
  [ -n "$setting_paths" ] || return 0
  # A shell reads byte by byte, which these files do not allow.
  # shellcheck disable=SC2086 # a list of paths
  cat $setting_paths >"$stage/values"
  while read -r setting wanted; do
    [ ! -e "$setting" ] || {
      read -r found <&3
      [ "$found" = "$wanted" ] || echo "$setting $wanted $found" >>"$stage/differing"
    }
  done <"$stage/settings" 3<"$stage/values"
}

set_sysctls() {
  # Interfaces come and go.
  list_sysctls "$stage/plan"
  compare_sysctls
  while read -r setting wanted found; do
    [ "$found" != missing ] || fail "this kernel has no ${setting#/proc/sys/}"
    # Only the first of several runs saw what the host had before us.
    setting_recorded "$before/sysctls" "$setting" || echo "$setting $found" >>"$before/sysctls"
    echo "$setting $found" >>"$rollback/sysctls"
    echo "$wanted" >"$setting" || fail "could not set ${setting#/proc/sys/}"
    say "set ${setting#/proc/sys/} = $wanted (was $found)"
  done <"$stage/differing"
  # Some settings take back what they do not like, without a word.
  compare_sysctls
  while read -r setting wanted found; do
    fail "${setting#/proc/sys/} is still $found, not $wanted"
  done <"$stage/differing"
}

setting_recorded() {
  [ -f "$1" ] || return 1
  while read -r setting_path _; do
    [ "$setting_path" != "$2" ] || return 0
  done <"$1"
  return 1
}

restore_sysctls() {
  [ -f "$1" ] || return 0
  while read -r setting found; do
    # The interface may be gone by now.
    [ ! -e "$setting" ] || echo "$found" >"$setting"
  done <"$1"
}

# Interfaces that came after us took our values from `default`, which is as it was before by now.
restore_newcomers() {
  list_sysctls "$1"
  while read -r setting wanted; do
    case $setting in /proc/sys/net/ipv4/conf/*) ;; *) continue ;; esac
    setting_recorded "$before/sysctls" "$setting" || [ ! -e "$setting" ] || [ "$(cat "$setting")" != "$wanted" ] ||
      cat "/proc/sys/net/ipv4/conf/default/${setting##*/}" >"$setting"
  done <"$stage/settings"
}
