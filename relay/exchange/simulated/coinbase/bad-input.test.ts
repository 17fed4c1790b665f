import { afterAll, beforeAll, expect, test } from "vitest"
import type { SimulatedExchange } from "../simulated-exchange.ts"
import { ask, command, startCoinbase, tokenFor } from "./testing/coinbase-clients.ts"

let exchange: SimulatedExchange
beforeAll(async () => (exchange = await startCoinbase({ seed: "bad" })))
afterAll(() => exchange.stop())

let count = 0
const gtc = { base_size: "0.01", limit_price: "50000" }
const order = (change: Record<string, unknown> = {}) => ({
  client_order_id: `bad-${count++}`,
  product_id: "BTC-USD",
  side: "BUY",
  order_configuration: { limit_limit_gtc: gtc },
  ...change,
})
const configured = (order_configuration: unknown, more: Record<string, unknown> = {}) =>
  order({ order_configuration, ...more })
const create = (body: unknown) => ask(exchange, ["POST", "orders"], { body })

test("a request that says something unknown, or says it in the wrong way, is a 400 with its reason", async () => {
  const table: [body: unknown, details: string][] = [
    ["{", "the body must be a JSON object"],
    ["[]", "the body must be a JSON object"],
    [order({ stopLoss: { triggerPrice: 1 } }), 'unknown field "stopLoss"'],
    [order({ takeProfit: {} }), 'unknown field "takeProfit"'],
    [order({ client_order_id: undefined }), "client_order_id is required"],
    [order({ client_order_id: "x".repeat(129) }), "client_order_id is too long"],
    [order({ product_id: 5 }), "product_id must be a string"],
    [order({ side: "buy" }), 'side "buy" is unknown'],
    [order({ order_configuration: undefined }), "order_configuration is required"],
    [configured([]), "order_configuration must be an object"],
    [configured({}), "an order configuration names exactly one kind"],
    [configured({ limit_limit_gtc: gtc, sor_limit_ioc: gtc }), "an order configuration names exactly one kind"],
    [configured({ stop_market: gtc }), 'unknown field "order_configuration.stop_market"'],
    [configured({ twap_limit_gtd: gtc }), 'unknown field "order_configuration.twap_limit_gtd"'],
    [
      configured({ limit_limit_gtc: { ...gtc, stop_price: "1" } }),
      'unknown field "order_configuration.limit_limit_gtc.stop_price"',
    ],
    [
      configured({ limit_limit_gtc: { ...gtc, base_size: 0.01 } }),
      "order_configuration.limit_limit_gtc.base_size must be a string",
    ],
    [
      configured({ limit_limit_gtc: { ...gtc, limit_price: "" } }),
      "order_configuration.limit_limit_gtc.limit_price is required",
    ],
    [configured({ limit_limit_gtc: { ...gtc, base_size: "1e3" } }), 'base_size "1e3" is not a decimal'],
    [configured({ limit_limit_gtc: { ...gtc, base_size: "-1" } }), 'base_size "-1" is not a decimal'],
    [
      configured({ limit_limit_gtc: { ...gtc, post_only: "true" } }),
      "order_configuration.limit_limit_gtc.post_only must be a boolean",
    ],
    [configured({ limit_limit_gtd: { ...gtc, end_time: "tomorrow" } }), "end_time must be an RFC 3339 time"],
    [configured({ market_market_ioc: {} }), "a market order has either a quote_size or a base_size"],
    [
      configured({ market_market_ioc: { quote_size: "1", base_size: "1" } }),
      "a market order has either a quote_size or a base_size",
    ],
    [
      configured({ stop_limit_stop_limit_gtc: { ...gtc, stop_price: "1", stop_direction: "DOWN" } }),
      'stop_direction "DOWN" is unknown',
    ],
    [
      order({ attached_order_configuration: { limit_limit_gtc: gtc } }),
      "attached_order_configuration.limit_limit_gtc cannot be attached",
    ],
    [
      order({ attached_order_configuration: { trigger_bracket_gtc: { ...gtc, stop_trigger_price: "1" } } }),
      "an attached order takes its size from its entry",
    ],
  ]
  for (const [body, message] of table)
    expect(await create(body), message).toMatchObject({
      status: 400,
      body: { error: "INVALID_ARGUMENT", error_details: message, message },
    })
  expect(exchange.exchange.state.venue.orders.size).toBe(0)
})

