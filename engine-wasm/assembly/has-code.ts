/**
 * Whether this module contains a strategy in code. The engine does not; `compileCode` compiles the same core with
 * `true`.
 */
export const HAS_CODE: bool = false
