/** Both may be what a program or its tests import first. */
const ENTRIES = ["../src", "../src/testing"];

/** What is told to those who import the library without what it needs. */
function importError(entry: string): unknown {
  let thrown: unknown;
  jest.isolateModules(() => {
    try {
      jest.requireActual(entry);
    } catch (error) {
      thrown = (error as Error).message;
    }
  });
  return thrown;
}

/** As Node.js says it. */
function notFound(name: string): Error {
  return Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- /app/main.js`), {
    code: "MODULE_NOT_FOUND",
  });
}

function frameworkThrows(error: Error): void {
  jest.doMock("cdktf", () => {
    throw error;
  });
}

const { versions } = process;

function runOn(node: string): void {
  Object.defineProperty(process, "versions", { value: { ...versions, node }, configurable: true });
}

afterEach(() => {
  jest.dontMock("cdktf");
  runOn(versions.node);
});

describe.each(ENTRIES)("%s", (entry) => {
  test("nothing is told when everything is there", () => {
    expect(importError(entry)).toBeUndefined();
  });

  test.each([
    [
      "cdktf",
      "'cdktf-lvs' needs cdktf, which is not installed; run: npm install cdktf@0.21 constructs@10; a program on cdktn imports 'cdktf-lvs/cdktn' instead",
    ],
    [
      "cdktn",
      "'cdktf-lvs/cdktn' needs cdktn, which is not installed; run: npm install cdktn@0.24 constructs@10.7; a program on cdktf imports 'cdktf-lvs' instead",
    ],
    ["constructs", "cdktf-lvs needs constructs, which is not installed; run: npm install constructs@10.7"],
  ])("without %s", (name, message) => {
    frameworkThrows(notFound(name));
    expect(importError(entry)).toBe(message);
  });

  test.each(["the framework lacks something itself", "Cannot find module 'cdktf-other'"])(
    "%s: left as it is",
    (text) => {
      frameworkThrows(new Error(text));
      expect(importError(entry)).toBe(text);
    },
  );

  test.each(["18.20.8", "19.9.0", "6.17.1"])("on Node.js %s", (node) => {
    runOn(node);
    expect(importError(entry)).toBe(`cdktf-lvs needs Node.js 20 or later, got ${node}; install a newer one`);
  });

  test.each(["20.0.0", "22.12.0", "100.0.0"])("on Node.js %s nothing is told", (node) => {
    runOn(node);
    expect(importError(entry)).toBeUndefined();
  });
});
