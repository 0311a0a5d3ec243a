# Files. A manifest has one line per file: its name under files/, mode, sha256 and path.

digest_of() {
  digest_line=$(sha256sum <"$1")
  printf '%s\n' "${digest_line%% *}"
}

# Whether the file at a path is as the manifest line says.
file_matches() {
  [ -f "$4" ] && [ ! -L "$4" ] && [ "$(stat -c %a:%u:%g "$4")" = "$2:0:0" ] && [ "$(digest_of "$4")" = "$3" ]
}

differing_files() {
  while read -r name mode digest path; do
    file_matches "$name" "$mode" "$digest" "$path" || echo "$name $mode $digest $path"
  done <"$1"
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
  kept=$(flat_name "$1")
  if [ ! -e "$rollback/files/$kept" ] && [ ! -e "$rollback/absent/$kept" ]; then
    if [ -e "$1" ]; then cp -p "$1" "$rollback/files/$kept"; else : >"$rollback/absent/$kept"; fi
  fi
  [ -e "$1" ] || return 0
  [ -f "$current/manifest" ] && in_manifest "$current/manifest" "$1" && return 0
  [ -e "$before/files/$kept" ] || cp -p "$1" "$before/files/$kept"
}

make_directory() {
  [ ! -d "$1" ] || return 0
  make_directory "$(dirname "$1")"
  mkdir -m 0755 "$1"
  echo "$1" >>"$before/directories"
}

# Puts a file in place in one step: readers see the old one or the new one.
put_file() {
  cp "$1" "$base/new-file"
  chown 0:0 "$base/new-file"
  chmod "$2" "$base/new-file"
  sync "$base/new-file"
  mv -f -T "$base/new-file" "$3"
  sync "$(dirname "$3")"
}

install_files() {
  while read -r name mode digest path; do
    make_directory "$(dirname "$path")"
    keep_old_file "$path"
    put_file "$stage/files/$name" "$mode" "$path" || fail "could not write $path"
    say "wrote $path"
  done <"$stage/changed"
  while read -r path; do
    keep_old_file "$path"
    if [ -e "$before/files/$(flat_name "$path")" ]; then
      restore_file "$before/files" "$path"
    else
      rm -f "$path"
    fi
    say "removed $path"
  done <"$stage/leaving"
}

restore_file() {
  cp -p "$1/$(flat_name "$2")" "$base/new-file" && mv -f -T "$base/new-file" "$2"
}

roll_back_files() {
  for kept in "$rollback"/files/*; do
    [ ! -e "$kept" ] || restore_file "$rollback/files" "$(path_of "${kept##*/}")"
  done
  for kept in "$rollback"/absent/*; do
    [ ! -e "$kept" ] || rm -f "$(path_of "${kept##*/}")"
  done
}
