# Links, routes and rules: `object ADD | DELETE | SHOW | TEXT` in the plan, words for `ip` each. An object is there when
# what SHOW prints has TEXT in it, or has not got what follows its `!`. $base/objects lists those that are there because
# of us.

# $object_add, $object_delete, $object_show and $object_text
split_object() {
  object_add=${1%% | *}
  object_rest=${1#* | }
  object_delete=${object_rest%% | *}
  object_rest=${object_rest#* | }
  object_show=${object_rest%% | *}
  object_text=${object_rest#* | }
}

object_there() {
  split_object "$1"
  # shellcheck disable=SC2086 # words for ip
  object_shown=$(ip $object_show 2>&1) || :
  if is_absence "$object_text"; then
    case $object_shown in *"${object_text#!}"*) return 1 ;; *) return 0 ;; esac
  fi
  case $object_shown in *"$object_text"*) return 0 ;; *) return 1 ;; esac
}

# Of something that must not be.
is_absence() {
  case $1 in '!'*) return 0 ;; *) return 1 ;; esac
}

# For `ip`, in words; a blank line says nothing.
ip_words() {
  # shellcheck disable=SC2086 # words for ip
  shown ip $1
}

list_objects() {
  plan_values "$stage/plan" object >"$stage/objects"
  plan_values "$last_plan" object >"$stage/objects-before"
  cp "$stage/objects" "$stage/objects-held"
}

objects_match() {
  while IFS= read -r object; do
    object_there "$object" || return 1
  done <"$stage/objects"
}

# A device or route that somebody else made would be lost with ours.
check_objects() {
  while IFS= read -r object; do
    is_listed "$base/objects" "$object" || is_listed "$rollback/objects-added" "$object" || ! object_there "$object" ||
      is_absence "$object_text" || fail "'ip $object_show' shows '$object_text' already, and it is not of a deploy; delete it there: ip $object_delete"
  done <"$stage/objects"
}

add_objects() {
  while IFS= read -r object; do
    object_there "$object" && continue
    echo "$object" >>"$rollback/objects-added"
    ip_words "$object_add" || fail "ip $object_add"
    say "ip $object_add"
  done <"$stage/objects"
}

leaving_objects() {
  [ -f "$base/objects" ] || return 0
  while IFS= read -r object; do
    is_listed "$stage/objects" "$object" || echo "$object"
  done <"$base/objects"
}

# Those that an earlier run left for this one to delete.
overdue_objects() {
  leaving_objects | while IFS= read -r object; do
    [ "$role" = real-server ] && is_listed "$stage/objects-before" "$object" || echo "$object"
  done
}

# Like a VIP, an object that leaves a real server stays until its next run: directors may use it until they change.
delete_leaving_objects() {
  leaving_objects >"$stage/objects-leaving"
  overdue_objects >"$stage/objects-overdue"
  while IFS= read -r object; do
    # A new one may have taken its place.
    object_there "$object" || continue
    if is_listed "$stage/objects-overdue" "$object"; then
      delete_object "$object"
    else
      echo "$object" >>"$stage/objects-held"
      say "stays until the next change of this host: ip $object_add"
    fi
  done <"$stage/objects-leaving"
}

delete_object() {
  object_there "$1" || return 0
  ip_words "$object_delete" || fail "ip $object_delete"
  say "ip $object_delete"
}

roll_back_objects() {
  [ ! -f "$rollback/objects-added" ] || {
    tac "$rollback/objects-added" >"$stage/objects-added"
    while IFS= read -r object; do
      ! object_there "$object" || ip_words "$object_delete" || fail "ip $object_delete"
    done <"$stage/objects-added"
  }
  # Those of before, deleted or replaced.
  [ ! -f "$base/objects" ] || while IFS= read -r object; do
    object_there "$object" || ip_words "$object_add" || fail "ip $object_add"
  done <"$base/objects"
}

remove_objects() {
  [ -f "$base/objects" ] || return 0
  # What was made last often needs what was made before.
  tac "$base/objects" >"$stage/objects-leaving"
  while IFS= read -r object; do
    delete_object "$object"
  done <"$stage/objects-leaving"
}
