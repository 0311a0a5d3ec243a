# What the host remembers between runs, all of it for root only.
#
#   /etc/cdktf-lvs/ROLE/current/   program, plan, rules, manifest and files of the last run that succeeded
#   /etc/cdktf-lvs/ROLE/before/    what the host had before us, for `remove`
#   /etc/cdktf-lvs/ROLE/rollback/  what the running change replaces; there only until it is known to work
#   /etc/cdktf-lvs/ROLE/pending    there from before the first change until the service is known to run with it

root_dir=/etc/cdktf-lvs
run_dir=/run/cdktf-lvs

use_role() {
  role=$(plan_value "$1" role)
  host=$(plan_value "$1" host)
  base=$root_dir/$role
  current=$base/current
  before=$base/before
  rollback=$base/rollback
  pending=$base/pending
}

# The plan is lines of a key and a value. It is read, never evaluated: its values come from other resources.
plan_values() {
  while read -r plan_key plan_text; do
    [ "$plan_key" != "$2" ] || printf '%s\n' "$plan_text"
  done <"$1"
}

plan_value() {
  plan_values "$1" "$2" | head -n 1
}

# A path as the name of one file.
flat_name() {
  printf '%s' "$1" | tr / %
}

path_of() {
  printf '%s' "$1" | tr % /
}

# What a run that was killed left behind, and what it was about to replace when it was.
clear_up() {
  for leftover in "$root_dir"/incoming.*; do
    if [ -d "$leftover" ] && [ "$leftover" != "$stage" ]; then
      owner=none
      [ ! -s "$leftover/pid" ] || read -r owner <"$leftover/pid"
      [ -d "/proc/$owner" ] || rm -rf "$leftover"
    fi
  done
  [ -d "$current" ] || [ ! -d "$base/previous" ] || mv -T "$base/previous" "$current"
}

lock_once() {
  exec 9>"$run_dir/lock"
  # The lock file may have been removed by the run that held it.
  flock -n 9 && [ "$(stat -L -c %i /proc/self/fd/9)" = "$(stat -c %i "$run_dir/lock" 2>&1)" ]
}

take_lock() {
  mkdir -p "$run_dir"
  wait_until 600 'another run on this host' lock_once || fail 'another run has held the lock of this host for 600 s'
}
