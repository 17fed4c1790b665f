import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm"
import { env, losses, memory, setBackend, tensor, tensor2d, tensor3d, tidy, variableGrads } from "@tensorflow/tfjs-core"
import { layers, sequential } from "@tensorflow/tfjs-layers"

/**
 * What this room uses of tfjs, in one file that is only ever imported while running: so it is a chunk of its own.
 * Tensors have no methods here (`a.add(b)`): tfjs's own optimisers, metrics and random weights would need them added.
 */
export const tfjs = {
  env,
  layers,
  losses,
  memory,
  sequential,
  setBackend,
  setWasmPaths,
  tensor,
  tensor2d,
  tensor3d,
  tidy,
  variableGrads,
}
