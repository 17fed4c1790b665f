import type { HostileCase } from "./hostile-case.ts"
import { says } from "../model-server.ts"
import { envelope, good } from "./said-by-models.ts"
import { dip } from "../talking.ts"

/** Cases of the hostile suite: see `hostile-models.ts`. */
export const dangerous: HostileCase[] = [
  {
    name: "a size of 200 %",
    script: [envelope({ size: { kind: "equity", percent: 200 } })],
    ends: "failed",
    says: /at most 100/,
  },
  {
    name: "a size of 200 %, then a possible one",
    script: [envelope({ size: { kind: "risk", percent: 200 } }), says(good)],
    ends: "strategy",
    has: /"percent":1[,}]/,
  },
  {
    name: "a negative size",
    script: [envelope({ size: { kind: "equity", percent: -5 } })],
    ends: "failed",
    says: /more than 0/,
  },
  {
    name: "no stop, unasked",
    script: [envelope({ stop: { kind: "none" } })],
    ends: "strategy",
    says: /did not ask for: a stop of 2 % stands/,
    has: /"stopLoss":\{"kind":"percent","percent":2\}/,
  },
  {
    name: "a stop of 99 %",
    script: [envelope({ stop: { kind: "percent", percent: 99 } })],
    ends: "strategy",
    has: /"value":99/,
  },
  { name: "a stop of 0.0000001 %", script: [envelope({ stop: { kind: "percent", percent: 1e-7 } })], ends: "strategy" },
  {
    name: "a thousand buys into the fall",
    script: [envelope({ add: { maxTimes: 1_000, everyDropPercent: 1, sizeMultiple: 2 } })],
    ends: "failed",
    says: /at most 50/,
  },
  {
    name: "risking a tenth of all each time",
    script: [envelope({ size: { kind: "risk", percent: 10 } })],
    ends: "strategy",
    has: /"largeRisk"/,
  },
  {
    name: "tomorrow's candle",
    script: [envelope({ long: { enter: ["close[-1] > close"] } })],
    ends: "failed",
    says: /enter\[0\]/,
  },
  {
    name: "a formula with a function that reaches out",
    script: [envelope({ long: { enter: ["fetch('https://evil.example')"] } })],
    ends: "failed",
    says: /enter\[0\]/,
  },
  {
    name: "a formula of code",
    script: [envelope({ long: { enter: ["constructor.constructor('return process')()"] } })],
    ends: "failed",
    says: /enter\[0\]/,
  },
  {
    name: "a formula of 100,000 letters",
    script: [envelope({ long: { enter: ["1 + ".repeat(12_000) + "1 > 0"] } })],
    ends: "failed",
    says: /at most 300 characters/,
  },
  {
    name: "an indicator of a million candles",
    script: [envelope({ long: { enter: ["sma(close, 10000000) > 1"] } })],
    ends: "failed",
    says: /enter\[0\]/,
  },
  {
    name: "a market that is an address",
    script: [envelope({ markets: ["https://evil.example/BTC"] })],
    ends: "failed",
    says: /market is written like/,
  },
  {
    name: "code for the engine",
    script: [
      says(
        JSON.stringify({
          kind: "strategy",
          text: "x",
          strategy: { ...dip, code: { language: "assemblyscript", source: "while (true) {}" } },
        }),
      ),
    ],
    ends: "failed",
    says: /code/,
  },
  { name: "markup in the name", script: [envelope({ name: "<img src=x onerror=alert(1)>" })], ends: "strategy" },
  {
    name: "a name that turns letters round",
    script: [envelope({ name: "safe\u202Eevil" })],
    ends: "strategy",
    has: /"safe evil"/,
  },
]
