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

// These reach no framework, as test/architecture.test.ts proves: on the other one they would be the same run again.
const WITHOUT_FRAMEWORK = [
  "(model|render|commands)/",
  "provisioners/(?!directive|template-text)",
  "oracles/(instances|logging|pcre|prometheus|shell|systemd|upload)",
  "(architecture|features|licences|messages|public-comments|reference-pages|requirements)",
].map((path) => `<rootDir>/test/${path}`);

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
        // Both look at both frameworks by themselves.
        "<rootDir>/test/(two-frameworks|docs)\\.test\\.ts$",
        ...WITHOUT_FRAMEWORK,
      ],
    },
    // The example of a whole repository, set up as its own jest.config.js does.
    {
      ...base,
      displayName: "platform-repo",
      testMatch: ["<rootDir>/examples/platform-repo/**/*.test.ts"],
      setupFilesAfterEnv: ["<rootDir>/examples/platform-repo/jest.setup.ts"],
    },
    { ...base, displayName: "lab", testMatch: ["<rootDir>/test/lab/**/*.test.ts"] },
  ],
};
