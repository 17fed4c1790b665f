// How long a strategy may work on one candle, counted in loop rounds and calls. The counting itself is put into the
// finished binary
// (host/code/wasm-meter.ts); a module that is not metered never runs out.

/** About a twentieth of a second of work. */
const FUEL_OF_A_CANDLE: i64 = 20_000_000
const PLENTY: i64 = i64.MAX_VALUE

/** What is left; below 0 the metered code stops. */
export let fuel: i64 = 20_000_000

/** A strategy begins to work. */
export function fillUp(): void {
  fuel = FUEL_OF_A_CANDLE
}

/** The engine's own work is not limited. */
export function lift(): void {
  fuel = PLENTY
}
