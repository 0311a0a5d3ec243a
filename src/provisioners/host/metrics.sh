# Metrics for the textfile collector of Prometheus' node exporter: `metrics DIRECTORY` in the plan, with the labels that
# all of them have.

METRICS_FILE=cdktf_lvs.prom

metric() {
  printf '# HELP cdktf_lvs_%s %s\n# TYPE cdktf_lvs_%s gauge\n' "$1" "$2" "$1"
}

# sample METRIC LABELS VALUE
sample() {
  printf 'cdktf_lvs_%s{%s} %s\n' "$1" "$metric_labels${metric_labels:+${2:+,}}$2" "$3"
}

single() {
  metric "$1" "$3"
  sample "$1" '' "$2"
}

truth() {
  if "$@"; then echo 1; else echo 0; fi
}

# In one step: the exporter reads whenever it is asked.
write_metrics() {
  {
    host_metrics
    [ "$role" != director ] || director_metrics
  } >"$stage/metrics"
  if install -m 644 "$stage/metrics" "$metrics/.$METRICS_FILE.new" && mv -f -T "$metrics/.$METRICS_FILE.new" "$metrics/$METRICS_FILE"; then
    return 0
  fi
  drift "could not write $metrics/$METRICS_FILE"
}

host_metrics() {
  single info 1 'Always 1.'
  single drift "$differences" 'Differences from the last deploy.'
  single last_check_timestamp_seconds "$(date +%s)" 'When the host was last compared with its last deploy.'
  single last_deploy_timestamp_seconds "$(stat -c %Y "$current/run")" 'When a deploy last succeeded.'
}

director_metrics() {
  [ "$repair" != yes ] || single table_repaired "$repaired" 'Whether the last check had to repair the IPVS table.'
  if [ "$table" = keepalived ]; then
    single keepalived_up "$(truth is_active keepalived)" 'Whether keepalived runs.'
  fi
  vrrp_metrics
  sync_daemon_metrics
  connection_table_metrics
  real_server_metrics
}

vrrp_metrics() {
  [ -s "$stage/vrrp-holds" ] || return 0
  look_at_addresses
  metric vrrp_state 'Whether this host holds all VIPs of the VRRP instance.'
  while read -r instance _; do
    count_instance_vips
    sample vrrp_state "vrrp_instance=\"$instance\"" "$(truth [ "$absent" -eq 0 ])"
  done <"$stage/vrrp-holds"
}

# Only of those that should run now: on a pair that changes with VRRP.
sync_daemon_metrics() {
  want_sync_daemons
  [ -n "$sync_states" ] || return 0
  look_at_sync_daemons
  metric sync_daemon 'Whether the synchronisation daemon runs as deployed.'
  for state in $sync_states; do
    sample sync_daemon "state=\"$state\"" "$(truth has_sync_daemon "$state")"
  done
}

# The kernel tells it in its first line: IP Virtual Server version 1.2.1 (size=4096)
connection_table_metrics() {
  read -r line </proc/net/ip_vs
  size=${line##*size=}
  single connection_table_buckets "${size%%[!0-9]*}" 'Buckets of the hash table of connections.'
}

# Every real server of the last deploy, whether it is in the live table or not.
real_server_metrics() {
  live_rules >"$stage/live"
  keyed "$stage/live" >"$stage/keyed-live"
  keyed "$current/rules" | join -t '|' -a 1 -e '' -o 1.2,2.2 - "$stage/keyed-live" >"$stage/servers"
  metric real_server_up 'Whether the real server gets new connections.'
  while IFS='|' read -r planned found; do
    case $planned in -a*) ;; *) continue ;; esac
    name_server "$planned"
    case $found in '' | *' -w 0' | *' -w 0 '*) up=0 ;; *) up=1 ;; esac
    sample real_server_up "$server_labels" "$up"
  done <"$stage/servers"
  keys_in_maintenance >"$stage/resting"
  metric real_server_planned_weight 'Weight of the real server in the last deploy; 0 while it is in maintenance.'
  while IFS='|' read -r planned _; do
    case $planned in -a*) ;; *) continue ;; esac
    name_server "$planned"
    weight=${planned##* -w }
    ! is_listed "$stage/resting" "${planned% -[gim] -w *}" || weight=0
    sample real_server_planned_weight "$server_labels" "${weight%% *}"
  done <"$stage/servers"
}

# $server_labels of a rule: -a PROTOCOL SERVICE -r SERVER ...
name_server() {
  service=${1#-a }
  service=${service%% -r *}
  case $service in
    '-t '*) service=${service#-t }/tcp ;;
    '-u '*) service=${service#-u }/udp ;;
    '--sctp-service '*) service=${service#--sctp-service }/sctp ;;
    *' -6') service=${service#-f } service="fwmark ${service% -6} (IPv6)" ;;
    *) service="fwmark ${service#-f } (IPv4)" ;;
  esac
  server=${1#* -r }
  server_labels="service=\"$service\",server=\"${server%% *}\""
}

delete_metrics() {
  [ -z "$1" ] || rm -f "$1/$METRICS_FILE"
}
