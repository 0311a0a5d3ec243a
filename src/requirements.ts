/**
 * What must be there before anything else is loaded. Those who lack it are told what to do, and not what fails first.
 */
const FRAMEWORKS = {
  cdktf: { entry: "cdktf-lvs", packages: "cdktf@0.21 constructs@10" },
  cdktn: { entry: "cdktf-lvs/cdktn", packages: "cdktn@0.24 constructs@10.7" },
} as const;
const OLDEST_NODE = 20;

/** A framework that there is a build for. */
export type Framework = keyof typeof FRAMEWORKS;

/** The framework of this build. */
export const FRAMEWORK: Framework = "cdktf";

/** What the programs on a framework import this library as. */
export function entryFor(framework: Framework): string {
  return FRAMEWORKS[framework].entry;
}

function requireNode(): void {
  const { node } = process.versions;
  if (Number.parseInt(node) >= OLDEST_NODE) return;
  throw new Error(`cdktf-lvs needs Node.js ${OLDEST_NODE} or later, got ${node}; install a newer one`);
}

function requireFramework(): void {
  const { entry, packages } = FRAMEWORKS[FRAMEWORK];
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import could not be caught
    require("cdktf");
  } catch (error) {
    const missing = /^Cannot find module '(cdktf|cdktn|constructs)'/.exec((error as Error).message)?.[1];
    if (missing === undefined) throw error;
    const others = (Object.keys(FRAMEWORKS) as Framework[]).filter((name) => name !== FRAMEWORK);
    const instead = others.map((name) => `; a program on ${name} imports '${entryFor(name)}' instead`).join("");
    throw new Error(`'${entry}' needs ${missing}, which is not installed; run: npm install ${packages}${instead}`);
  }
}

requireNode();
requireFramework();