test("an order that is understood and not taken is an answer with the reasons of order and preview", async () => {
  const bracket = (limit_price: string, stop_trigger_price: string) =>
    configured({ trigger_bracket_gtc: { base_size: "0.01", limit_price, stop_trigger_price } }, { side: "SELL" })
  const stop = (side: string, stop_price: string, limit_price: string, direction: string) =>
    configured(
      {
        stop_limit_stop_limit_gtc: {
          base_size: "0.01",
          limit_price,
          stop_price,
          stop_direction: `STOP_DIRECTION_STOP_${direction}`,
        },
      },
      { side },
    )
  const limit = (fields: Record<string, unknown>) => configured({ limit_limit_gtc: { ...gtc, ...fields } })
  const table: [body: unknown, error: string, preview: string][] = [
    [limit({ base_size: "100" }), "INSUFFICIENT_FUND", "PREVIEW_INSUFFICIENT_FUND"],
    [order({ product_id: "NOPE-USD" }), "INVALID_PRODUCT_ID", "PREVIEW_INVALID_PRODUCT_ID"],
    [limit({ base_size: "0" }), "UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_BASE_SIZE_TOO_SMALL"],
    [limit({ base_size: "90000" }), "UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_BASE_SIZE_TOO_LARGE"],
    [limit({ base_size: "200" }), "UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_QUOTE_SIZE_TOO_LARGE"],
    [
      configured({ market_market_ioc: { quote_size: "9000001" } }),
      "UNKNOWN_FAILURE_REASON",
      "PREVIEW_INVALID_QUOTE_SIZE_TOO_LARGE",
    ],
    [
      configured({ market_market_ioc: { base_size: "1001" } }),
      "UNKNOWN_FAILURE_REASON",
      "PREVIEW_INVALID_BASE_SIZE_TOO_LARGE",
    ],
    [limit({ base_size: "0.00001" }), "UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL"],
    [limit({ base_size: "0.0000015" }), "INVALID_SIZE_PRECISION", "PREVIEW_INVALID_SIZE_PRECISION"],
    [limit({ base_size: "0.0000000001" }), "INVALID_SIZE_PRECISION", "PREVIEW_INVALID_SIZE_PRECISION"],
    [limit({ limit_price: "50000.001" }), "INVALID_PRICE_PRECISION", "PREVIEW_INVALID_PRICE_PRECISION"],
    [limit({ limit_price: "50000.000000001" }), "INVALID_PRICE_PRECISION", "PREVIEW_INVALID_PRICE_PRECISION"],
    [limit({ limit_price: "900000" }), "INVALID_LIMIT_PRICE", "PREVIEW_BREACHED_PRICE_LIMIT"],
    [
      limit({ limit_price: "61000", post_only: true }),
      "INVALID_LIMIT_PRICE_POST_ONLY",
      "PREVIEW_INVALID_LIMIT_PRICE_POST_ONLY",
    ],
    [
      configured({ market_market_ioc: { quote_size: "0.5" } }),
      "UNKNOWN_FAILURE_REASON",
      "PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL",
    ],
    [
      configured({ limit_limit_gtd: { ...gtc, end_time: "2020-01-01T00:00:00Z" } }),
      "INVALID_REQUEST",
      "PREVIEW_INVALID_ORDER_CONFIG",
    ],
    [stop("SELL", "61000", "60900", "DOWN"), "UNKNOWN_FAILURE_REASON", "PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE"],
    [stop("BUY", "59000", "59100", "UP"), "UNKNOWN_FAILURE_REASON", "PREVIEW_STOP_PRICE_BELOW_LAST_TRADE_PRICE"],
    [stop("SELL", "59000", "59100", "DOWN"), "UNKNOWN_FAILURE_REASON", "PREVIEW_STOP_PRICE_BELOW_LIMIT_PRICE"],
    [stop("BUY", "61000", "60900", "UP"), "UNKNOWN_FAILURE_REASON", "PREVIEW_STOP_PRICE_ABOVE_LIMIT_PRICE"],
    [bracket("59000", "58000"), "UNKNOWN_FAILURE_REASON", "PREVIEW_BRACKET_LIMIT_PRICE_OUT_OF_BOUNDS"],
    [bracket("62000", "61000"), "UNKNOWN_FAILURE_REASON", "PREVIEW_STOP_TRIGGER_PRICE_OUT_OF_BOUNDS"],
    [
      configured(
        { market_market_ioc: { quote_size: "50" } },
        {
          attached_order_configuration: { trigger_bracket_gtc: { limit_price: "65000", stop_trigger_price: "50000" } },
        },
      ),
      "UNSUPPORTED_ORDER_CONFIGURATION",
      "PREVIEW_INVALID_ORDER_CONFIG",
    ],
    [
      order({
        side: "SELL",
        order_configuration: { limit_limit_gtc: { ...gtc, limit_price: "70000" } },
        attached_order_configuration: { trigger_bracket_gtc: { limit_price: "65000", stop_trigger_price: "75000" } },
      }),
      "UNSUPPORTED_ORDER_CONFIGURATION",
      "PREVIEW_INVALID_ORDER_CONFIG",
    ],
  ]
  for (const [sent, error, preview_failure_reason] of table)
    expect(await create(sent), `${error} ${preview_failure_reason} ${JSON.stringify(sent)}`).toMatchObject({
      status: 200,
      body: {
        success: false,
        error_response: { error, preview_failure_reason },
        order_configuration: (sent as { order_configuration: unknown }).order_configuration,
      },
    })
  expect(exchange.exchange.state.venue.orders.size).toBe(0)
})

