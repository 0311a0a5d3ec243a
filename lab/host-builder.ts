import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Dial } from "./dial";
import { copyDisk } from "./disk";
import { LabHost } from "./host";
import { type KeyPair, makeKeyPair, writeIdentityDisk } from "./identity";
import type { Images } from "./image";
import type { LabNetwork } from "./network";
import type { PlacedHost } from "./placed-host";
import type { LabState } from "./state";

/** What all hosts of a lab share. */
interface BuildingSite {
  readonly network: LabNetwork;
  readonly state: LabState;
  readonly dial: Dial;
  readonly clientKey: KeyPair;
  /** The lab's own directory; each host gets one inside it. */
  readonly scratch: string;
  readonly images: Images;
  /** Hosts take turns on these. */
  readonly processors: readonly number[];
}

/** Makes the disks, the key and the cables of a host, which is still off. */
export async function buildHost(host: PlacedHost, hosts: readonly PlacedHost[], site: BuildingSite): Promise<LabHost> {
  const { network, state, dial, clientKey, images, processors } = site;
  const directory = path.join(site.scratch, host.name);
  mkdirSync(directory);
  for (const one of host.interfaces) {
    await network.addCable(one);
  }
  const hostKey = await makeKeyPair(path.join(directory, "host_key"));
  return new LabHost(host, {
    network,
    state,
    dial,
    clientKey,
    hostKey,
    xstateShim: images.xstateShim,
    disk: await copyDisk(images[host.image ?? "ready"], directory),
    identityDisk: await writeIdentityDisk(directory, host, hosts, hostKey, clientKey),
    processor: processors[hosts.indexOf(host) % processors.length] ?? 0,
    directory,
  });
}
