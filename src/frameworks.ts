/** The frameworks that there is a build for, and what the users of each need to know. */
const FRAMEWORKS = {
  cdktf: { entry: "cdktf-lvs", packages: "cdktf@0.21 constructs@10" },
  cdktn: { entry: "cdktf-lvs/cdktn", packages: "cdktn@0.24 constructs@10.7" },
} as const;

/** A framework that there is a build for. */
export type Framework = keyof typeof FRAMEWORKS;

export function isFramework(name: string): name is Framework {
  return Object.hasOwn(FRAMEWORKS, name);
}

/** What the programs on a framework import this library as. */
export function entryFor(framework: Framework): string {
  return FRAMEWORKS[framework].entry;
}

/** What to do where a framework is not installed. */
export function installationOf(framework: Framework): string {
  const others = (Object.keys(FRAMEWORKS) as Framework[]).filter((name) => name !== framework);
  const instead = others.map((name) => `; a program on ${name} imports '${entryFor(name)}' instead`).join("");
  return `npm install ${FRAMEWORKS[framework].packages}${instead}`;
}
