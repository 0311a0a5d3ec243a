import { Deferred } from "../../src/model/deferred";
import { directorSessions, directorSessionsProblems, withDirectorSessions } from "../../src/model/director-sessions";
import type { PairDirector } from "../../src/model/vrrp-directors";

const directors: PairDirector[] = [
  { prop: "primary", address: "2001:0db8:0::11" },
  { prop: "secondary", address: new Deferred("${x}") },
  { prop: "furtherBackups[0]", address: "2001:db8::13" },
];

test("a director has a session with each of the others", () => {
  const timing = { minRxMilliseconds: 100, minTxMilliseconds: 100, multiplier: 5 };
  expect(directorSessions(directors, "secondary")).toEqual([
    { name: "director-primary", neighborAddress: "2001:db8::11", ...timing },
    { name: "director-furtherBackups-0", neighborAddress: "2001:db8::13", ...timing },
  ]);
});

test("it tracks each of them, with a weight below what priorities differ by", () => {
  expect(withDirectorSessions({ trackBfd: true }, directors, "primary")).toEqual({
    trackBfd: [
      { name: "director-secondary", weight: 10 },
      { name: "director-furtherBackups-0", weight: 10 },
    ],
  });
  expect(withDirectorSessions({ trackBfd: ["router"] }, directors, "primary")).toEqual({ trackBfd: ["router"] });
  expect(withDirectorSessions({}, directors, "primary")).toEqual({});
});

test("sessions that are defined must be others", () => {
  const bfdInstances = [
    { name: "router", neighborAddress: "2001:db8::1" },
    { name: "director-x", neighborAddress: "2001:db8::2" },
    { name: "peer", neighborAddress: "2001:db8::11" },
  ];
  expect(directorSessionsProblems(bfdInstances, directors)).toEqual([
    {
      path: "bfdInstances[1].name",
      message: "must not begin with 'director-' beside trackBfd: true, got 'director-x'",
    },
    {
      path: "bfdInstances[2].neighborAddress",
      message:
        "must not be a director's own address beside trackBfd: true, got '2001:db8::11'; it has a session already",
    },
  ]);
});
