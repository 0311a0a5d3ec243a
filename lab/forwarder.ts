import net from "node:net";

const HEADER_LIMIT = 512;

/**
 * Opens TCP connections on behalf of processes outside the namespace. A client's first line is `host port`; the
 * answer is `ok` or `error CODE`, and after `ok` both connections are one.
 */
export function listenForDials(socketPath: string): Promise<void> {
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    client.on("error", () => client.destroy());
    readTarget(client);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(socketPath, resolve);
  });
}

function readTarget(client: net.Socket): void {
  let header = "";
  const onData = (chunk: Buffer) => {
    header += chunk.toString("latin1");
    const end = header.indexOf("\n");
    if (end === -1 && header.length < HEADER_LIMIT) {
      return;
    }
    client.off("data", onData).pause();
    const [host, port] = header.slice(0, end).split(" ");
    connect(client, host ?? "", Number(port));
  };
  client.on("data", onData);
}

function connect(client: net.Socket, host: string, port: number): void {
  const target = net.connect({ host, port, allowHalfOpen: true, noDelay: true });
  let isConnected = false;
  target.once("connect", () => {
    isConnected = true;
    client.write("ok\n");
    client.pipe(target).pipe(client);
  });
  target.once("error", (error: NodeJS.ErrnoException) => {
    if (isConnected) {
      client.destroy();
      return;
    }
    client.end(`error ${error.code ?? error.message}\n`);
  });
  client.once("close", () => target.destroy());
}
