import { generateKeyPairSync, sign } from "node:crypto"
import { expect, test } from "vitest"
import { hmacSignature, isPercentEncoded, isSignedBy, restPayload, webSocketPayload } from "./signature.ts"

const secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"

test("the REST vector of Binance's documentation", () => {
  const payload =
    "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559"
  expect(hmacSignature(secret, payload)).toBe("c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")
  expect(
    hmacSignature(
      secret,
      restPayload(
        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC",
        "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559",
      ),
    ),
  ).not.toBe(hmacSignature(secret, payload))
})

test("the WebSocket vector of Binance's documentation, whatever order the parameters come in", () => {
  const params = {
    type: "LIMIT",
    symbol: "BTCUSDT",
    side: "SELL",
    timeInForce: "GTC",
    quantity: "0.01000000",
    price: "52000.00",
    recvWindow: "100",
    timestamp: "1645423376532",
    apiKey: "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A",
    signature: "left out",
  }
  expect(hmacSignature(secret, webSocketPayload(params))).toBe(
    "aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24",
  )
})

test("Ed25519 and RSA signatures are accepted in base64, and one changed letter is not", () => {
  const payload = "symbol=BTCUSDT&timestamp=1"
  for (const scheme of ["ED25519", "RSA"] as const) {
    const { publicKey, privateKey } =
      scheme === "RSA" ? generateKeyPairSync("rsa", { modulusLength: 2048 }) : generateKeyPairSync("ed25519")
    const key = { scheme, secret: publicKey.export({ type: "spki", format: "pem" }).toString() }
    const signature = sign(scheme === "RSA" ? "RSA-SHA256" : null, Buffer.from(payload), privateKey).toString("base64")
    expect(isSignedBy(key, payload, signature)).toBe(true)
    expect(isSignedBy(key, `${payload}0`, signature)).toBe(false)
  }
})

test("a payload with bare special characters is not what the exchange signs", () => {
  expect(isPercentEncoded("symbols=%5B%22BTCUSDT%22%5D&a=1")).toBe(true)
  expect(isPercentEncoded('symbols=["BTCUSDT"]&a=1')).toBe(false)
})
