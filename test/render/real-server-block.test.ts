import { HealthCheck } from "../../src/model/health-check";
import { blocksText } from "../../src/render/block-writer";
import { virtualServerBlocks } from "../../src/render/virtual-server-block";
import { realServer, service } from "../support/models";

const healthCheck = HealthCheck.none();

test("real servers that stay with weight 0 when they fail, or go", () => {
  const web = service({ inhibitOnFailure: true }, [
    realServer({ healthCheck, inhibitOnFailure: false }),
    realServer({ address: "10.0.0.22", healthCheck, inhibitOnFailure: true }),
    realServer({ address: "10.0.0.23", healthCheck }),
  ]);
  expect(blocksText(virtualServerBlocks(web))).toContain(`    inhibit_on_failure
    real_server 10.0.0.21 80 {
        weight 1
        inhibit_on_failure false
    }
    real_server 10.0.0.22 80 {
        weight 1
        inhibit_on_failure true
    }
    real_server 10.0.0.23 80 {
        weight 1
    }
`);
});
