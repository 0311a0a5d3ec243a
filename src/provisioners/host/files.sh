# Files. A manifest has one line per file: its name under files/, mode, sha256 and path. Paths have no blanks.

# Whether all files of the manifest arrived whole.
staged_files_arrived() {
  : >"$stage/digests"
  while read -r name _ digest path; do
    [ -s "$stage/files/$name" ] || fail "the new $path arrived empty; deploy again"
    echo "$digest  $stage/files/$name" >>"$stage/digests"
  done <"$stage/manifest"
  [ ! -s "$stage/digests" ] || shown sha256sum --check --quiet "$stage/digests" || fail 'not all files arrived whole; deploy again'
}

# Manifest lines whose file is not on the host just so, into OUT: differing_files MANIFEST OUT.
differing_files() {
  : >"$2"
  : >"$stage/present"
  present_paths=''
  while read -r name mode digest path; do
    if [ -f "$path" ] && [ ! -L "$path" ]; then
      echo "$name $mode $digest $path" >>"$stage/present"
      present_paths="$present_paths $path"
    else
      echo "$name $mode $digest $path" >>"$2"
    fi
  done <"$1"
  # shellcheck disable=SC2086 # a list of paths
  mislabelled $present_paths >"$stage/mislabelled"
  [ -n "$present_paths" ] || return 0
  # shellcheck disable=SC2086 # a list of paths
  stat -c %a:%u:%g $present_paths >"$stage/modes"
  # shellcheck disable=SC2086 # a list of paths
  sha256sum $present_paths >"$stage/sums"
  while read -r name mode digest path && read -r found_mode <&3 && read -r found_digest _ <&4; do
    if [ "$found_mode $found_digest" != "$mode:0:0 $digest" ] || is_listed "$stage/mislabelled" "$path"; then
      echo "$name $mode $digest $path" >>"$2"
    fi
  done <"$stage/present" 3<"$stage/modes" 4<"$stage/sums"
}

in_manifest() {
  while read -r _ _ _ listed_path; do
    [ "$listed_path" != "$2" ] || return 0
  done <"$1"
  return 1
}

# Paths of ours that the new manifest no longer has.
leaving_files() {
  [ -f "$current/manifest" ] || return 0
  while read -r _ _ _ old_path; do
    in_manifest "$1" "$old_path" || echo "$old_path"
  done <"$current/manifest"
}

# Keeps the file that is about to change, and once and for all the one that was there before us.
keep_old_file() {
  replace_all "$1" / %
  kept=$replaced
  is_there "$rollback/files/$kept" || [ -e "$rollback/absent/$kept" ] || keep_in "$rollback" "$1"
  [ -f "$current/manifest" ] && in_manifest "$current/manifest" "$1" && return 0
  is_there "$before/files/$kept" || [ -e "$before/absent/$kept" ] || {
    printf '%s\n' "files/$kept" "absent/$kept" >>"$rollback/remembered"
    keep_in "$before" "$1"
  }
}

# A link counts, wherever it leads: kept apart from its place, a relative one leads nowhere.
is_there() {
  [ -e "$1" ] || [ -L "$1" ]
}

# Whole and on disk with all that belongs to it, or not there.
keep_in() {
  if is_there "$2"; then
    cp -P --preserve=all "$2" "$base/new-file" && { [ -L "$2" ] || sync "$base/new-file"; } &&
      mv -f -T "$base/new-file" "$1/files/$kept"
  else
    : >"$1/absent/$kept"
  fi || fail "could not keep a copy of $2; the lines above say why"
}

make_directory() {
  # What is directly below / has no name above it.
  [ -n "$1" ] && [ ! -d "$1" ] || return 0
  make_directory "${1%/*}"
  echo "$1" >>"$rollback/directories"
  mkdir -m 0755 "$1"
  label_file "$1"
  echo "$1" >>"$before/directories"
}

# Puts every file in place in one step: readers see the old one or the new one.
install_files() {
  targets=''
  while read -r name mode _ path; do
    make_directory "${path%/*}"
    keep_old_file "$path"
    install -o 0 -g 0 -m "$mode" "$stage/files/$name" "$base/new-file.$name" || fail "could not write $path; the lines above say why"
    # Already here: keepalived may run it as soon as it is in place.
    ! is_script "$path" || label_script "$base/new-file.$name"
    targets="$targets ${path%/*}/"
  done <"$stage/changed"
  [ -z "$targets" ] || sync "$base"/new-file.*
  placed=''
  while read -r name _ _ path; do
    mv -f -T "$base/new-file.$name" "$path" || fail "could not write $path; the lines above say why"
    say "wrote $path"
    is_script "$path" || placed="$placed $path"
  done <"$stage/changed"
  # shellcheck disable=SC2086 # a list of paths
  [ -z "$placed" ] || label_file $placed
  # shellcheck disable=SC2086 # a list of directories
  [ -z "$targets" ] || sync $targets
}

remove_leaving_files() {
  # All before the first file goes: a timer fails when its service vanishes.
  while read -r path; do
    ! is_enabled_unit "$path" || retire_unit "${path##*/}"
  done <"$stage/leaving"
  while read -r path; do
    is_script "$path" || remove_leaving_file "$path"
  done <"$stage/leaving"
}

# Once keepalived has heard that it shall not run them any more.
remove_leaving_scripts() {
  while read -r path; do
    ! is_script "$path" || remove_leaving_file "$path"
  done <"$stage/leaving"
}

remove_leaving_file() {
  keep_old_file "$1"
  put_back_or_delete "$1"
  say "removed $1"
}

# The file from before us if there was one.
put_back_or_delete() {
  replace_all "$1" / %
  if is_there "$before/files/$replaced"; then
    restore_file "$before/files/$replaced" "$1"
    say "put back the $1 from before"
  else
    rm -f "$1"
  fi
}

restore_file() {
  cp -P --preserve=all "$1" "$base/new-file" && mv -f -T "$base/new-file" "$2"
}

roll_back_files() {
  for kept in "$rollback"/files/*; do
    replace_all "${kept##*/}" % /
    ! is_there "$kept" || mv -f -T "$kept" "$replaced" || fail "$replaced"
  done
  roll_back_absent files
}

# roll_back_absent files|scripts: deletes what was not there before.
roll_back_absent() {
  for kept in "$rollback"/absent/*; do
    [ -e "$kept" ] || continue
    replace_all "${kept##*/}" % /
    if is_script "$replaced"; then kind=scripts; else kind=files; fi
    [ "$kind" != "$1" ] || rm -f "$replaced" || fail "$replaced: not deleted"
  done
}
