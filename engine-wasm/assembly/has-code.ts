/**
 * Whether this module carries a strategy written in code. The engine does not; `compileCode` compiles the same core
 * with `true`.
 */
export const HAS_CODE: bool = false
