import { english } from "./english.ts"
import type { Language } from "./language.ts"

/** Every language an idea can be said in; the first where none is recognised. */
export const languages: readonly Language[] = [english]
