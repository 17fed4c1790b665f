import { expect, test } from "vitest"
import { keyFault } from "#venues"
import { type LanguageName, languages } from "./language.ts"

test.each(Object.keys(languages) as LanguageName[])(
  "a key of the exchange that speaks as %s looks like one of the real one",
  (name) => {
    const { key, secret } = languages[name].createKey("language", 2)
    expect(keyFault(name, { apiKey: key.apiKey, secret })).toBeUndefined()
  },
)
