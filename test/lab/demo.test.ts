import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { tell } from "./hosts";

jest.setTimeout(15 * 60_000);

let demo: ChildProcess | undefined;

afterAll(() => {
  // A group of its own, so that npm, which passes no signal on, goes with what it started.
  if (demo?.pid !== undefined && demo.exitCode === null) process.kill(-demo.pid, "SIGTERM");
});

test("npm run demo takes a load balancer from nothing through a crash to clean hosts", async () => {
  const shown: string[] = [];
  const child = spawn("npm", ["run", "--silent", "demo"], {
    cwd: join(__dirname, "../.."),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  demo = child;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      shown.push(line);
      tell(line);
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  const output = shown.join("\n");
  expect([code, output]).toEqual([0, expect.stringMatching(/answered again after \d+ ms, from lb2\n/)]);
  expect(output).toContain("lb1 has taken the VIP back by itself");
  for (const name of ["lb1", "lb2", "web1", "web2"]) {
    expect(output).toContain(`${name}: no file, address, unit, rule or setting left`);
  }
});
