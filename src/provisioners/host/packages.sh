# Packages: only what is missing, and never in the way of whoever uses the package manager.

# $missing: packages of the plan that are not installed. A `package NAME COMMAND` line each: where there is no dpkg, the
# command tells.
find_missing_packages() {
  missing=''
  wanted_packages=''
  while read -r package command; do
    wanted_packages="$wanted_packages $package"
    [ -n "$(command -v dpkg-query)" ] || [ -n "$(command -v "$command")" ] || missing="$missing $package"
  done <<END
$(plan_values "$1" package)
END
  [ -n "$(command -v dpkg-query)" ] || return 0
  # shellcheck disable=SC2016,SC2086 # dpkg-query's own variables; a list of package names
  installed=$(dpkg-query -W -f '<${Package} ${db:Status-Status}>' $wanted_packages 2>&1) || :
  for package in $wanted_packages; do
    case $installed in *"<$package installed>"*) ;; *) missing="$missing $package" ;; esac
  done
}

cloud_init_done() {
  # Its exit status says how the boot went, which is not ours to judge.
  cloud_init_status=$(bounded cloud-init status 2>/dev/null) || :
  case $cloud_init_status in *running* | *'not run'* | *'not started'*) return 1 ;; esac
}

wait_for_cloud_init() {
  command -v cloud-init >/dev/null || return 0
  wait_until 600 'cloud-init to finish' cloud_init_done || fail 'cloud-init still runs after 600 s'
}

apt() {
  DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 streamed apt-get -q -y \
    -o Acquire::http::Timeout=60 -o Acquire::Retries=1 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@" </dev/null
}

# apt-get waits for dpkg's lock by itself, but not for that of the package lists.
update_package_lists() {
  apt_output=$(apt-get -q -o Acquire::http::Timeout=60 -o Acquire::Retries=1 update 2>&1 9>&-) && return 0
  case $apt_output in *'Could not get lock'* | *'Unable to lock'*) return 1 ;; esac
  say "package lists could not be brought up to date: $apt_output"
}

install_packages() {
  find_missing_packages "$1"
  [ -n "$missing" ] || return 0
  enter packages "installing$missing"
  command -v apt-get >/dev/null || fail "missing$missing, and this host has no apt-get; install them and deploy again"
  wait_until 300 "apt's lists lock" update_package_lists || fail "apt's lists lock was held for 300 s"
  # shellcheck disable=SC2086 # a list of package names
  apt install --no-install-recommends $missing || fail "apt-get could not install$missing"
  find_missing_packages "$1"
  [ -z "$missing" ] || fail "still missing after the installation:$missing"
}
