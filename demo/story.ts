/** Prints the headings and the lines of the demo. */
export function heading(text: string): void {
  console.log(`\n\u001b[1m=== ${text}\u001b[0m`);
}

export function line(text: string): void {
  console.log(`  ${text}`);
}

export function block(text: string): void {
  for (const item of text.trimEnd().split("\n")) line(item);
}

const NOISE = /\(remote-exec\):\s+(Host|User|Password|Private key|Certificate|SSH Agent|Checking Host Key|Target Platform):/;
const RESOURCE = /(?:terraform_data\.\S+ )?\(([^)]+)\/(config|teardown|decommission)\)/;

/** A line of `cdktf deploy` as a reader wants it: the host, and what happens there. Undefined for noise. */
export function deployLine(text: string): string | undefined {
  const bare = text.replace(/^(\S+)?\s{2}/, "");
  if (NOISE.test(bare) || bare.trim() === "") return undefined;
  const work = /\(([^)]+)\/(?:config|teardown|decommission)\) \(remote-exec\): (.*)$/.exec(bare);
  if (work) return `${work[1]?.replace(/\/host$/, "").padEnd(12)} | ${work[2]}`;
  return bare.replace(RESOURCE, "$1");
}
