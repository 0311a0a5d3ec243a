import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge } from "../oracles";

/** The one that `@cdktf/provider-null` asks for. */
const VERSION = "3.2.4";
const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
const FOLDER = `registry.terraform.io/hashicorp/null/${VERSION}/${PLATFORM}`;

/**
 * A directory from which `terraform init` installs a stand-in of the null provider, without a network. It is a plugin
 * like the real one and speaks the same protocol; the code behind it is ours.
 */
export class NullProviderMirror {
  private readonly folder = mkdtempSync(join(tmpdir(), "null-provider-mirror-"));
  private readonly settings = join(this.folder, "terraformrc");
  /** For Terraform, and for cdktf: nothing of this may end up in a cache that is there for real providers. */
  public readonly environment: Readonly<Record<string, string>> = {
    TF_CLI_CONFIG_FILE: this.settings,
    TF_PLUGIN_CACHE_DIR: "",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
    // It would ask the registry.
    CDKTF_SKIP_PROVIDER_LOCK: "true",
  };

  public constructor() {
    const [certificate, key] = [join(this.folder, "certificate.pem"), join(this.folder, "key.pem")];
    makeCertificate(certificate, key);
    const plugins = join(this.folder, "plugins");
    mkdirSync(join(plugins, FOLDER), { recursive: true });
    const loader = require.resolve("tsx/cjs");
    const command = [process.execPath, "--require", loader, join(__dirname, "plugin.ts"), certificate, key];
    const program = `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(" ")}\n`;
    writeFileSync(join(plugins, FOLDER, `terraform-provider-null_v${VERSION}`), program, { mode: 0o755 });
    const installation = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(plugins)}\n  }\n}\n`;
    writeFileSync(this.settings, `disable_checkpoint = true\n${installation}`);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Terraform trusts what the plugin shows, if it is for `localhost`. */
function makeCertificate(certificate: string, key: string): void {
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const files = ["-keyout", key, "-out", certificate];
  const { status, output } = judge("openssl", ["req", "-x509", ...kind, ...subject, ...files]);
  if (status !== 0) throw new Error(`openssl: ${output}`);
}
