# Kernel settings: `sysctl PATH VALUE` in the plan, where PATH is below /proc/sys and `*` stands for every interface. A
# value may be several words; how much white space is between them means nothing.

tab=$(printf '\t')

# list_sysctls PLAN: $stage/settings, lines of a file and the value wanted there; $stage/settings-named, the files of
# those that the plan names one by one.
list_sysctls() {
  : >"$stage/settings-named"
  while read -r pattern wanted; do
    case $pattern in
      '') continue ;;
      *\**) ;;
      *) echo "/proc/sys/$pattern" >>"$stage/settings-named" ;;
    esac
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

# $stage/differing: a file, the value wanted and the one it has, with a tab between them. Interfaces come and go at any
# moment: what is gone of those that nobody named is no difference.
compare_sysctls() {
  : >"$stage/differing"
  : >"$stage/values"
  setting_paths=''
  while read -r setting wanted; do
    [ ! -e "$setting" ] || setting_paths="$setting_paths $setting"
  done <"$stage/settings"
  # A shell reads byte by byte, which these files do not allow.
  # shellcheck disable=SC2086 # a list of paths
  [ -z "$setting_paths" ] || head -v -n 1 $setting_paths >"$stage/values" 2>/dev/null || :
  value_of=''
  while read -r setting wanted; do
    next_value
    if [ "$value_of" = "$setting" ]; then
      value_of=''
      read -r found <&3 || found=''
      same_setting || echo "$setting$tab$wanted$tab$found_words" >>"$stage/differing"
    elif is_listed "$stage/settings-named" "$setting"; then
      [ ! -e "$setting" ] || fail "the kernel setting ${setting#/proc/sys/} cannot be read; leave it out"
      echo "$setting$tab$wanted${tab}missing" >>"$stage/differing"
    fi
  done <"$stage/settings" 3<"$stage/values"
}

# $value_of, the file whose value comes next: `==> FILE <==` stands above each.
next_value() {
  [ -z "$value_of" ] || return 0
  while IFS= read -r value_line <&3; do
    case $value_line in '==> '*) break ;; esac
  done
  value_of=${value_line#==> }
  value_of=${value_of% <==}
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
    [ "$found" = missing ] || remember_setting "$setting" "$found"
  done <"$stage/differing"
}

# Only the first of several runs saw what was there.
remember_setting() {
  ! setting_recorded "$before/sysctls" "$1" || return 0
  echo "$1" >>"$rollback/sysctls-remembered"
  echo "$1 $2" >>"$before/sysctls"
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
  remember_setting "$1" "$3"
  setting_recorded "$rollback/sysctls" "$1" || echo "$1 $3" >>"$rollback/sysctls"
  write_setting "$1" "$2" || fail "could not set ${1#/proc/sys/} to $2; the kernel refuses the value"
}

# The interface may be gone by now.
write_setting() {
  { printf '%s\n' "$2" >"$1"; } 2>/dev/null || [ ! -e "$1" ]
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
  found=$(cat "$1" 2>/dev/null) || return 0
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

# restore_sysctls LIST: as many as can be; status 1 when some cannot.
restore_sysctls() {
  [ -f "$1" ] || return 0
  settings_lost=''
  while read -r setting found; do
    write_setting "$setting" "$found" || {
      settings_lost=yes
      say "could not put back ${setting#/proc/sys/} = $found"
    }
  done <"$1"
  [ -z "$settings_lost" ]
}

# Interfaces that came after us took our values from `default`, which is as it was before by now.
restore_newcomers() {
  list_sysctls "$1"
  while read -r setting wanted; do
    case $setting in /proc/sys/net/ipv4/conf/*) ;; *) continue ;; esac
    setting_recorded "$before/sysctls" "$setting" || [ "$(cat "$setting" 2>/dev/null)" != "$wanted" ] ||
      write_setting "$setting" "$(cat "/proc/sys/net/ipv4/conf/default/${setting##*/}")"
  done <"$stage/settings"
}
