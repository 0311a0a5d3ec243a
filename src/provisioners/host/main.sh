# The sub-commands. `apply` and `remove` run apart from the connection they came through, which may break: started, they
# are finished, and this shell only follows their log.

usage() {
  echo 'usage: program apply | check | repair | maintenance [NAME on|off] | remove' >&2
  exit 64
}

follow() {
  [ -d "$run_dir" ] || mkdir -p "$run_dir"
  log=$run_dir/$1.$$
  # Before the run, which `tail` may overtake.
  : >"$log"
  # Until the run has a session of its own, it would end with the connection.
  trap '' HUP
  setsid sh "$0" "run-$1" >"$log" 2>&1 </dev/null &
  run=$!
  tail -n +1 -s 0.01 -f --pid="$run" "$log" || :
  status=0
  wait "$run" || status=$?
  [ "$status" -le 1 ] || echo "FAILED on this host: the run was killed ($status); deploy again"
  rm -f "$log"
  rmdir "$run_dir" 2>/dev/null || :
  exit "$status"
}

main() {
  set -eu
  umask 077
  LC_ALL=C
  PATH=/usr/sbin:/usr/bin:/sbin:/bin
  export LC_ALL PATH
  here=${0%/*}
  case ${1-} in
    apply | remove) follow "$1" ;;
    run-apply) apply ;;
    run-remove) remove ;;
    undo) undo ;;
    stopped) keepalived_stopped ;;
    check | repair | watch) mkdir -p "$run_dir" && "$1" ;;
    maintenance)
      shift
      maintenance "$@"
      ;;
    load-and-print) load_and_print ;;
    load-and-list) load_and_list "$2" ;;
    *) usage ;;
  esac
}

# On one line: a shell reads on in its script only after the line it runs.
main "$@"; exit
