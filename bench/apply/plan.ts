import { drRealServerPart } from "../../src/provisioners/parts/dr-real-server";
import { realServerPlan } from "../../src/provisioners/real-server-plan";
import type { HostPlan } from "../../src/provisioners/host-plan";
import type { BenchHost } from "./host";

/** What every host is to hold on its loopback. */
export const VIP = "198.18.0.1";

/** The plan of a host, which the other ways must fulfil too. */
export function planOf(host: BenchHost): HostPlan {
  return realServerPlan({ host: `${host.name} (${host.address})`, address: host.address }, [drRealServerPart([VIP])]);
}
