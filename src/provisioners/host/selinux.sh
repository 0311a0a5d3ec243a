# SELinux. A file keeps the label of the directory that it was made in when it is moved to its place.

keepalived_script_type=keepalived_unconfined_script_exec_t

# $selinux: on, where labels count.
look_at_selinux() {
  selinux=''
  command -v getenforce >/dev/null && command -v restorecon >/dev/null || return 0
  case $(getenforce) in Enforcing | Permissive) selinux=on ;; esac
}

# What keepalived runs must have a type of its own, which no rule of the policy gives this path.
is_script() {
  case $1 in "$root_dir"/*/scripts/*) return 0 ;; *) return 1 ;; esac
}

# label_file PATH...: as the policy says of these paths.
label_file() {
  [ -z "$selinux" ] || shown restorecon "$@" || fail "could not give $* the SELinux label of its place; the lines above say why"
}

label_script() {
  [ -z "$selinux" ] || shown chcon -t "$keepalived_script_type" "$@" ||
    fail "could not give $* the SELinux type $keepalived_script_type; the lines above say why"
}

# Of the paths, a line for each that has another label than we give it.
mislabelled() {
  [ -n "$selinux" ] && [ $# -gt 0 ] || return 0
  restorecon -n -v "$@" 2>&1 | while read -r would relabel mislabelled_path _; do
    [ "$would $relabel" != 'Would relabel' ] || is_script "$mislabelled_path" || echo "$mislabelled_path"
  done
  stat -c '%n %C' "$@" | while read -r script context; do
    case $context in *":$keepalived_script_type:"*) continue ;; esac
    ! is_script "$script" || echo "$script"
  done
}

# The policy lets keepalived connect to a few ports only, unless it is told otherwise.
hint_at_check_ports() {
  [ -n "$selinux" ] && command -v getsebool >/dev/null || return 0
  case $(getsebool keepalived_connect_any 2>/dev/null) in
    *off) say 'SELinux: keepalived_connect_any is off, so health checks reach well-known ports only (80, 443, ...); for others run: setsebool -P keepalived_connect_any on' ;;
  esac
}
