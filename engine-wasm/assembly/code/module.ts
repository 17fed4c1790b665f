// Exports of a module with a strategy in code beyond the engine's own.
export { candleAtWork, marketAtWork } from "./moment"
export { lineAddress, lineCount, lineLength } from "./journal"
export { setColumns, setParams } from "./names"
export { unsoundCallOf, unsoundValueOf } from "./strategies"
export { setPrices } from "./price-grid"
export { emptyShown, setShown, shownAmongPrices, shownNameAddress, shownNameLength, shownNames, shownRows } from "./shown"
export { tagAddress, tagCount, tagLength } from "./tags"
