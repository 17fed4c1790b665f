// What this room uses of tfjs, in one file that is only ever imported while running: so it is a chunk of its own.
import { Tensor } from "@tensorflow/tfjs-core"

export { env, losses, memory, setBackend, tensor, tensor2d, tensor3d, tidy, variableGrads } from "@tensorflow/tfjs-core"
export { layers, sequential } from "@tensorflow/tfjs-layers"
export { setWasmPaths } from "@tensorflow/tfjs-backend-wasm"

/** tfjs-layers calls operations as methods of tensors; for Node tfjs is packed with them, for bundlers without. */
export async function addMethods(): Promise<void> {
  if (!("mul" in Tensor.prototype))
    await import("@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops")
}
