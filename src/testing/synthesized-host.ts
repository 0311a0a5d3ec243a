import { TerraformStack } from "../framework";
import type { HostFile, HostPlan, HostRole } from "../provisioners/host-plan";
import type { ManagedHost } from "../provisioners/managed-host";
import { readerFor, withReader, type Reader } from "./readable";
import { servicesOn, type SynthesizedService } from "./synthesized-service";

/** One file as it will stand on a host, but for secrets, which never show. */
export interface SynthesizedFile {
  /** Absolute path. */
  readonly path: string;
  /** Octal, as chmod(1) takes it. */
  readonly mode: string;
  /** What is in it, with a placeholder for each secret. */
  readonly text: string;
  /** What stands in the text where Terraform puts secrets. */
  readonly placeholders: readonly string[];
}

/** A VIP, or another address that moves with the VIPs. */
export interface SynthesizedVip {
  /** Without the length of its prefix. */
  readonly address: string;
  /** Network device that has it. */
  readonly device: string;
  /** The VRRP instance that it moves with; absent when a unit of the host holds it. */
  readonly vrrpInstance?: string;
}

/** Everything that one host of a stack is to have. */
export class SynthesizedHost {
  /** The path of its construct: `web/web1`, and of a pair `web/lb/primary`. */
  public readonly path: string;
  /** What it does. */
  public readonly role: HostRole;
  /** Where it is. */
  public readonly address: string;
  /** Whether everything is taken off it instead: then there is nothing below. */
  public readonly decommissioned: boolean;
  /** Network interfaces that must be there. */
  public readonly interfaces: readonly string[];
  /** Packages that it is to have. */
  public readonly packages: readonly string[];
  /** Units enabled and started. */
  public readonly units: readonly string[];
  /** Kernel settings in the words of sysctl.d(5), with `/` between their parts. */
  public readonly sysctls: Readonly<Record<string, string>>;
  /** VIPs, and what moves with them. */
  public readonly vips: readonly SynthesizedVip[];
  /** The IPVS table as `ipvsadm-save -n` prints it, a rule each. */
  public readonly ipvsRules: readonly string[];
  /** Files that it is to have. */
  public readonly files: readonly SynthesizedFile[];
  /** Virtual services of a director. */
  public readonly services: readonly SynthesizedService[];

  public constructor(host: ManagedHost) {
    const read = readerFor(TerraformStack.of(host));
    const plan = read(host.plan());
    const present = !host.decommissioned;
    this.path = host.node.path.replace(/\/host$/, "");
    this.role = plan.role;
    this.address = plan.address;
    this.decommissioned = host.decommissioned;
    this.interfaces = present ? plan.interfaces : [];
    this.packages = present ? plan.packages.map(({ name }) => name) : [];
    this.units = present ? plan.units : [];
    this.sysctls = present ? Object.fromEntries(plan.sysctls.map(({ key, value }) => [key, value])) : {};
    this.vips = present ? vipsOf(host.plan(), read) : [];
    this.ipvsRules = present ? plan.rules.split("\n").filter((rule) => rule !== "") : [];
    this.files = present ? plan.files.map(synthesizedFile) : [];
    this.services = this.role === "director" ? servicesOn(host) : [];
    withReader(this, read);
  }

  /** The file of that path; throws when the host gets none. */
  public file(path: string): SynthesizedFile {
    const file = this.files.find((one) => one.path === path);
    if (file !== undefined) return file;
    throw new Error([`${this.path} gets no file ${path}, but`, ...this.files.map((one) => `  ${one.path}`)].join("\n"));
  }
}

function synthesizedFile({ path, mode, text, placeholders = [] }: HostFile): SynthesizedFile {
  return { path, mode, text, placeholders };
}

function vipsOf({ held, vrrp = [] }: HostPlan, read: Reader): SynthesizedVip[] {
  const moved = vrrp.flatMap(({ instance, addresses }) =>
    addresses.map((address) => ({ ...read(address), vrrpInstance: instance })),
  );
  // On the loopback is what stands for the VIPs in the adverts of the instance.
  return [...held.map(read), ...moved.filter(({ device }) => device !== "lo")];
}
