import { lvsMatchers, lvsSerializer } from "cdktf-lvs/testing";

expect.extend(lvsMatchers);
expect.addSnapshotSerializer(lvsSerializer);