test("an order is not edited to a size or a worth that is too large", async () => {
  const placed = await create(order())
  const { order_id } = placed.body!.success_response
  const edit = async (changes: object) =>
    (await ask(exchange, ["POST", "orders/edit"], { body: { order_id, ...changes } })).body!.error_response
  expect(await edit({ price: "50000", size: "90000" })).toMatchObject({
    preview_failure_reason: "PREVIEW_INVALID_BASE_SIZE_TOO_LARGE",
  })
  expect(await edit({ price: "50000", size: "200" })).toMatchObject({
    preview_failure_reason: "PREVIEW_INVALID_QUOTE_SIZE_TOO_LARGE",
  })
  await ask(exchange, ["POST", "orders/batch_cancel"], { body: { order_ids: [order_id] } })
})

test("a halted market takes no order", async () => {
  await command(exchange, "/symbols/BTC-USD", { status: "HALT" })
  expect((await create(order())).body).toMatchObject({
    success: false,
    error_response: { error: "ORDER_ENTRY_DISABLED" },
  })
  const { body } = await ask(exchange, ["GET", "market/products/BTC-USD"])
  expect(body).toMatchObject({ trading_disabled: true, status: "offline" })
  await command(exchange, "/symbols/BTC-USD", { status: "TRADING" })
})

