# How long IPVS remembers silent connections: `timeouts TCP TCPFIN UDP` in the plan, in seconds, 0 for one that stays as it
# is. keepalived sets those of its configuration whenever it reloads, and puts back what was there when it stops.

# $tcp, $fin and $udp as they are to be.
want_timeouts() {
  read -r tcp fin udp <<END
$(plan_values "$stage/plan" timeouts)
END
  : "${tcp:=0}" "${fin:=0}" "${udp:=0}"
  [ "$table" = ipvsadm ] && [ -s "$before/timeouts" ] || return 0
  # What leaves the plan is as it was before us.
  read -r last_tcp last_fin last_udp <<END
$(plan_values "$last_plan" timeouts)
END
  read -r old_tcp old_fin old_udp <"$before/timeouts"
  [ "$tcp" != 0 ] || [ "${last_tcp:-0}" = 0 ] || tcp=$old_tcp
  [ "$fin" != 0 ] || [ "${last_fin:-0}" = 0 ] || fin=$old_fin
  [ "$udp" != 0 ] || [ "${last_udp:-0}" = 0 ] || udp=$old_udp
}

# $live_timeouts: three numbers.
look_at_timeouts() {
  live_timeouts=$(ipvsadm --list --timeout)
  live_timeouts=${live_timeouts##*: }
}

timeouts_ok() {
  want_timeouts
  [ "$tcp $fin $udp" != '0 0 0' ] || return 0
  look_at_timeouts
  missing="the IPVS timeouts (tcp tcpfin udp) are $live_timeouts, not $tcp $fin $udp"
  read -r live_tcp live_fin live_udp <<END
$live_timeouts
END
  { [ "$tcp" = 0 ] || [ "$tcp" = "$live_tcp" ]; } && { [ "$fin" = 0 ] || [ "$fin" = "$live_fin" ]; } &&
    { [ "$udp" = 0 ] || [ "$udp" = "$live_udp" ]; }
}

change_timeouts() {
  ! timeouts_ok || return 0
  # Only the first of several runs saw what was there.
  [ -e "$before/timeouts" ] || {
    echo timeouts >>"$rollback/remembered"
    echo "$live_timeouts" >"$before/timeouts"
  }
  [ -e "$rollback/timeouts" ] || echo "$live_timeouts" >"$rollback/timeouts"
  [ "$table" = ipvsadm ] || return 0
  shown ipvsadm --set "$tcp" "$fin" "$udp" || fail 'could not set the IPVS timeouts; the lines above say why'
  say "set the IPVS timeouts (tcp tcpfin udp): $tcp $fin $udp, 0 for one that stays (was $live_timeouts)"
}

restore_timeouts() {
  [ -s "$1" ] || return 0
  read -r tcp fin udp <"$1"
  shown ipvsadm --set "$tcp" "$fin" "$udp" || fail 'could not set the IPVS timeouts; the lines above say why'
}
