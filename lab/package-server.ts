import { createReadStream } from "node:fs";
import http from "node:http";
import path from "node:path";
import { pipeline } from "node:stream";

/** Serves the files of one directory over HTTP on every address: the hosts' package source. */
export function servePackages(directory: string, port: number): Promise<void> {
  const server = http.createServer((request, response) => {
    const name = path.basename(decodeURIComponent(request.url ?? ""));
    const file = createReadStream(path.join(directory, name));
    file.once("error", () => response.writeHead(404).end());
    file.once("open", () => {
      response.writeHead(200);
      pipeline(file, response, () => response.destroy());
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, resolve);
  });
}
