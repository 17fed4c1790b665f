import type { ModelRequest } from "./provider.ts"

/** Letters of English, of formulas and of JSON in one token. */
const PLAIN_LETTERS_PER_TOKEN = 3.5

/** About how many tokens a text has, rather too many than too few: letters beyond ASCII count as one each. */
export function estimatedTokens(text: string): number {
  // eslint-disable-next-line no-control-regex
  const others = text.match(/[^\u0000-\u007f]/gu)?.length ?? 0
  return Math.ceil(others + (text.length - others) / PLAIN_LETTERS_PER_TOKEN)
}

/** About how many tokens a model reads with a request. */
export function requestTokens({ messages, answer }: ModelRequest): number {
  return estimatedTokens(JSON.stringify([messages, answer]))
}
