# Size of the IPVS connection table: `conn_tab_bits N` in the plan, 2^N buckets. The module takes it when it is loaded and
# never again, and only an administrator may unload it: that breaks every connection.

table_bits=/sys/module/ip_vs/parameters/conn_tab_bits
# Where the loader of modules looks too, for the time of this run (modprobe.d); of two files the later name counts.
loader_options=/run/modprobe.d/cdktf-lvs.new.conf

# The file that says so at boot is not in place yet.
tell_loader_table_size() {
  bits=$(plan_values "$stage/plan" conn_tab_bits)
  [ -n "$bits" ] && [ ! -e "$table_bits" ] || return 0
  [ -d /run/modprobe.d ] || mkdir -m 0755 /run/modprobe.d
  echo "options ip_vs conn_tab_bits=$bits" >"$loader_options" || fail "could not write $loader_options; the lines above say why"
}

# tell_table_size PLAN
tell_table_size() {
  bits=$(plan_values "$1" conn_tab_bits)
  [ -n "$bits" ] && [ -e "$table_bits" ] || return 0
  live_bits=$(cat "$table_bits")
  [ "$live_bits" != "$bits" ] || return 0
  say "note: the IPVS connection table has 2^$live_bits buckets now; 2^$bits after a reboot, or when ip_vs is unloaded and loaded again"
  [ "$bits" -le 20 ] || say 'note: kernels before 6.5 and 32-bit kernels take at most 2^20, and none takes more than fits its memory'
}
