# Which family of systems this host is of: what differs between them is decided here on the host, not in the plan.

# $family: `debian` with apt-get, `redhat` with dnf, else none; $os_name for messages, $os_major for what changes with it.
look_at_os() {
  family='' os_name='an unknown system' os_major='' os_words=''
  [ -r /etc/os-release ] || return 0
  last_setting /etc/os-release PRETTY_NAME
  os_name=${setting:-$os_name}
  last_setting /etc/os-release VERSION_ID
  os_major=${setting%%.*}
  last_setting /etc/os-release ID
  os_words=$setting
  last_setting /etc/os-release ID_LIKE
  case " $os_words $setting " in
    *' debian '* | *' ubuntu '*) family=debian ;;
    *' rhel '* | *' centos '* | *' fedora '*) family=redhat ;;
  esac
}

# last_setting FILE NAME: $setting, what NAME=VALUE lines of a file come to. They are read, never run.
last_setting() {
  setting=''
  [ -r "$1" ] || return 0
  while read -r setting_line || [ -n "$setting_line" ]; do
    setting_line=${setting_line#export }
    case $setting_line in
      "$2="\"*) setting=${setting_line#*\"} setting=${setting%%\"*} ;;
      "$2="\'*) setting=${setting_line#*\'} setting=${setting%%\'*} ;;
      "$2="*) setting=${setting_line#*=} ;;
    esac
  done <"$1"
}
