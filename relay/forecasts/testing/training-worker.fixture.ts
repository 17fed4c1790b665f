import wasmAddress from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url"
import { startTraining } from "#forecasts"
import { weightsHash } from "./weights-hash.ts"

/** Trains each time it is asked, and answers with the hash of what it learnt. */
self.addEventListener("message", async () => postMessage(await weightsHash(await startTraining({ wasmAddress }))))
