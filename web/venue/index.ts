// The door of exchanges' public data on the screen. The requests run in workers, which import `open-venue.ts`.
export { MarketPicker, type MarketsState } from "./market-picker.tsx"
export { StandInNote, standInWords } from "./stand-in-note.tsx"