test("questions that make no sense are refused, and unknown paths and things are 404", async () => {
  const table: [question: string, status: number, details: string][] = [
    ["market/products/BTC-USD/candles?granularity=ONE_YEAR&start=1&end=2", 400, "granularity is unknown"],
    ["market/products/BTC-USD/candles?granularity=ONE_MINUTE&end=2", 400, "start must be a time in seconds"],
    [
      "market/products/BTC-USD/candles?granularity=ONE_MINUTE&start=0&end=60000",
      400,
      "number of candles requested should be less than 350",
    ],
    ["orders/historical/batch?limit=many", 400, "limit must be a number"],
    ["orders/historical/batch?cursor=abc", 400, "cursor is unknown"],
    ["orders/historical/batch?order_status=NOPE", 400, 'order_status "NOPE" is unknown'],
    ["orders/historical/batch?order_status=OPEN&order_status=open", 400, 'order_status "open" is unknown'],
    ["orders/historical/batch?order_side=buy", 400, 'order_side "buy" is unknown'],
    ["orders/historical/batch?order_types=STOP_MARKET", 400, 'order_types "STOP_MARKET" is unknown'],
    ["orders/historical/fills?start_sequence_timestamp=now", 400, "start_sequence_timestamp must be an RFC 3339 time"],
    ["orders/historical/12345678-1234-4234-8234-123456789012", 404, "order with this orderID was not found"],
    ["orders/historical/7", 404, "order with this orderID was not found"],
    ["market/products/NOPE-USD", 404, 'product "NOPE-USD" not found'],
    ["accounts/12345678-1234-4234-8234-123456789012", 404, "account not found"],
    ["nothing/here", 404, "not found"],
  ]
  for (const [question, status, error_details] of table)
    expect(await ask(exchange, ["GET", question]), question).toMatchObject({ status, body: { error_details } })
  expect((await ask(exchange, ["GET", "/v2/nothing"])).body).toEqual({
    errors: [{ id: "not_found", message: "not found" }],
  })
})

test("a token must be whole, signed, in time, and for this very request", async () => {
  const nowMs = exchange.exchange.state.nowMs()
  const own = { ...exchange, nowMs }
  const uri = "GET api.coinbase.com/api/v3/brokerage/accounts"
  const stranger = (await command(exchange, "/accounts", { name: "stranger" })) as { secret: string }
  const seconds = Math.floor(nowMs / 1_000)
  const wrong: Record<string, string> = {
    "no token": "",
    "not a token": "a.b.c",
    "someone else's signature": tokenFor({ ...own, secret: stranger.secret }, uri),
    "another method": tokenFor(own, uri.replace("GET", "POST")),
    "another path": tokenFor(own, `${uri}/else`),
    "no path at all": tokenFor(own, undefined),
    "a path before the path": tokenFor(own, uri.replace("/api", "/x/api")),
    "no host": tokenFor(own, "GET /api/v3/brokerage/accounts"),
    "another scheme": tokenFor(own, uri.replace("GET ", "GET ftp://")),
    "a method in small letters": tokenFor(own, uri.replace("GET", "get")),
    "a path before it, among several": tokenFor(own, undefined, { claims: { uris: [uri.replace("/api", "/x/api")] } }),
    "too long a life": tokenFor(own, uri, { claims: { exp: seconds + 121 } }),
    "run out": tokenFor(own, uri, { claims: { nbf: seconds - 200, exp: seconds - 80 } }),
    "not yet": tokenFor(own, uri, { claims: { nbf: seconds + 60 } }),
    "no end": tokenFor(own, uri, { claims: { exp: undefined } }),
    "another algorithm": tokenFor(own, uri, { header: { alg: "none" } }),
    "another subject": tokenFor(own, uri, { claims: { sub: "somebody" } }),
    "an unknown key": tokenFor(own, uri, { header: { kid: "organizations/1/apiKeys/2" } }),
  }
  for (const [what, token] of Object.entries(wrong))
    expect(await ask(exchange, ["GET", "accounts"], { token }), what).toMatchObject({
      status: 401,
      text: "Unauthorized\n",
    })
  const hosts = ["api.coinbase.com", "https://api.coinbase.com", "http://127.0.0.1:9100", "27.0.0.1:9100"]
  for (const one of hosts.map((host) => `GET ${host}/api/v3/brokerage/accounts`))
    for (const claims of [{ uri: one }, { uri: undefined, uris: [one] }])
      expect((await ask(exchange, ["GET", "accounts"], { token: tokenFor(own, uri, { claims }) })).status, one).toBe(
        200,
      )
})
