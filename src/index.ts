export { ConfigError, type Problem } from "./model/problem";
