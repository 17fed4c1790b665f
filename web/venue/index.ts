// The door of exchanges' public data on the screen. What asks them runs in workers, which import `open-venue.ts`.
export { MarketPicker, type MarketsState } from "./market-picker.tsx"
