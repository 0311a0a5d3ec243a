import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { VIP, planOf } from "./plan";
import type { Way, WayContext } from "./way";

/** Ansible as its manual says to make it fast: no facts, pipelining, a connection kept open, 50 forks. */
export function ansibleWay({ fleet, directory }: WayContext): Way {
  const put = (name: string, text: string) => writeFileSync(path.join(directory, name), text);
  put("ansible.cfg", settings(directory, fleet.knownHostsPath));
  put("inventory", fleet.hosts.map(({ address }) => `${address} ansible_user=root\n`).join(""));
  // JSON is YAML too.
  put("playbook.yml", JSON.stringify([{ hosts: "all", gather_facts: false, tasks: tasks(fleet.hosts, directory) }]));
  // In a process namespace of its own: the connections that it keeps open end with it.
  const apart = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const timed = {
    command: [...apart, "ansible-playbook", "--private-key", fleet.keyPath, "--inventory", "inventory", "playbook.yml"],
    cwd: directory,
    env: { ANSIBLE_CONFIG: path.join(directory, "ansible.cfg"), LC_ALL: "C.UTF-8" },
  };
  return { name: "Ansible", first: () => timed, again: () => timed };
}

function settings(directory: string, knownHosts: string): string {
  return `[defaults]
forks = 50
gathering = explicit
host_key_checking = True
interpreter_python = /usr/bin/python3
home = ${directory}
local_tmp = ${directory}/tmp
retry_files_enabled = False
[ssh_connection]
pipelining = True
control_path_dir = ${directory}/cp
ssh_args = -F none -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=${knownHosts}
`;
}

function tasks([host]: readonly Parameters<typeof planOf>[0][], directory: string): object[] {
  // All hosts get the same files.
  const plan = planOf(host as NonNullable<typeof host>);
  mkdirSync(path.join(directory, "files"), { recursive: true });
  const copies = plan.files.map((file) => {
    const src = path.join(directory, "files", path.basename(file.path));
    writeFileSync(src, file.text);
    return { copy: { src, dest: file.path, mode: `0${file.mode}`, owner: "root", group: "root" } };
  });
  return [
    ...plan.packages.map(({ name }) => ({ command: `dpkg-query --show ${name}`, changed_when: false })),
    ...copies,
    { command: "/usr/lib/systemd/systemd-sysctl /etc/sysctl.d/99-cdktf-lvs.conf" },
    { command: `ip address replace ${VIP}/32 dev lo preferred_lft 0` },
    ...plan.units.map((name) => ({ systemd: { name, enabled: true, state: "started", daemon_reload: true } })),
  ];
}
