# Reloads of keepalived. `systemctl reload` may be no more than a signal, so it is looked whether keepalived heard it and
# lived through it.

main_pid=''

# $main_pid of the keepalived that runs, and $child_pids of its processes, each of which reads the configuration again.
look_at_daemon() {
  main_pid=$(systemctl show -p MainPID keepalived)
  main_pid=${main_pid#*=}
  child_pids=''
  { read -r child_pids <"/proc/$main_pid/task/$main_pid/children"; } 2>/dev/null || :
}

# The one that was reloaded, if any was.
daemon_lives() {
  missing='keepalived ended when it reloaded'
  [ -z "$main_pid" ] || [ -d "/proc/$main_pid" ]
}

# Status 1: $missing says why.
send_reload() {
  look_at_daemon
  journal_end=$(journalctl -q -n 1 -o cat --show-cursor 2>/dev/null) || :
  shown bounded systemctl reload keepalived || {
    ! daemon_lives || missing='keepalived did not reload'
    return 1
  }
  await_reload && daemon_lives
}

# Every process of keepalived says in the journal when it begins to reload.
await_reload() {
  look_at_uptime
  reload_start=$uptime
  reload_limit=$verify_limit
  [ "$reload_limit" -ge 30 ] || reload_limit=30
  until reload_was_heard; do
    daemon_lives || return 1
    look_at_uptime
    # Without a journal, or told not to log, it says nothing.
    [ -n "$main_said" ] || [ "$((uptime - reload_start))" -lt 5 ] || return 0
    missing="keepalived has not reloaded after $reload_limit s"
    [ "$((uptime - reload_start))" -lt "$reload_limit" ] || return 1
    sleep 0.2
  done
}

# $main_said: yes once the main process has said so. Of those that are gone nothing is to be heard any more.
reload_was_heard() {
  main_said=''
  set -- "_PID=$main_pid"
  for child_pid in $child_pids; do set -- "$@" "_PID=$child_pid"; done
  reload_log=$(journalctl -q -o short --after-cursor="${journal_end##*-- cursor: }" "$@" 2>/dev/null) || :
  case $reload_log in *"[$main_pid]: Reloading"*) main_said=yes ;; esac
  for child_pid in $child_pids; do
    case $reload_log in *"[$child_pid]: Reloading"*) ;; *) [ ! -d "/proc/$child_pid" ] || return 1 ;; esac
  done
  [ -n "$main_said" ]
}
