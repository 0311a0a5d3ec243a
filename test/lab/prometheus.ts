import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../lab/command";
import type { Lab } from "../../lab/lab";

const URL = "http://192.0.2.1:9090/api/v1";

/** One alert that fires, or one series that a query gave. */
export type Labels = Readonly<Record<string, string>>;

interface Answer {
  readonly status: string;
  readonly data: {
    readonly alerts?: readonly { readonly state: string; readonly labels: Labels }[];
    readonly result?: readonly { readonly metric: Labels; readonly value: readonly [number, string] }[];
    readonly groups?: readonly { readonly rules: readonly { readonly name: string; readonly health: string }[] }[];
  };
}

/** A real Prometheus in the network of a lab. It waits long for hosts that are slow. */
export class Prometheus {
  private constructor(
    private readonly lab: Lab,
    private readonly folder: string,
  ) {}

  static async start(lab: Lab, rules: string, addresses: readonly string[]): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), "prometheus-"));
    const config = {
      global: { scrape_interval: "10s", scrape_timeout: "10s", evaluation_interval: "2s" },
      rule_files: [rules],
      scrape_configs: [
        {
          job_name: "node",
          // What else the exporter knows would take it a good part of a slow host's time.
          params: { "collect[]": ["conntrack", "ipvs", "textfile"] },
          static_configs: [{ targets: addresses.map((address) => `${address}:9100`) }],
        },
      ],
    };
    // JSON is YAML.
    writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(config));
    const options = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`];
    lab.spawnInNamespace([await program(folder), ...options, "--web.listen-address=192.0.2.1:9090"], {
      stdio: "ignore",
    });
    return new Prometheus(lab, folder);
  }

  /** Every alert that fires, as `LvsDrift web/lb secondary`. */
  async firing(): Promise<string[]> {
    const { alerts = [] } = (await this.ask("alerts")).data;
    return alerts
      .filter(({ state }) => state === "firing")
      .map(({ labels }) =>
        [labels["alertname"], labels["construct"], labels["role"], labels["server"]].join(" ").trim(),
      )
      .sort();
  }

  /** The rules that Prometheus could not evaluate, and whether there are any at all. */
  async ruleHealth(): Promise<string[]> {
    const { groups = [] } = (await this.ask("rules")).data;
    return groups.flatMap(({ rules }) => rules.map(({ name, health }) => `${name} ${health}`));
  }

  async query(expression: string): Promise<{ labels: Labels; value: number }[]> {
    const { result = [] } = (await this.ask(`query?query=${encodeURIComponent(expression)}`)).data;
    return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  /** Its files; the process ends with the lab. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ask(path: string): Promise<Answer> {
    const { status, body } = await this.lab.request(`${URL}/${path}`);
    if (status !== 200) throw new Error(`Prometheus answered ${status} to ${path}: ${body}`);
    return JSON.parse(body) as Answer;
  }
}

/** Of this machine, or out of Debian's package, which would start a service if it were installed. */
async function program(folder: string): Promise<string> {
  if (spawnSync("prometheus", ["--version"]).status === 0) return "prometheus";
  const unpack = 'cd "$1" && apt-get --quiet download prometheus && dpkg --extract prometheus_*.deb .';
  await runCommand(["sh", "-c", unpack, "sh", folder]);
  const unpacked = join(folder, "usr/bin/prometheus");
  if (!existsSync(unpacked)) throw new Error(`the package prometheus has no ${unpacked}`);
  return unpacked;
}
