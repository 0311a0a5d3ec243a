const base = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  // Examples import the package by its name, as users do.
  moduleNameMapper: {
    "^cdktf-lvs$": "<rootDir>/src/index.ts",
    "^cdktf-lvs/testing$": "<rootDir>/src/testing/index.ts",
  },
};

const fast = {
  ...base,
  displayName: "fast",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["<rootDir>/test/lab/"],
};

module.exports = {
  // By itself jest leaves one processor idle, half of a small machine.
  maxWorkers: "100%",
  projects: [
    fast,
    {
      ...fast,
      displayName: "fast-cdktn",
      // Providers that are made for cdktf get cdktn here too.
      moduleNameMapper: { ...base.moduleNameMapper, "^cdktf(/.*)?$": "cdktn$1" },
      testPathIgnorePatterns: [
        ...fast.testPathIgnorePatterns,
        // One needs both frameworks, the other runs a compiler, which is not mapped.
        "<rootDir>/test/(two-frameworks|docs)\\.test\\.ts$",
        // What imports no framework, as test/architecture.test.ts sees to, was tested already.
        "<rootDir>/test/(model|render|commands)/",
        "<rootDir>/test/provisioners/host-",
        "<rootDir>/test/(features|pictures|public-comments|reference-pages)\\.test\\.ts$",
        // Programs that judge files for hosts, for minutes; two-frameworks compares the files.
        "<rootDir>/test/oracles/(keepalived|logging|nftables|pcre|prometheus|shell|systemd)",
      ],
    },
    { ...base, displayName: "lab", testMatch: ["<rootDir>/test/lab/**/*.test.ts"] },
  ],
};
