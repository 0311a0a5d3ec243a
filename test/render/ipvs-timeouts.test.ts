import { Deferred } from "../../src/model/deferred";
import { timeoutsLine, timeoutWords } from "../../src/render/ipvs-timeouts";

test.each([
  [{ tcpSeconds: 1200 }, "lvs_timeouts tcp 1200", "1200 0 0"],
  [{ udpSeconds: 30, tcpFinSeconds: 60 }, "lvs_timeouts tcpfin 60 udp 30", "0 60 30"],
  [{ tcpSeconds: 1, tcpFinSeconds: 2, udpSeconds: 3 }, "lvs_timeouts tcp 1 tcpfin 2 udp 3", "1 2 3"],
  [{ tcpSeconds: new Deferred("${t}") }, "lvs_timeouts tcp ${t}", "${t} 0 0"],
])("%j", (timeouts, line, words) => {
  expect(timeoutsLine(timeouts)).toBe(line);
  expect(timeoutWords(timeouts)).toBe(words);
});
