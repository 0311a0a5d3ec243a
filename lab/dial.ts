import net from "node:net";

/** Opens a TCP connection from inside the lab's namespace. */
export type Dial = (host: string, port: number, timeoutMs: number) => Promise<net.Socket>;

/** A `Dial` that goes through the forwarder behind `socketPath`. */
export function dialThrough(socketPath: string): Dial {
  return (host, port, timeoutMs) =>
    new Promise((resolve, reject) => {
      const socket = net.connect(socketPath);
      const fail = (reason: string) => {
        clearTimeout(timer);
        socket.destroy();
        reject(new Error(`connection to ${host} port ${port} failed: ${reason}`));
      };
      const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs);
      const onError = (error: Error) => fail(error.message);
      const onClose = () => fail("the lab is gone");
      socket.once("error", onError).once("close", onClose);
      socket.once("connect", () => socket.write(`${host} ${port}\n`));
      socket.once("readable", () => {
        const answer = readLine(socket);
        if (answer !== "ok") {
          fail(answer.replace(/^error /, ""));
          return;
        }
        clearTimeout(timer);
        socket.off("error", onError).off("close", onClose);
        resolve(socket);
      });
    });
}

/** Takes the forwarder's one line off the stream and leaves what follows it: a server may speak first. */
function readLine(socket: net.Socket): string {
  const received = (socket.read() as Buffer | null) ?? Buffer.alloc(0);
  const end = received.indexOf("\n");
  if (end !== -1 && end + 1 < received.length) {
    socket.unshift(received.subarray(end + 1));
  }
  return received.subarray(0, end).toString("latin1");
}
