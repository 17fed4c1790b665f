import { arabic } from "./arabic.ts"
import { chinese } from "./chinese.ts"
import { dutch } from "./dutch.ts"
import { english } from "./english.ts"
import { french } from "./french.ts"
import { german } from "./german.ts"
import { hindi } from "./hindi.ts"
import { indonesian } from "./indonesian.ts"
import { italian } from "./italian.ts"
import { japanese } from "./japanese.ts"
import { korean } from "./korean.ts"
import type { Language } from "./language.ts"
import { polish } from "./polish.ts"
import { portuguese } from "./portuguese.ts"
import { russian } from "./russian.ts"
import { spanish } from "./spanish.ts"
import { turkish } from "./turkish.ts"
import { ukrainian } from "./ukrainian.ts"
import { vietnamese } from "./vietnamese.ts"

/** Every language an idea can be said in; the first where none is recognised. */
export const languages: readonly Language[] = [
  english,
  german,
  spanish,
  french,
  portuguese,
  chinese,
  russian,
  indonesian,
  polish,
  italian,
  dutch,
  turkish,
  ukrainian,
  japanese,
  korean,
  vietnamese,
  hindi,
  arabic,
]
