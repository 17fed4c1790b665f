import { numberSpots, writtenFormulas, type WrittenStrategy } from "#engine/strategy"

/** Whether numbers stand in the rules or the stop themselves, where no slider moves them. */
export function hasFixedNumbers(document: WrittenStrategy): boolean {
  if (document.code) return false
  const { stopLoss } = document.protect ?? {}
  const isStopFixed = stopLoss?.kind === "percent" && typeof stopLoss.percent === "number"
  return isStopFixed || writtenFormulas(document).some(({ text }) => numberSpots(text).some(isTelling))
}

/** A number whose place says what it is; an offset or a factor does not, and zero is a line. */
function isTelling({ label, value }: { label: string; value: number }): boolean {
  return label !== "Number" && value !== 0
}
