// Terraform starts this as the null provider: plugin.ts CERTIFICATE KEY.
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Server, ServerCredentials, type handleUnaryCall } from "@grpc/grpc-js";
import { nullProvider } from "./null-resource";
import { CONTROLLER, PROVIDER } from "./protocol";

const [, , certificatePath = "", keyPath = ""] = process.argv;
const clientCertificate = process.env["PLUGIN_CLIENT_CERT"];
if (clientCertificate === undefined) throw new Error("this is a plugin; Terraform starts it");

const certificate = readFileSync(certificatePath);
const folder = mkdtempSync(join(tmpdir(), "null-provider-"));
const socket = join(folder, "socket");
process.on("exit", () => rmSync(folder, { recursive: true }));

function answered(answer: (request: never) => object): handleUnaryCall<unknown, object> {
  return ({ request }, callback) => callback(null, answer(request as never));
}

const server = new Server();
server.addService(
  PROVIDER,
  Object.fromEntries(Object.entries(nullProvider).map(([name, answer]) => [name, answered(answer)])),
);
server.addService(CONTROLLER, {
  shutdown: ((_call, callback) => {
    callback(null, {});
    server.tryShutdown(() => process.exit());
  }) satisfies handleUnaryCall<unknown, object>,
});

const credentials = ServerCredentials.createSsl(
  Buffer.from(clientCertificate),
  [{ cert_chain: certificate, private_key: readFileSync(keyPath) }],
  true,
);
server.bindAsync(`unix:${socket}`, credentials, (error) => {
  if (error) throw error;
  const shown = new X509Certificate(certificate).raw.toString("base64").replace(/=+$/, "");
  // Versions of the handshake and of the protocol, where to connect, and whom to trust.
  process.stdout.write(`1|5|unix|${socket}|grpc|${shown}\n`);
});
