# Packages: only what is missing, and never in the way of whoever uses the package manager.

# $package: what a package of the plan is called here. The plan has Debian's names.
package_here() {
  package=$1
  [ "$family" = redhat ] || return 0
  case $1 in
    iproute2) package=iproute ;;
    # EPEL renamed it after version 8.
    prometheus-node-exporter)
      package=node-exporter
      [ "$os_major" != 8 ] || package=golang-github-prometheus-node-exporter
      ;;
  esac
}

# $missing: packages of the plan that are not installed. A `package NAME COMMAND` line each: on a system whose packages
# we do not know, the command tells.
find_missing_packages() {
  missing=''
  wanted_packages=''
  while read -r listed command; do
    package_here "$listed"
    wanted_packages="$wanted_packages $package"
    [ -n "$family" ] || [ -n "$(command -v "$command")" ] || missing="$missing $package"
  done <<END
$(plan_values "$1" package)
END
  [ -n "$family" ] || return 0
  # shellcheck disable=SC2086 # a list of package names
  installed=$(query_packages $wanted_packages 2>&1) || :
  for package in $wanted_packages; do
    case $installed in *"<$package installed>"*) ;; *) missing="$missing $package" ;; esac
  done
}

# `<NAME installed>` for each of the packages that is, and more.
query_packages() {
  # shellcheck disable=SC2016 # dpkg-query's own variables
  case $family in
    debian) dpkg-query -W -f '<${Package} ${db:Status-Status}>' "$@" ;;
    redhat) rpm -q --qf '<%{NAME} installed>' "$@" ;;
  esac
}

cloud_init_done() {
  # Its exit status says how the boot went, which is not ours to judge.
  cloud_init_status=$(bounded cloud-init status 2>/dev/null) || :
  case $cloud_init_status in
    *running*) return 1 ;;
    # Installed since the boot, it begins at the next one.
    *'not run'* | *'not started'*) ! is_booting ;;
  esac
}

is_booting() {
  case $(systemctl is-system-running 2>/dev/null) in initializing | starting) return 0 ;; *) return 1 ;; esac
}

wait_for_cloud_init() {
  command -v cloud-init >/dev/null || return 0
  wait_until 600 'cloud-init to finish' cloud_init_done || fail 'cloud-init still runs after 600 s; see: cloud-init status --long'
}

apt() {
  DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 streamed apt-get -q -y \
    -o Acquire::http::Timeout=60 -o Acquire::Retries=1 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@"
}

# apt-get waits for dpkg's lock by itself, but not for that of the package lists.
update_package_lists() {
  apt-get -q -o Acquire::http::Timeout=60 -o Acquire::Retries=1 update >"$shown_file" 2>&1 9>&- && return 0
  apt_output=$(cat "$shown_file")
  case $apt_output in *'Could not get lock'* | *'Unable to lock'*) return 1 ;; esac
  say "package lists could not be brought up to date: $apt_output"
}

install_with_apt() {
  wait_until 300 "apt's lists lock" update_package_lists || fail "apt's lists lock was held for 300 s; see by whom: lslocks"
  # shellcheck disable=SC2086 # a list of package names
  apt install --no-install-recommends $missing || fail "apt-get could not install$missing; the lines above say why, often that the host cannot reach its mirror"
}

# dnf would wait for its locks without end, so it must not: status 200 is that of a lock. rpm asks nothing, and keeps
# files that were changed by hand.
dnf_had_its_turn() {
  dnf_status=0
  # shellcheck disable=SC2086 # a list of package names
  dnf -y -q --setopt=exit_on_lock=True --setopt=timeout=60 --setopt=retries=2 \
    --setopt=install_weak_deps=False install $missing >"$shown_file" 2>&1 9>&- </dev/null || dnf_status=$?
  [ "$dnf_status" -ne 200 ]
}

install_with_dnf() {
  wait_until 300 "dnf's lock" dnf_had_its_turn || fail "dnf's lock was held for 300 s; see by whom: ps -C dnf"
  show_output
  [ "$dnf_status" -eq 0 ] ||
    fail "dnf could not install$missing; are the repositories that have them enabled? keepalived and ipvsadm are in AppStream"
}

install_packages() {
  find_missing_packages "$1"
  [ -n "$missing" ] || return 0
  case $family in debian) manager=apt-get ;; redhat) manager=dnf ;; *) manager='' ;; esac
  [ -n "$manager" ] ||
    fail "missing$missing; only Debian, Ubuntu and the RHEL family get packages by themselves, and this host runs $os_name: install them and deploy again"
  command -v "$manager" >/dev/null || fail "missing$missing, and this host has no $manager; install them and deploy again"
  enter packages "installing$missing"
  case $manager in apt-get) install_with_apt ;; dnf) install_with_dnf ;; esac
  find_missing_packages "$1"
  [ -z "$missing" ] || fail "still missing after the installation:$missing; install what has them and deploy again"
}
