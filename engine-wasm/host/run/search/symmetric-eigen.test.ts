import fc from "fast-check"
import { expect, test } from "vitest"
import { symmetricEigen } from "./symmetric-eigen.ts"

const someMatrix = fc
  .integer({ min: 1, max: 8 })
  .chain((size) =>
    fc
      .array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: size * size, maxLength: size * size })
      .map((numbers) =>
        Array.from({ length: size }, (_, row) =>
          Array.from({ length: size }, (__, column) => numbers[Math.min(row, column) * size + Math.max(row, column)]),
        ),
      ),
  )

test("directions and stretches make the matrix again, and the directions are square to each other", () => {
  fc.assert(
    fc.property(someMatrix, (matrix) => {
      const { values, vectors } = symmetricEigen(matrix)
      const size = matrix.length
      for (let row = 0; row < size; row++)
        for (let column = 0; column < size; column++) {
          const again = values.reduce((sum, value, k) => sum + value * vectors[row][k] * vectors[column][k], 0)
          const square = vectors.reduce((sum, axis) => sum + axis[row] * axis[column], 0)
          expect(again).toBeCloseTo(matrix[row][column], 8)
          expect(square).toBeCloseTo(Number(row === column), 10)
        }
    }),
  )
})
