# The synchronisation daemons of IPVS, in the words of `ipvsadm --list --daemon`. In the plan:
#
#   sync_state master | backup | both: started by this program, and a unit at boot
#   sync_state vrrp: master where the address of `sync_master` is, backup elsewhere; started by keepalived
#   sync_state active-active: both everywhere; started by keepalived
#   sync_words mcast=INTERFACE syncid=N ...
#   sync_sockets PORTS BUFFER        kernel settings that a daemon takes when it starts
#
# keepalived starts its own when it starts, reloads, or changes its state. It leaves those alone whose line left its
# configuration, and those that somebody started in other words.

# $stage/sync-live: lines of a state and the words of its daemon.
look_at_sync_daemons() {
  ipvsadm --list --daemon | while read -r live_state _ _ live_words; do
    case $live_state in master | backup) ;; *) continue ;; esac
    live_words=${live_words#(}
    replace_all "${live_words%)}" , ''
    echo "$live_state $replaced"
  done >"$stage/sync-live"
}

sync_lines() {
  for sync_key in sync_state sync_words sync_sockets; do plan_values "$1" "$sync_key"; done
}

sync_changed() {
  [ "$(sync_lines "$stage/plan")" != "$(sync_lines "$last_plan")" ]
}

keepalived_starts_sync() {
  case $(plan_values "$stage/plan" sync_state) in vrrp | active-active) ;; *) return 1 ;; esac
}

# $sync_states and $sync_words of the plan.
want_sync_daemons() {
  sync_states=$(plan_values "$stage/plan" sync_state)
  sync_words=$(plan_values "$stage/plan" sync_words)
  case $sync_states in
    both | active-active) sync_states='master backup' ;;
    vrrp)
      look_at_addresses
      sync_states=backup
      ! has_address "$(plan_values "$stage/plan" sync_master)" lo || sync_states=master
      ;;
  esac
}

# is_wanted_daemon STATE WORDS: whether a daemon is as the plan says. A backup takes in longer messages than it is told.
is_wanted_daemon() {
  case " $sync_states " in *" $1 "*) ;; *) return 1 ;; esac
  for sync_word in $sync_words; do
    case $1:$sync_word in backup:maxlen=*) continue ;; esac
    case " $2 " in *" $sync_word "*) ;; *) return 1 ;; esac
  done
}

has_sync_daemon() {
  while read -r live_state live_words; do
    [ "$live_state" != "$1" ] || ! is_wanted_daemon "$1" "$live_words" || return 0
  done <"$stage/sync-live"
  return 1
}

sync_daemons_ok() {
  want_sync_daemons
  [ -n "$sync_states" ] || return 0
  look_at_sync_daemons
  for sync_state in $sync_states; do
    has_sync_daemon "$sync_state" && continue
    missing="no $sync_state synchronisation daemon with $sync_words, only: $(tr "\n" "," <"$stage/sync-live")"
    return 1
  done
}

# Before what else changes: beside a daemon, IPVS takes no real server of another family than its VIP.
stop_old_sync_daemons() {
  want_sync_daemons
  [ -n "$sync_states" ] || sync_changed || return 0
  look_at_sync_daemons
  [ -e "$before/sync" ] || {
    echo sync >>"$rollback/remembered"
    cp "$stage/sync-live" "$before/sync"
  }
  [ -e "$rollback/sync" ] || cp "$stage/sync-live" "$rollback/sync"
  while read -r live_state live_words; do
    is_old_sync_daemon || continue
    stop_sync_daemon "$live_state"
    ! keepalived_starts_sync || must_reload=yes
  done <"$stage/sync-live"
}

# One of the last deploy that changed or left, or one in the place of ours.
is_old_sync_daemon() {
  [ -n "$(sync_lines "$last_plan")" ] && sync_changed && return 0
  case " $sync_states " in *" $live_state "*) ! is_wanted_daemon "$live_state" "$live_words" ;; *) return 1 ;; esac
}

stop_sync_daemon() {
  shown ipvsadm --stop-daemon "$1" || fail "could not stop the $1 synchronisation daemon; the lines above say why"
  say "stopped the $1 synchronisation daemon"
}

# start_sync_daemon STATE WORDS
start_sync_daemon() {
  sync_arguments=''
  for sync_word in $2; do
    case $sync_word in
      mcast=*) sync_arguments="$sync_arguments --mcast-interface ${sync_word#*=}" ;;
      syncid=*) sync_arguments="$sync_arguments --syncid ${sync_word#*=}" ;;
      maxlen=*) sync_arguments="$sync_arguments --sync-maxlen ${sync_word#*=}" ;;
      group=*) sync_arguments="$sync_arguments --mcast-group ${sync_word#*=}" ;;
      port=*) sync_arguments="$sync_arguments --mcast-port ${sync_word#*=}" ;;
      ttl=*) sync_arguments="$sync_arguments --mcast-ttl ${sync_word#*=}" ;;
    esac
  done
  # shellcheck disable=SC2086 # words for ipvsadm
  shown ipvsadm --start-daemon "$1" $sync_arguments || fail "could not start the $1 synchronisation daemon; the lines above say why"
  say "started the $1 synchronisation daemon, $2"
}

# Where keepalived does not. What was there before us comes back when ours has left.
start_sync_daemons() {
  ! keepalived_starts_sync || return 0
  want_sync_daemons
  if [ -n "$sync_states" ]; then
    look_at_sync_daemons
    for sync_state in $sync_states; do
      has_sync_daemon "$sync_state" || start_sync_daemon "$sync_state" "$sync_words"
    done
  elif sync_changed; then
    restore_sync_daemons "$before/sync"
  fi
}

# The daemons of FILE and no others.
restore_sync_daemons() {
  [ -f "$1" ] || return 0
  look_at_sync_daemons
  while read -r live_state live_words; do
    is_listed "$1" "$live_state $live_words" || stop_sync_daemon "$live_state"
  done <"$stage/sync-live"
  while read -r old_state old_words; do
    is_listed "$stage/sync-live" "$old_state $old_words" || start_sync_daemon "$old_state" "$old_words"
  done <"$1"
}

remove_sync_daemons() {
  [ -z "$(sync_lines "$current/plan")" ] || restore_sync_daemons "$before/sync"
}

# keepalived cannot start one while IPVS still has what does not go with it, and does not try again.
mend_sync_daemons() {
  case $missing in *" synchronisation daemon with "*) ;; *) return 0 ;; esac
  [ "$table" = keepalived ] || return 0
  ! shown bounded systemctl reload keepalived || say "reloaded keepalived: $missing"
}

check_sync_daemons() {
  sync_daemons_ok || drift "$missing"
  [ -z "$sync_states" ] || while read -r live_state live_words; do
    case " $sync_states " in *" $live_state "*) ;; *) drift "a $live_state synchronisation daemon runs too, $live_words" ;; esac
  done <"$stage/sync-live"
}
