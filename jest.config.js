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
  projects: [
    fast,
    {
      ...fast,
      displayName: "fast-cdktn",
      // Providers that are made for cdktf get cdktn here too.
      moduleNameMapper: { ...base.moduleNameMapper, "^cdktf(/.*)?$": "cdktn$1" },
      // One needs both frameworks, the other runs a compiler, which is not mapped.
      testPathIgnorePatterns: [...fast.testPathIgnorePatterns, "<rootDir>/test/(two-frameworks|docs)\\.test\\.ts$"],
    },
    { ...base, displayName: "lab", testMatch: ["<rootDir>/test/lab/**/*.test.ts"] },
  ],
};
