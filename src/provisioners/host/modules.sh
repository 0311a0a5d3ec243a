# Kernel modules.

# systemd's own loader: there at boot with the same file, so what works now works then. Its path by way of /lib is good
# whether or not /lib is merged with /usr.
load_modules() {
  tell_loader_table_size
  load_status=0
  shown bounded /lib/systemd/systemd-modules-load "$1" || load_status=$?
  [ ! -e "$loader_options" ] || rm "$loader_options"
  [ "$load_status" -ne 0 ] || return 0
  find_modules_remedy
  fail "this kernel lacks modules that are needed; $remedy"
}

# $remedy: what would bring modules of the running kernel.
find_modules_remedy() {
  remedy='the lines above say which: use a kernel that has them'
  kernel=$(uname -r)
  [ -d "/lib/modules/$kernel" ] || {
    remedy="those of the running kernel $kernel are gone, as they are after its update: reboot"
    return 0
  }
  [ "$family" = redhat ] || return 0
  # Oracle's own kernel.
  case $kernel in *uek*) stem='kernel-uek' ;; *) stem='kernel' ;; esac
  lacking=''
  for package in "$stem-modules-$kernel" "$stem-modules-extra-$kernel"; do
    rpm -q "$package" >/dev/null 2>&1 || lacking="$lacking $package"
  done
  [ -z "$lacking" ] || remedy="they may be in$lacking: install that and deploy again"
}
