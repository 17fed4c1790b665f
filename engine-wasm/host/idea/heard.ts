import type { Language } from "./languages/language.ts"
import { type Chunk, chunksOf } from "./reading/chunk.ts"
import { joinedChunks } from "./reading/joined-chunks.ts"
import { booksOf, languagesOf, languageToAnswer } from "./words/books.ts"
import { foldedText } from "./words/folded-text.ts"
import { piecesOf } from "./words/piece.ts"
import { pretendedPlaces, withoutPlaces } from "./words/pretended-text.ts"
import { spokenLanguages } from "./words/spoken-language.ts"
import type { TextPlace } from "./words/text-place.ts"
import { tokensOf } from "./words/token.ts"

/** A sentence in chunks, the language it is in, and where reading ended. */
export type Heard = { say: string; chunks: Chunk[]; language: Language; end: number; pretended: TextPlace[] }

/** Nobody says an idea in more letters; what follows is named as not understood. UTF-16 units. */
export const MOST_LETTERS = 4_000

/** Cuts a sentence into chunks. `spoken`: the message it is part of, by which its language is known. */
export function heard(
  say: string,
  { markets = [], spoken = say }: { markets?: readonly string[]; spoken?: string } = {},
): Heard {
  const read = say.slice(0, MOST_LETTERS)
  const pretended = pretendedPlaces(read)
  const text = foldedText(withoutPlaces(read, pretended))
  const told = spokenLanguages(spoken.slice(0, MOST_LETTERS))
  const languages = told.length > 1 ? told : languagesOf(tokensOf(text), told)
  const tokens = tokensOf(text, { decimalComma: languages[0].decimalComma })
  const pieces = piecesOf(tokens, booksOf(languages))
  const chunks = joinedChunks(chunksOf(pieces, markets))
  return {
    say,
    chunks,
    language: languageToAnswer(
      spoken === say ? tokens : tokensOf(foldedText(spoken.slice(0, MOST_LETTERS))),
      languages,
    ),
    end: Math.max(tokens.at(-1)?.to ?? 0, pretended.at(-1)?.to ?? 0),
    pretended,
  }
}
