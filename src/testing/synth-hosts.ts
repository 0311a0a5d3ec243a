import { refuseOtherFramework, TerraformStack, Testing } from "../framework";
import { managedHostsBelow } from "../provisioners/manage-host";
import { readerFor, withReader } from "./readable";
import { SynthesizedHost } from "./synthesized-host";
import type { SynthesizedService } from "./synthesized-service";

/** The hosts of a stack: directors first, then by the path of their construct; those of a pair as they take over. */
export class SynthesizedHosts {
  public constructor(
    /** All of them, in that order. */
    public readonly hosts: readonly SynthesizedHost[],
  ) {}

  /** The host of that path, with or without the name of the stack: `lb/primary`; throws when there is none. */
  public host(path: string): SynthesizedHost {
    return atPath("host", this.hosts, path);
  }

  /** The virtual service of that construct path, with or without the name of the stack; throws when there is none. */
  public service(path: string): SynthesizedService {
    return atPath("virtual service", this.services, path);
  }

  /** Every virtual service once, however many directors have it. */
  public get services(): readonly SynthesizedService[] {
    const services = this.hosts.flatMap((host) => host.services);
    return services.filter(({ path }, index) => services.findIndex((one) => one.path === path) === index);
  }
}

function atPath<T extends { readonly path: string }>(kind: string, all: readonly T[], path: string): T {
  const found =
    all.find((one) => one.path === path) ?? all.find((one) => one.path.slice(one.path.indexOf("/") + 1) === path);
  if (found !== undefined) return found;
  throw new Error([`there is no ${kind} '${path}', but`, ...all.map((one) => `  ${one.path}`)].join("\n"));
}

/**
 * Synthesizes a stack as `cdktf synth` does and returns its hosts with all that they will have. What is wrong with the
 * definition is thrown, all of it in one error.
 */
export function synthHosts(stack: TerraformStack): SynthesizedHosts {
  refuseOtherFramework(stack);
  // As a deploy does: it finds the values of other stacks. cdktn's own Testing does it too, and cdktf's does not.
  stack.prepareStack();
  Testing.synth(stack, true);
  const own = managedHostsBelow(stack).filter((host) => TerraformStack.of(host) === stack);
  const hosts = own.map((host) => new SynthesizedHost(host)).sort(inOrder);
  return withReader(new SynthesizedHosts(hosts), readerFor(stack));
}

/** The hosts of one construct stay as they were made: sort() is stable. */
function inOrder(a: SynthesizedHost, b: SynthesizedHost): number {
  const [first, second] = [sortKey(a), sortKey(b)];
  return first < second ? -1 : Number(first > second);
}

function sortKey({ path, role }: SynthesizedHost): string {
  const owner = /\/(primary|secondary|further-backup-\d+)$/;
  // web2 before web10, and the same on every machine, which names compared by locale are not.
  return `${role} ${path.replace(owner, "").replace(/\d+/g, (digits) => digits.padStart(10, "0"))}`;
}
