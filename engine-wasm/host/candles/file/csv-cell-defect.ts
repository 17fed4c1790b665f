import { quoted } from "../foreign-text.ts"
import type { NumberStyle } from "./csv-number-style.ts"

/** Why a cell is not a number, as the end of a sentence. */
export function cellDefect(name: string, text: string, style: NumberStyle): string {
  if (text === "") return `the column ${quoted(name)} is empty.`
  const holds = `the column ${quoted(name)} holds ${quoted(text, 40)}`
  if (/^#+$/.test(text)) return `${holds}: a spreadsheet saved a column that was too narrow to show it.`
  const isShort = text.length < 60
  if (isShort && style === "point" && /^[+-]?[\d.\s']*\d,\d+$/.test(text))
    return `${holds} with a decimal comma, and other numbers of the file have none; export the file with decimal points.`
  if (isShort && style === "comma" && /^[+-]?[\d,\s']*\d\.\d+$/.test(text))
    return `${holds} with a decimal point, and other numbers of the file have decimal commas; export it with points alone.`
  return `${holds}, which is not a number.`
}

/** Whether a cell says that there is no value. */
export function meansNothing(text: string): boolean {
  return text === "" || /^(?:nan|null|none|na|n\/a|-)$/i.test(text)
}
