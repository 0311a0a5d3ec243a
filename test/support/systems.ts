/** Lines of /etc/os-release that tell systems apart, as each of them has them. */
export const SYSTEMS = {
  "Debian 11": osRelease("Debian GNU/Linux 11 (bullseye)", "11", "debian"),
  "Debian 12": osRelease("Debian GNU/Linux 12 (bookworm)", "12", "debian"),
  "Debian 13": osRelease("Debian GNU/Linux 13 (trixie)", "13", "debian"),
  "Ubuntu 22.04": osRelease("Ubuntu 22.04.5 LTS", "22.04", "ubuntu", "debian"),
  "Ubuntu 24.04": osRelease("Ubuntu 24.04.3 LTS", "24.04", "ubuntu", "debian"),
  "RHEL 8": osRelease("Red Hat Enterprise Linux 8.10 (Ootpa)", "8.10", '"rhel"', '"fedora"'),
  "RHEL 10": osRelease("Red Hat Enterprise Linux 10.0 (Coughlan)", "10.0", '"rhel"', '"centos fedora"'),
  "AlmaLinux 9": osRelease("AlmaLinux 9.6 (Sage Margay)", "9.6", '"almalinux"', '"rhel centos fedora"'),
  "Rocky Linux 9": osRelease("Rocky Linux 9.6 (Blue Onyx)", "9.6", '"rocky"', '"rhel centos fedora"'),
  "Oracle Linux 9": osRelease("Oracle Linux Server 9.6", "9.6", '"ol"', '"fedora"'),
  "CentOS Stream 10": osRelease("CentOS Stream 10 (Coughlan)", "10", '"centos"', '"rhel fedora"'),
  "Arch Linux": osRelease("Arch Linux", undefined, "arch"),
  "SLES 15": osRelease("SUSE Linux Enterprise Server 15 SP6", "15.6", '"sles"', '"suse"'),
} as const;

function osRelease(prettyName: string, versionId: string | undefined, id: string, idLike?: string): readonly string[] {
  return [
    `PRETTY_NAME="${prettyName}"`,
    ...(versionId === undefined ? [] : [`VERSION_ID="${versionId}"`]),
    `ID=${id}`,
    ...(idLike === undefined ? [] : [`ID_LIKE=${idLike}`]),
  ];
}
