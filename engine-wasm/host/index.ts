// The door #engine: everything the relay and the web may use of the engine.
export * from "./backtest-request.ts"
export * from "./backtest-result.ts"
export * from "./candles.ts"
export * from "./timeframe.ts"
