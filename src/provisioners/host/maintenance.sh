# Maintenance: `switch NAME RULE` in the plan, one line for each service of a real server. keepalived follows the file
# of the switch: with a 1 in it the real server has weight 0.

maintenance_dir=/var/lib/cdktf-lvs/maintenance

# The names of the switches of a plan.
switch_names() {
  plan_values "$1" switch | cut -d ' ' -f 1 | sort -u
}

is_in_maintenance() {
  switch_value=''
  [ ! -f "$maintenance_dir/$1" ] || read -r switch_value _ <"$maintenance_dir/$1" || :
  case $switch_value in '' | 0) return 1 ;; esac
}

# Keys of the real servers that are in maintenance.
keys_in_maintenance() {
  for switch in $(switch_names "$stage/plan"); do
    ! is_in_maintenance "$switch" || plan_values "$stage/plan" switch | while read -r name key; do
      [ "$name" != "$switch" ] || echo "$key"
    done
  done | sort
}

# expected_rules FILE: $stage/expected, its rules as the live table should have them now, in order, and without those
# whose weight a check decides.
expected_rules() {
  sort "$1" >"$stage/expected"
  keys_in_maintenance >"$stage/resting"
  plan_values "$stage/plan" adaptive | sort >"$stage/adaptive"
  [ -s "$stage/resting" ] || [ -s "$stage/adaptive" ] || return 0
  keyed "$1" >"$stage/keyed-wanted"
  {
    sort -u "$stage/resting" "$stage/adaptive" | join -t '|' -v 2 -o 2.2 - "$stage/keyed-wanted"
    comm -23 "$stage/resting" "$stage/adaptive" | join -t '|' -o 2.2 - "$stage/keyed-wanted" | resting_rules
  } | sort >"$stage/expected"
}

resting_rules() {
  while IFS= read -r rule; do
    replaced=${rule#* -w }
    case $replaced in *' '*) replaced=" ${replaced#* }" ;; *) replaced='' ;; esac
    echo "${rule%% -w *} -w 0$replaced"
  done
}

# keepalived would make the files, but not the directory, and with SELinux it may not. What a switch says stays.
make_switches() {
  for switch in $(switch_names "$stage/plan"); do
    make_directory "$maintenance_dir"
    [ -e "$maintenance_dir/$switch" ] || echo 0 >"$maintenance_dir/$switch" || fail "could not write to $maintenance_dir; the lines above say why"
  done
}

# delete_switches PLAN OTHER: those that only the first plan has.
delete_switches() {
  switch_names "$2" >"$stage/switches-kept"
  switch_names "$1" | comm -23 - "$stage/switches-kept" | while IFS= read -r switch; do
    rm -f "$maintenance_dir/$switch"
  done
}

# Who rests is no difference from the last deploy, but worth knowing.
tell_maintenance() {
  for switch in $(switch_names "$stage/plan"); do
    ! is_in_maintenance "$switch" || echo "note: $switch is in maintenance"
  done
}

# `maintenance`: lists the switches. `maintenance NAME on|off`: turns one.
maintenance() {
  mkdir -p "$run_dir"
  stage=$(mktemp -d "$run_dir/maintenance.XXXXXX")
  trap 'rm -rf "$stage" "$shown_file"; rmdir "$run_dir" 2>/dev/null || :' EXIT
  read_plan "$here/plan"
  switch_names "$here/plan" >"$stage/switches"
  if [ "$#" -eq 0 ]; then
    list_switches
    return
  fi
  [ "$#" -eq 2 ] || usage
  case $2 in on) switch_value=1 ;; off) switch_value=0 ;; *) usage ;; esac
  is_listed "$stage/switches" "$1" || {
    echo "no switch has the name $1; there are: $(tr '\n' ' ' <"$stage/switches")" >&2
    exit 1
  }
  # In one step: keepalived reads the file when it is moved here.
  echo "$switch_value" >"$maintenance_dir/.$1.new"
  mv -f -T "$maintenance_dir/.$1.new" "$maintenance_dir/$1"
  is_active keepalived || {
    echo "$1: maintenance $2, from the start of keepalived on, which does not run"
    return
  }
  cp "$here/plan" "$stage/plan"
  wait_until 10 'keepalived to change the weights' keepalived_table_ok "$current/rules" || {
    echo "$1: maintenance $2 is set, but the IPVS table does not follow: $missing" >&2
    exit 1
  }
  echo "$1: maintenance $2"
}

list_switches() {
  while IFS= read -r switch; do
    if is_in_maintenance "$switch"; then echo "$switch on"; else echo "$switch off"; fi
  done <"$stage/switches"
}
