// How long a strategy may work on one candle, counted in loop rounds and calls. host/code/wasm-meter.ts puts the
// counting into the finished binary; an unmetered module never runs out.

/** About a twentieth of a second of work. */
const FUEL_OF_A_CANDLE: i64 = 20_000_000
const PLENTY: i64 = i64.MAX_VALUE

/** Work left; below 0 the metered code stops. */
export let fuel: i64 = 20_000_000

/** Refills at the start of a strategy's work. */
export function fillUp(): void {
  fuel = FUEL_OF_A_CANDLE
}

/** Lifts the limit for the engine's own work. */
export function lift(): void {
  fuel = PLENTY
}
