/**
 * How a regular expression is read, see pcre2api(3) (keepalived: `regex_options`). The other options of keepalived are
 * about what expressions here cannot have, or about what keepalived never asks of PCRE.
 */
export enum RegexOption {
  /** Upper and lower case are the same. */
  CASELESS = "caseless",
  /** `.` matches line breaks too. */
  DOTALL = "dotall",
  /** White space, and what follows `#`, is not part of the expression. */
  EXTENDED = "extended",
  /** A match must begin in the first line. */
  FIRSTLINE = "firstline",
  /** A reference to a group that matched nothing matches the empty text, as in JavaScript. */
  MATCH_UNSET_BACKREF = "match_unset_backref",
  /** `^` and `$` match at the beginning and end of every line. */
  MULTILINE = "multiline",
  /** Parentheses capture nothing. */
  NO_AUTO_CAPTURE = "no_auto_capture",
  /** Without the optimisation of repetitions that need not be tried again. */
  NO_AUTO_POSSESS = "no_auto_possess",
  /** Without the optimisation of a leading `.*`. */
  NO_DOTSTAR_ANCHOR = "no_dotstar_anchor",
  /** Without the optimisations that skip places where no match can begin. */
  NO_START_OPTIMIZE = "no_start_optimize",
  /** `\d`, `\w` and the like go by the properties of Unicode. */
  UCP = "ucp",
  /** Repetitions match as little as they can, and as much as they can with `?` behind them. */
  UNGREEDY = "ungreedy",
  /** Expression and page are read as UTF-8. */
  UTF = "utf",
  /** With MULTILINE `^` matches after a line break at the very end too. */
  ALT_CIRCUMFLEX = "alt_circumflex",
}
