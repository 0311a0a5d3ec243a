# keepalived: whether the one that is here will do, and what it says of a configuration before it gets it.

scripts_dir=/etc/cdktf-lvs/director/scripts

# $keepalived_version: of `Keepalived v2.2.7 (01/16,2022)`.
look_at_keepalived() {
  keepalived_version=$(bounded keepalived --version 2>&1) || fail 'keepalived does not tell its version; run: keepalived --version'
  keepalived_version=${keepalived_version#*' v'}
  keepalived_version=${keepalived_version%%[!0-9.]*}
}

version_is_at_least() {
  printf '%s\n' "$2" "$1" | sort -V -C
}

check_keepalived_version() {
  [ "$table" = keepalived ] || return 0
  look_at_keepalived
  version_is_at_least "$keepalived_version" "$wanted_keepalived" ||
    fail "this host has keepalived $keepalived_version, the definition is for $wanted_keepalived; set keepalivedVersion to $keepalived_version, or install a newer one"
}

# Only silence and status 0 are a clean bill: keepalived also reports what it would repair, and 2.1.5 calls that a
# success. That version cannot be told either that files to include must be there.
check_keepalived_conf() {
  must_include=''
  case $(keepalived --help 2>&1) in *--all-config*) must_include=--all-config ;; esac
  keepalived_status=0
  # shellcheck disable=SC2086 # one word or none
  shown bounded keepalived -t $must_include -f "$1" || keepalived_status=$?
  [ "$keepalived_status" -eq 0 ] && [ ! -s "$shown_file" ] && return 0
  fail 'keepalived refuses the new configuration; the lines above say why'
}

# $conf_to_test: the configuration, or a copy where scripts are looked for among the staged files, and maintenance
# switches in a directory that is there.
tested_conf() {
  conf_to_test=$1
  stage_scripts
  [ -d "$stage/scripts" ] || [ -n "$(plan_values "$stage/plan" switch)" ] || return 0
  conf_to_test=$stage/keepalived.conf
  sed "s|$scripts_dir/|$stage/scripts/|g; s|$maintenance_dir/|$stage/|g" "$1" >"$conf_to_test"
}

stage_scripts() {
  while read -r script mode _ path; do
    case $path in
      "$scripts_dir"/*)
        [ -d "$stage/scripts" ] || mkdir "$stage/scripts"
        install -m "$mode" "$stage/files/$script" "$stage/scripts/${path##*/}"
        ;;
    esac
  done <"$stage/manifest"
}

# keepalived drops a program that is not there, or that others than root could change, and says so in its log
# only: with a check it would go, and the real server would count as up for ever.
check_programs() {
  plan_values "$stage/plan" program >"$stage/programs"
  while IFS= read -r program; do
    real_program=$(realpath -e -- "$program" 2>/dev/null) || fail "$program is not on this host; install it there, keepalived is to run it"
    if [ ! -f "$real_program" ] || [ ! -x "$real_program" ]; then fail "$program is no program; name one that root can run, keepalived is to run it"; fi
    part=$real_program
    while :; do
      is_roots_alone "$part" || fail "$part can be changed by others than root; take that right away (chown root, chmod go-w), or keepalived does not run $program"
      [ "$part" != / ] || break
      part=${part%/*}
      part=${part:-/}
    done
  done <"$stage/programs"
}

# Sticky directories let others add, but not replace.
is_roots_alone() {
  # shellcheck disable=SC2046 # words
  set -- $(stat -c '%u %g %A' -- "$1")
  [ "$1" -eq 0 ] || return 1
  case $3 in
    d*[tT]) return 0 ;;
    ????????w*) return 1 ;;
    ?????w*) [ "$2" -eq 0 ] ;;
  esac
}
