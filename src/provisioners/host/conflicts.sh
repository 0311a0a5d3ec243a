# What a distribution's own services would do to a director behind our back.

# $conflict: what is so on this director and must not be, with the remedy. Status 1: nothing.
find_conflict() {
  conflict=''
  [ "$role" = director ] || return 1
  find_service_conflict
  [ -n "$conflict" ] || [ "$table" != keepalived ] || find_options_conflict
  [ -n "$conflict" ]
}

# The packages of ipvsadm bring a service that takes the table for its own. On Debian it does nothing until it is told
# to, whatever systemd says of it; elsewhere it works as soon as it is enabled.
find_service_conflict() {
  if [ "$family" = debian ]; then
    last_setting /etc/default/ipvsadm AUTO
    # The shell that reads the file ends the value there.
    [ "${setting%%[ #]*}" != true ] ||
      conflict='/etc/default/ipvsadm has AUTO="true": the ipvsadm service would clear the IPVS table at boot and shutdown, and load /etc/ipvsadm.rules; set AUTO="false" there'
    last_setting /etc/default/ipvsadm DAEMON
    case ${setting%%[ #]*} in
      master | backup | both)
        conflict="/etc/default/ipvsadm has DAEMON=\"${setting%%[ #]*}\": the ipvsadm service would synchronize connections by itself; set DAEMON=\"none\" there and run: ipvsadm --stop-daemon master; ipvsadm --stop-daemon backup"
        ;;
    esac
    return 0
  fi
  look_at_unit ipvsadm.service
  case $unit_active:$unit_enabled in
    active:*)
      conflict='ipvsadm.service is active: when it stops, as at shutdown, it saves the live IPVS table as its own and clears it; run: systemctl disable --now ipvsadm.service, and know that this clears the table'
      ;;
    *:enabled | *:enabled-runtime)
      conflict='ipvsadm.service is enabled: at boot it would load an IPVS table of its own; run: systemctl disable ipvsadm.service'
      ;;
  esac
}

# Options that the administrator gives keepalived beside its configuration.
find_options_conflict() {
  find_option_in /etc/default/keepalived DAEMON_ARGS
  [ -n "$conflict" ] || find_option_in /etc/sysconfig/keepalived KEEPALIVED_OPTIONS
}

# find_option_in FILE NAME: as getopt_long(3) reads the words.
find_option_in() {
  last_setting "$1" "$2"
  options_file=$1
  set -f
  # shellcheck disable=SC2086 # words of options
  set -- $setting
  set +f
  while [ $# -gt 0 ] && [ -z "$conflict" ]; do
    word=$1
    shift
    case $word in
      --vrrp) refuse_option --vrrp ;;
      --check) refuse_option --check ;;
      --use-file) refuse_file "${1-}" ;;
      --use-file=*) refuse_file "${word#*=}" ;;
      --namespace | --namespace=*) refuse_option --namespace ;;
      --*) ;;
      -?*) read_short_options "${word#-}" "${1-}" ;;
    esac
  done
}

# read_short_options LETTERS NEXT-WORD: several in one word, of which one with a value is the last.
read_short_options() {
  letters=$1
  while [ -n "$letters" ]; do
    rest=${letters#?}
    case ${letters%"$rest"} in
      P) refuse_option --vrrp ;;
      C) refuse_option --check ;;
      s)
        refuse_option --namespace
        rest=''
        ;;
      f)
        refuse_file "${rest:-$2}"
        rest=''
        ;;
      # With a value of their own.
      [SgutpirbcAM]) rest='' ;;
    esac
    letters=$rest
  done
}

refuse_file() {
  [ "$1" = /etc/keepalived/keepalived.conf ] || refuse_option --use-file
}

refuse_option() {
  case $1 in
    --vrrp) why='it would not manage the IPVS table' ;;
    # A director without VRRP misses nothing.
    --check)
      why='it would not speak VRRP'
      [ -n "$(plan_values "$stage/plan" vrrp_vip)" ] || return 0
      ;;
    --use-file) why='its configuration would not be /etc/keepalived/keepalived.conf' ;;
    --namespace) why='it would run in another network namespace' ;;
  esac
  conflict="$options_file gives keepalived the option $1: $why; delete the option there, and restart keepalived if it runs"
}
