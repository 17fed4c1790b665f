import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { canonicalJson } from "../document/canonical.ts"
import type { ForecastModel } from "./forecast-model.ts"

/** The fingerprint of a model: sha256 of its canonical JSON without the hash itself. */
export function modelHash(model: Omit<ForecastModel, "hash">): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ ...model, hash: undefined }))))
}
