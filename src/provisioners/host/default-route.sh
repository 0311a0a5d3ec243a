# `default_route GATEWAY` in the plan: the way of all packets that have no other, at the wish of the user alone.
# $before/default-routes and $rollback/default-routes hold what was there.

# $ip_family: the switch of `ip` for an address.
family_of() {
  case $1 in *:*) ip_family=-6 ;; *) ip_family=-4 ;; esac
}

has_default_route() {
  family_of "$1"
  default_routes=$(ip "$ip_family" route show default)
  case "$default_routes " in "default via $1 "*) return 0 ;; *) return 1 ;; esac
}

missing_gateways() {
  plan_values "$1" default_route | while read -r gateway; do
    has_default_route "$gateway" || echo "$gateway"
  done
}

leaving_gateways() {
  plan_values "$stage/plan" default_route >"$stage/gateways"
  plan_values "$last_plan" default_route | while read -r gateway; do
    is_listed "$stage/gateways" "$gateway" || echo "$gateway"
  done
}

# A gateway that does not answer would cut this host off.
check_default_route() {
  missing_gateways "$stage/plan" >"$stage/new-gateways"
  while read -r gateway; do
    ping -n -q -c 3 -i 0.3 -W 2 "$gateway" >/dev/null 2>&1 ||
      fail "the gateway $gateway does not answer, and is to be the default route; bring the directors up first"
  done <"$stage/new-gateways"
}

set_default_route() {
  missing_gateways "$stage/plan" >"$stage/new-gateways"
  leaving_gateways >"$stage/old-gateways"
  while read -r gateway; do
    family_of "$gateway"
    ip "$ip_family" route show default >"$stage/default-routes"
    [ -e "$rollback/default-routes" ] || cp "$stage/default-routes" "$rollback/"
    [ -e "$before/default-routes" ] || cp "$stage/default-routes" "$before/"
    shown ip "$ip_family" route replace default via "$gateway" || fail "could not make $gateway the default route"
    say "default route via $gateway"
  done <"$stage/new-gateways"
  while read -r gateway; do
    put_back_default_routes "$before/default-routes" "$gateway"
    rm -f "$before/default-routes"
  done <"$stage/old-gateways"
}

# put_back_default_routes FILE GATEWAY: the routes of FILE in the place of ours.
put_back_default_routes() {
  [ -f "$1" ] || return 0
  family_of "$2"
  while IFS= read -r default_route; do
    # shellcheck disable=SC2086 # words for ip
    [ -z "$default_route" ] || shown ip "$ip_family" route replace $default_route || say "could not put back: $default_route"
  done <"$1"
  default_routes=$(cat "$1")
  case "$default_routes " in *"default via $2 "*) ;; *) ip "$ip_family" route delete default via "$2" 2>/dev/null || : ;; esac
  say "put back the default route of before: ${default_routes:-none}"
}

roll_back_default_route() {
  plan_values "$stage/plan" default_route | while read -r gateway; do
    put_back_default_routes "$rollback/default-routes" "$gateway"
  done
}

remove_default_route() {
  plan_values "$current/plan" default_route | while read -r gateway; do
    put_back_default_routes "$before/default-routes" "$gateway"
  done
}
