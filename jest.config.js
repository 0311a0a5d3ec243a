const base = { transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] }, testEnvironment: "node" };

module.exports = {
  projects: [
    { ...base, displayName: "fast", testMatch: ["<rootDir>/test/**/*.test.ts"], testPathIgnorePatterns: ["<rootDir>/test/lab/"] },
    { ...base, displayName: "lab", testMatch: ["<rootDir>/test/lab/**/*.test.ts"] },
  ],
};
