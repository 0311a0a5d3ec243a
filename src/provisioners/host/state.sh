# What the host remembers between runs, all of it for root only.
#
#   /etc/cdktf-lvs/ROLE/current/   program, plan, rules, manifest and files of the last run that succeeded
#   /etc/cdktf-lvs/ROLE/before/    what the host had before us, for `remove`
#   /etc/cdktf-lvs/ROLE/rollback/  what the running change replaces; there only until it is known to work. Its wanted/ is
#                                  what that change is to bring, with the program that knows how to undo it
#   /etc/cdktf-lvs/ROLE/pending    there from before the first change until the service is known to run with it

root_dir=/etc/cdktf-lvs
run_dir=/run/cdktf-lvs
# Where the output of a command goes before it is shown. A pipe would stay open as long as anything that the command left
# in the background.
shown_file=$run_dir/shown.$$

# The plan is lines of a key and a value. It is read, never evaluated: its values come from other resources.
read_plan() {
  table='' drain_limit=0 verify_limit=0 wanted_keepalived=''
  repair='' metrics='' metric_labels=''
  while read -r plan_key plan_text; do
    case $plan_key in
      host) host=$plan_text ;;
      role) role=$plan_text ;;
      address) own_address=$plan_text ;;
      table) table=$plan_text ;;
      drain) drain_limit=$plan_text ;;
      verify) verify_limit=$plan_text ;;
      keepalived) wanted_keepalived=$plan_text ;;
      repair) repair=$plan_text ;;
      metrics) metrics=$plan_text ;;
      metric_labels) metric_labels=$plan_text ;;
    esac
  done <"$1"
  base=$root_dir/$role
  current=$base/current
  before=$base/before
  rollback=$base/rollback
  pending=$base/pending
}

# plan_values FILE KEY: the values of a key that may be there several times.
plan_values() {
  while read -r plan_key plan_text; do
    [ "$plan_key" != "$2" ] || printf '%s\n' "$plan_text"
  done <"$1"
}

# What was there before us outlives a crash.
sync_before() {
  kept_paths=$before
  for kept in "$before"/* "$before"/*/*; do
    if [ -e "$kept" ] && [ ! -L "$kept" ]; then kept_paths="$kept_paths $kept"; fi
  done
  # shellcheck disable=SC2086 # a list of paths
  sync $kept_paths
}

# replace_all TEXT FROM TO, both one character: $replaced, without a process of its own.
replace_all() {
  replaced=''
  remainder=$1
  while :; do
    case $remainder in
      *"$2"*)
        replaced=$replaced${remainder%%"$2"*}$3
        remainder=${remainder#*"$2"}
        ;;
      *) break ;;
    esac
  done
  replaced=$replaced$remainder
}

# What a run that was killed left behind, and what it was about to replace when it was.
clear_up() {
  delete_dead_runs
  rm -f "$base"/new-file*
  bring_back_previous
  forget_recorded_run
  [ ! -f "$rollback/drained" ] || roll_back_drain || :
}

# A run that was killed while it was recorded.
bring_back_previous() {
  [ -d "$current" ] || [ ! -d "$base/previous" ] || mv -T "$base/previous" "$current"
}

# A crash of the host can also bring back what a run had deleted at its end.
delete_dead_runs() {
  for leftover in "$root_dir"/incoming.*; do
    if [ -d "$leftover" ] && [ "$leftover" != "$stage" ]; then
      owner=${leftover##*/incoming.}
      owner=${owner%%.*}
      [ ! -s "$leftover/pid" ] || read -r owner <"$leftover/pid"
      [ -d "/proc/$owner" ] || rm -rf "$leftover"
    fi
  done
  for leftover in "$run_dir"/shown.*; do
    [ ! -e "$leftover" ] || [ -d "/proc/${leftover##*.}" ] || rm -f "$leftover"
  done
}

# A run that was killed after it was recorded: there is nothing to finish, and nothing to go back to.
forget_recorded_run() {
  ! is_recorded_run || rm -rf "$rollback" "$pending"
}

is_recorded_run() {
  [ -s "$pending" ] && [ -s "$current/run" ] && [ "$(cat "$pending")" = "$(cat "$current/run")" ]
}

lock_once() {
  mkdir -p "$run_dir"
  exec 9>"$run_dir/lock"
  flock -n 9 || return 1
  # The lock file may have been removed by the run that held it.
  lock_inodes=$(stat -L -c %i /proc/self/fd/9 "$run_dir/lock" 2>&1)
  [ "${lock_inodes%%[!0-9]*}" = "${lock_inodes##*[!0-9]}" ]
}

take_lock() {
  wait_until 600 'another run on this host' lock_once || fail 'another run has held the lock of this host for 600 s; see which: lslocks'
}
