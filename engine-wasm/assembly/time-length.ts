/** Lengths of time in milliseconds (host/candles/timeframe.ts has the host's). */
export const HOUR_MS: f64 = 3_600_000
export const DAY_MS: f64 = 86_400_000
