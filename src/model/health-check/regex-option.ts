/** How a regular expression is read, see pcre2api(3) (keepalived: `regex_options`). */
export enum RegexOption {
  /** `[]` is a class that matches nothing, as in JavaScript. */
  ALLOW_EMPTY_CLASS = "allow_empty_class",
  /** `\u`, `\U` and `\x` as in JavaScript. */
  ALT_BSUX = "alt_bsux",
  /** Callouts before every item, which keepalived does not use. */
  AUTO_CALLOUT = "auto_callout",
  /** Upper and lower case are the same. */
  CASELESS = "caseless",
  /** `$` matches at the very end alone, not before a line break there. */
  DOLLAR_ENDONLY = "dollar_endonly",
  /** `.` matches line breaks too. */
  DOTALL = "dotall",
  /** Several groups may have the same name. */
  DUPNAMES = "dupnames",
  /** White space, and what follows `#`, is not part of the expression. */
  EXTENDED = "extended",
  /** A match must begin in the first line. */
  FIRSTLINE = "firstline",
  /** A reference to a group that matched nothing matches the empty text, as in JavaScript. */
  MATCH_UNSET_BACKREF = "match_unset_backref",
  /** `^` and `$` match at the beginning and end of every line. */
  MULTILINE = "multiline",
  /** The expression cannot turn UCP on. */
  NEVER_UCP = "never_ucp",
  /** The expression cannot turn UTF on. */
  NEVER_UTF = "never_utf",
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
  /** `\C`, a single byte, is refused. */
  NEVER_BACKSLASH_C = "never_backslash_c",
  /** With MULTILINE `^` matches after a line break at the very end too. */
  ALT_CIRCUMFLEX = "alt_circumflex",
  /** Backslashes escape in the names of verbs. */
  ALT_VERBNAMES = "alt_verbnames",
  /** A limit can be set for where a match begins. */
  USE_OFFSET_LIMIT = "use_offset_limit",
}
