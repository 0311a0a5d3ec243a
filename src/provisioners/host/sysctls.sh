# Kernel settings: `sysctl PATH VALUE` in the plan, where PATH is below /proc/sys and `*` stands for every interface. A
# value may be several words; how much white space is between them means nothing.

tab=$(printf '\t')

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

# Settings of an interface come with it, which this run may be about to make. All others must be there by now.
check_sysctls_known() {
  list_sysctls "$stage/plan"
  while read -r setting wanted; do
    case $setting in /proc/sys/net/*/conf/* | /proc/sys/net/*/neigh/*) continue ;; esac
    [ -e "$setting" ] ||
      fail "this kernel ($(uname -r)) has no setting ${setting#/proc/sys/}, which is to be $wanted; leave it out, or use a kernel that has it"
  done <"$stage/settings"
}

# $stage/differing: a file, the value wanted and the one it has, with a tab between them.
compare_sysctls() {
  : >"$stage/differing"
  setting_paths=''
  while read -r setting wanted; do
    if [ -e "$setting" ]; then
      setting_paths="$setting_paths $setting"
    else
      echo "$setting$tab$wanted${tab}missing" >>"$stage/differing"
    fi
  done <"$stage/settings"
  [ -n "$setting_paths" ] || return 0
  # A shell reads byte by byte, which these files do not allow.
  # shellcheck disable=SC2086 # a list of paths
  cat $setting_paths >"$stage/values" || fail 'a kernel setting cannot be read; the lines above say which'
  while read -r setting wanted; do
    [ ! -e "$setting" ] || {
      read -r found <&3
      same_setting || echo "$setting$tab$wanted$tab$found_words" >>"$stage/differing"
    }
  done <"$stage/settings" 3<"$stage/values"
}

# Whether $found is $wanted, whatever is between the words; $found_words has one blank there.
same_setting() {
  set -f
  # shellcheck disable=SC2086 # words
  set -- $found
  found_words=$*
  # shellcheck disable=SC2086 # words
  set -- $wanted
  set +f
  [ "$found_words" != "$*" ] || return 0
  # In the automatic modes of its defenses IPVS goes from 1 to 2 and back by itself.
  case "$setting $* $found_words" in
    *"/vs/drop_entry 1 2" | *"/vs/drop_packet 1 2" | *"/vs/secure_tcp 1 2") return 0 ;;
    *) return 1 ;;
  esac
}

# Before the files that set them at boot: after a crash nobody could tell any more what was there.
remember_settings() {
  while IFS=$tab read -r setting wanted found; do
    [ "$found" = missing ] || setting_recorded "$before/sysctls" "$setting" || echo "$setting $found" >>"$before/sysctls"
  done <"$stage/differing"
}

set_sysctls() {
  # Interfaces come and go.
  list_sysctls "$stage/plan"
  compare_sysctls
  while IFS=$tab read -r setting wanted found; do
    [ "$found" != missing ] || fail "this host has no ${setting#/proc/sys/}; is the interface there? see: ip link"
    change_setting "$setting" "$wanted" "$found"
    say "set ${setting#/proc/sys/} = $wanted (was $found)"
  done <"$stage/differing"
  put_back_leaving_sysctls of-kernel
  list_sysctls "$stage/plan"
  # Some settings take back what they do not like, without a word.
  compare_sysctls
  while IFS=$tab read -r setting wanted found; do
    fail "${setting#/proc/sys/} is still $found, not $wanted; the kernel takes no such value, set another"
  done <"$stage/differing"
}

# change_setting FILE VALUE OLD
change_setting() {
  # Only the first of several runs saw what was there.
  setting_recorded "$before/sysctls" "$1" || echo "$1 $3" >>"$before/sysctls"
  setting_recorded "$rollback/sysctls" "$1" || echo "$1 $3" >>"$rollback/sysctls"
  printf '%s\n' "$2" >"$1" || fail "could not set ${1#/proc/sys/} to $2; the lines above say why"
}

# put_back_leaving_sysctls of-interfaces | of-kernel: settings of the last deploy that this one says nothing of.
put_back_leaving_sysctls() {
  [ -f "$before/sysctls" ] && [ -f "$current/plan" ] || return 0
  list_sysctls "$stage/plan"
  mv "$stage/settings" "$stage/settings-wanted"
  list_sysctls "$current/plan"
  while read -r setting wanted; do
    case $setting in /proc/sys/net/*/conf/*) kind=of-interfaces ;; *) kind=of-kernel ;; esac
    [ "$kind" != "$1" ] || [ ! -e "$setting" ] || setting_recorded "$stage/settings-wanted" "$setting" ||
      put_back_setting "$setting"
  done <"$stage/settings"
}

put_back_setting() {
  setting_recorded "$before/sysctls" "$1" || return 0
  wanted=$recorded_value
  found=$(cat "$1")
  same_setting && return 0
  change_setting "$1" "$wanted" "$found_words"
  say "put back ${1#/proc/sys/} = $wanted"
}

# setting_recorded LIST FILE: $recorded_value
setting_recorded() {
  [ -f "$1" ] || return 1
  while read -r setting_path recorded_value; do
    [ "$setting_path" != "$2" ] || return 0
  done <"$1"
  return 1
}

restore_sysctls() {
  [ -f "$1" ] || return 0
  while read -r setting found; do
    # The interface may be gone by now.
    [ ! -e "$setting" ] || printf '%s\n' "$found" >"$setting"
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
